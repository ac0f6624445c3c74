from datetime import UTC, date, datetime

import pytest
from django.db import connection

from ims.audit import events, partitions
from ims.audit.models import Event
from ims.core.roles import as_owner
from ims.core.roles import grant as grants

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = datetime(1999, 3, 31, 12, 0, tzinfo=UTC)


def where_it_lies():
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM audit_event")
        return [table for (table,) in cursor.fetchall()]


@pytest.fixture
def march():
    yield
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS audit_event_1999_03")


def test_an_event_of_a_month_without_a_partition_is_kept_and_moves_into_it_when_it_is_made(march):
    events.record("client.viewed", at=LONG_AGO, by=None)
    assert where_it_lies() == ["audit_event_default"]

    with as_owner():
        partitions.ensure(connection, date(1999, 3, 1), date(1999, 3, 31))
        partitions.ensure(connection, date(1999, 3, 1), date(1999, 3, 31))
        grants(connection)

    assert where_it_lies() == ["audit_event_1999_03"]
    assert Event.objects.get().at == LONG_AGO


def test_two_years_ahead_have_their_partitions_after_migrate():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_event'::regclass")
        assert cursor.fetchone()[0] >= partitions.MONTHS_AHEAD
