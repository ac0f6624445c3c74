"""Whose writes these are is told to one transaction: a connection that serves another person next has forgotten it."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from ims.audit.acting import acting
from ims.core.actor import Actor
from tests.makers import NOW

SOMEBODY = Actor(user_id=7, name="Sam Okoro", role="", role_label="", permissions=frozenset())
WRITE = "UPDATE clients_client SET version = version WHERE false"
TOLD = "SELECT coalesce(current_setting('ims.' || name, true), '') FROM unnest(ARRAY['user_id', 'event_id', 'at']) AS name"


@pytest.fixture(autouse=True)
def real_transactions(django_db_setup, django_db_blocker):
    """Transactions that really end. Nothing here saves a row, so there is nothing to clean up."""
    with django_db_blocker.unblock():
        yield
        connection.close()


def told() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        return [value for (value,) in cursor.fetchall()]


def write() -> None:
    with connection.cursor() as cursor:
        cursor.execute(WRITE)


def test_the_author_is_known_while_the_act_lasts_and_to_nobody_after():
    with acting(by=SOMEBODY, at=NOW) as act:
        write()
        during = told()
        act.changed_nothing()

    assert during[0] == "7"
    assert all(during)
    assert told() == ["", "", ""]


def test_an_act_that_fails_is_forgotten_too():
    with pytest.raises(ZeroDivisionError), acting(by=SOMEBODY, at=NOW):
        _ = 1 / 0

    assert told() == ["", "", ""]


def test_the_next_write_on_the_same_connection_needs_an_author_of_its_own():
    with acting(by=SOMEBODY, at=NOW) as act:
        act.changed_nothing()

    with pytest.raises(ProgrammingError, match="names no author"), transaction.atomic():
        write()


def test_an_author_told_to_the_session_would_be_found():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ims.user_id', '7', false)")

    assert told() == ["7", "", ""]
