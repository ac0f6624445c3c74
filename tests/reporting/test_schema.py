"""Views are code: made anew when their files say something else, and not before."""

import pytest
from django.conf import settings
from django.db import connection

from reporting import schema

pytestmark = pytest.mark.django_db
COUNT = "SELECT count(*) FROM pg_views WHERE schemaname = 'reporting'"
MAY_READ = "SELECT has_table_privilege('ims_reporting', 'reporting.contact', 'SELECT')"


@pytest.fixture
def owners():
    """The owner's own connection; what is done there is undone."""
    own = connection.copy()
    own.settings_dict.update(settings.DATABASE_OWNER)
    own.set_autocommit(False)
    yield own
    own.rollback()
    own.close()


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """The files with one word more."""
    for file in schema.FILES:
        (tmp_path / file.name).write_text(f"{file.read_text()}\n-- changed")
    monkeypatch.setattr(schema, "FILES", sorted(tmp_path.glob("*.sql")))


def one(connection, question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_the_views_of_this_database_were_made_from_these_files(owners):
    assert schema.built_from(owners) == schema.fingerprint()


def test_views_that_are_up_to_date_are_left_alone(owners):
    before = one(owners, "SELECT 'reporting.contact'::regclass::oid")

    schema.drop_if_stale(owners)
    schema.rebuild(owners)

    assert one(owners, "SELECT 'reporting.contact'::regclass::oid") == before


def test_views_are_dropped_before_a_migration_and_made_anew_after_it_with_their_grants(owners, changed):
    schema.drop_if_stale(owners)
    assert one(owners, COUNT) == 0

    schema.rebuild(owners)

    assert one(owners, COUNT) >= len(schema.FILES)
    assert one(owners, MAY_READ) is True
    assert schema.built_from(owners) == schema.fingerprint()


def test_views_are_dropped_where_a_migration_is_still_to_run(owners, monkeypatch):
    monkeypatch.setattr(schema, "_migrations_pending", lambda connection: True)

    schema.drop_if_stale(owners)

    assert one(owners, COUNT) == 0
