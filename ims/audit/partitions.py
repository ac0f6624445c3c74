"""The audit table is partitioned by month, with a default partition for whatever falls outside."""

from datetime import date, timedelta

from django.db import transaction
from psycopg import sql

MONTHS_AHEAD = 24


def ensure(connection, first: date | None = None, last: date | None = None) -> None:
    """Make the monthly partitions from `first` to `last` that are missing. Run as the owner.

    Without days: from this month to two years ahead, by the database's own clock.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if first is None:
            cursor.execute(
                "SELECT current_date, (current_date + make_interval(months => %s))::date", [MONTHS_AHEAD]
            )
            first, last = cursor.fetchone()
        month = first.replace(day=1)
        while month <= last:
            following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
            _make(cursor, f"audit_event_{month:%Y_%m}", month, following)
            month = following


def _make(cursor, name: str, month: date, following: date) -> None:
    """One month's partition, with the events of it that the default partition took in the meantime."""
    cursor.execute("SELECT to_regclass(%s)", [name])
    if cursor.fetchone()[0]:
        return
    parts = {
        "name": sql.Identifier(name),
        "month": sql.Literal(month.isoformat()),
        "following": sql.Literal(following.isoformat()),
    }
    cursor.execute(sql.SQL(_PARTITION).format(**parts))


_PARTITION = """
CREATE TABLE {name} (LIKE audit_event INCLUDING DEFAULTS);
WITH moved AS (DELETE FROM audit_event_default WHERE at >= {month} AND at < {following} RETURNING *)
INSERT INTO {name} SELECT * FROM moved;
ALTER TABLE audit_event ATTACH PARTITION {name} FOR VALUES FROM ({month}) TO ({following});
"""
