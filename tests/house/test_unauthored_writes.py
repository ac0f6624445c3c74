"""Rule 6: tracked tables are written only in actions. The database refuses the site a write that names no author."""

from collections.abc import Iterable, Iterator

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from ims.accounts.models import User
from ims.core.roles import tracked_models

pytestmark = pytest.mark.django_db

# None of them touches a row: the refusal is of the statement. The site may not delete at all, so its other self tries.
WRITES = {
    "INSERT": "INSERT INTO {table} SELECT * FROM {table} WHERE false",
    "UPDATE": "UPDATE {table} SET {key} = {key} WHERE false",
    "DELETE": "SET LOCAL ROLE ims_eraser; DELETE FROM {table} WHERE false",
}


def not_refused_for_want_of_an_author(models: Iterable) -> list[str]:
    """Writes to the models' tables that no trigger of ours stops."""
    return [
        f"{model._meta.label}: {verb}"
        for model in models
        for verb, why in _tries(model)
        if "names no author" not in why
    ]


def _tries(model) -> Iterator[tuple[str, str]]:
    """Each kind of write with what the database says to it; nothing where it lets it pass."""
    for verb, statement in WRITES.items():
        yield verb, _refusal(statement.format(table=model._meta.db_table, key=model._meta.pk.column))


def _refusal(statement: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)  # the role goes with it
    except ProgrammingError as error:
        assert isinstance(error.__cause__, InsufficientPrivilege)
        return str(error)
    return ""


def test_the_tests_run_as_the_site(site):
    site.execute("SELECT session_user, current_user")

    assert site.fetchone() == ("ims_app", "ims_app")


def test_every_tracked_table_refuses_a_write_that_names_no_author():
    assert not_refused_for_want_of_an_author(tracked_models()) == []


def test_clients_providers_and_memberships_are_tracked():
    labels = {model._meta.label for model in tracked_models()}

    assert {
        "clients.Client",
        "interventions.SyringeExchange",
        "providers.Provider",
        "accounts.Membership",
    } <= labels


def test_a_table_without_the_trigger_is_found():
    assert not_refused_for_want_of_an_author([User]) == [
        "accounts.User: INSERT",
        "accounts.User: UPDATE",
        "accounts.User: DELETE",
    ]
