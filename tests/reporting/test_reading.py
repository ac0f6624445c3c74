"""The only door to the views: as a role that sees nothing else, for reading alone, and closed behind one."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from reporting.reading import BeingRebuilt, reading, rows

pytestmark = pytest.mark.django_db


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_rows_come_with_the_names_of_their_columns():
    (row,) = rows(
        "SELECT name, in_area FROM reporting.authority WHERE code = %(code)s", {"code": "E08000012"}
    )

    assert row == {"name": "Liverpool", "in_area": True}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM public.clients_client",
        "SELECT 1 FROM public.accounts_user",
        "SELECT 1 FROM public.audit_event",
        "SELECT 1 FROM public.clients_historicalclient",
    ],
)
def test_no_table_can_be_read_from_there(statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        rows(statement, {})


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE reporting.mine (a int)", "UPDATE reporting.authority SET name = ''"]
)
def test_nothing_can_be_written_from_there(statement):
    with pytest.raises(Exception, match=r"read-only|permission denied|cannot update"):
        rows(statement, {})


def test_the_role_is_laid_down_again_whether_it_went_well_or_not():
    before = role()
    with reading() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("ims_reporting",)
    assert role() == before == "ims_app"

    with pytest.raises(ProgrammingError):
        rows("SELECT nonsense", {})
    assert role() == before


@pytest.mark.parametrize("missing", ["reporting.nowhere", "rebuilt.contact"])
def test_views_that_are_missing_for_a_moment_are_said_to_be_being_rebuilt(missing):
    with pytest.raises(BeingRebuilt):
        rows(f"SELECT 1 FROM {missing}", {})
