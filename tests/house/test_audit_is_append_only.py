"""An event that was written stays as it was written: the database refuses the site every change to the audit."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from ims.audit import events
from ims.audit.models import Event
from tests import makers

pytestmark = pytest.mark.django_db

CHANGES = {
    "UPDATE": "UPDATE {table} SET {column} = {column}",
    "DELETE": "DELETE FROM {table}",
    "TRUNCATE": "TRUNCATE {table}",
    "DROP": "DROP TABLE {table}",
    "hiding": "ALTER TABLE {table} RENAME TO elsewhere",
}


def let_through(tables: list[str]) -> list[str]:
    """Changes that the site can really make to the tables, each tried and taken back."""
    return [
        f"{verb} {table}"
        for table in tables
        for verb, statement in CHANGES.items()
        if _passes(statement.format(table=table, column=_first_column(table)))
    ]


def _first_column(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [table]
        )
        return cursor.fetchone()[0]


def _passes(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except ProgrammingError as error:
        assert isinstance(error.__cause__, InsufficientPrivilege)
        return False
    return True


def partitions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_event'::regclass"
        )
        return [name for (name,) in cursor.fetchall()]


def test_the_site_cannot_change_an_event():
    makers.a_client(makers.an_actor())

    assert let_through(["audit_event"]) == []


def test_the_site_cannot_change_an_event_by_its_month_either():
    assert let_through(partitions()) == []


def test_a_table_that_lets_changes_through_is_found():
    assert let_through(["django_session"]) == ["UPDATE django_session", "DELETE django_session"]


def test_an_event_says_who_did_what_to_which_record_and_when():
    staff = makers.an_actor()
    client = makers.a_client(staff)

    event = Event.objects.about("client", client.pk).get()

    assert (event.what, event.at, event.user_id, event.role) == (
        "client.registered",
        makers.NOW,
        staff.user_id,
        "provider_staff",
    )
    assert event.provider_id == client.provider_id


@pytest.mark.parametrize("value", ["AB05051985M", makers.TODAY, None, 1.5])
def test_an_event_cannot_hold_text_about_anybody(value):
    with pytest.raises(events.NotACount):
        events.record("client.searched", at=makers.NOW, by=None, wanted=value)

    assert not Event.objects.exists()
