"""The only door to the views: one consistent, read-only look as ims_reporting, which sees nothing else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import ProgrammingError, connections, transaction
from psycopg.errors import InvalidSchemaName, UndefinedTable


class BeingRebuilt(RuntimeError):
    """The views are missing for a moment, because a new version is being installed."""


@contextmanager
def reading(alias: str = "reporting") -> Iterator[Any]:
    """A cursor that may only read the views. Always rolled back: role and mode go with it. Raises BeingRebuilt."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET LOCAL ROLE ims_reporting")  # does nothing on its own sign-in
        if not connections[alias].savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET TRANSACTION READ ONLY")
        try:
            yield cursor
        except ProgrammingError as error:
            if isinstance(error.__cause__, UndefinedTable | InvalidSchemaName):
                raise BeingRebuilt from None
            raise
        transaction.set_rollback(True, using=alias)


def rows(statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of one statement over the views, by column name. Raises BeingRebuilt."""
    with reading() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
