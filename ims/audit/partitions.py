"""The audit table is partitioned by month, with a default partition for whatever falls outside."""

from datetime import date

from psycopg import sql

MONTHS_AHEAD = 24


def ensure(connection, first: date | None = None, last: date | None = None) -> None:
    """Make the monthly partitions from `first` to `last` that are missing. Run as the owner.

    Without days: from this month to two years ahead, by the database's own clock.
    """
    with connection.cursor() as cursor:
        if first is None:
            cursor.execute(
                "SELECT current_date, (current_date + make_interval(months => %s))::date", [MONTHS_AHEAD]
            )
            first, last = cursor.fetchone()
        month = first.replace(day=1)
        while month <= last:
            following = (month.replace(day=28) + (date(2000, 2, 1) - date(2000, 1, 28))).replace(day=1)
            cursor.execute(_partition(month, following))
            month = following


def _partition(month: date, following: date) -> sql.Composed:
    return sql.SQL(
        "CREATE TABLE IF NOT EXISTS {} PARTITION OF audit_event FOR VALUES FROM ({}) TO ({})"
    ).format(sql.Identifier(f"audit_event_{month:%Y_%m}"), sql.Literal(month), sql.Literal(following))
