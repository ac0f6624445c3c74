"""The one way of rows into the transaction's own temporary tables."""

from collections.abc import Iterable

from django.db.backends.utils import CursorWrapper


def copy_rows(cursor: CursorWrapper, table: str, rows: Iterable[tuple]) -> None:
    """`rows` may not ask the database anything while they come: the connection is busy with them."""
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"ANALYZE {table}")
