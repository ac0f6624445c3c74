"""Rule 7: what cannot be audited does not happen. With a failing audit write, no action leaves anything saved."""

import importlib
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection

from clients.models import Client
from ims.audit import events
from tests import makers
from tests.clock import clock  # noqa: F401
from tests.house.action_calls import CALLS, NOT_ACTIONS, Stage, actions, acts, public

pytestmark = pytest.mark.django_db

ACTIONS = actions()


class AuditFailed(RuntimeError):
    """What the audit says here, whatever it is asked to write."""


def refuse(*what, **details):
    raise AuditFailed


def everything_saved() -> dict[str, tuple]:
    """Rows of every table and what they say: a changed value counts like a new row."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        return {table: _contents(cursor, table) for table in tables}


def _contents(cursor, table: str) -> tuple:
    cursor.execute(f'SELECT count(*), sum(hashtextextended(r::text, 0)) FROM "{table}" AS r')
    return cursor.fetchone()


def changes(act: Callable[[], object], failure: type[Exception] | None = None) -> set[str]:
    """Tables that are not as they were after an act, which ends in `failure` if one is given."""
    before = everything_saved()
    if failure:
        with pytest.raises(failure):
            act()
    else:
        act()
    after = everything_saved()
    return {table for table in after if after[table] != before[table]}


def prepared(name: str) -> Callable[[], object]:
    """The action with its arguments; what it acts on is saved already."""
    arguments = CALLS[name](Stage())
    return lambda: ACTIONS[name](at=makers.NOW, **arguments)


def test_the_table_of_calls_names_every_action():
    assert set(ACTIONS) - set(CALLS) == set(), "say in action_calls.py how this is called"
    assert set(CALLS) - set(ACTIONS) == set(), "no such action any more"


def test_every_public_function_beside_actions_is_an_action_or_said_to_be_none():
    modules = {name.rpartition(".")[0] for name in ACTIONS}
    offered = [
        (name, function) for module in modules for name, function in public(importlib.import_module(module))
    ]

    assert {name for name, function in offered if not acts(function)} == NOT_ACTIONS


@pytest.mark.parametrize("name", ACTIONS)
def test_nothing_is_saved_that_cannot_be_audited(name, monkeypatch):
    act = prepared(name)
    monkeypatch.setattr(events, "record", refuse)

    assert changes(act, failure=AuditFailed) == set()


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_changes_something_and_leaves_one_event(name):
    act = prepared(name)
    before = _events()

    changed = changes(act)

    assert changed - {"audit_event"}, (
        "the call in the table does nothing, so killing the audit proves nothing"
    )
    assert _events() == before + 1


def _events() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        return cursor.fetchone()[0]


def test_an_action_that_saves_before_it_is_audited_is_found(monkeypatch):
    client = Stage().client
    monkeypatch.setattr(events, "record", refuse)

    def careless():
        Client.objects.filter(pk=client.pk).update(own_reference="17")
        events.record("client.changed", client, at=makers.NOW, by=None)

    assert changes(careless, failure=AuditFailed) == {"clients_client", "clients_historicalclient"}
