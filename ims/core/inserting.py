"""Saving new records: one statement for a few, COPY for many. Both fire the triggers that keep history."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Json

MANY = 500  # from here on COPY is quicker than making objects


def insert(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> list[models.Model]:
    """Save rows of a model, which all name the same fields; a field that they do not name has its default.

    Returns the records in the order of the rows. Of `MANY` and more they hold their keys alone, and read the rest
    when it is asked for: a hundred thousand whole records would fill the memory.
    """
    if len(rows) < MANY:
        return model.objects.bulk_create([model(**row) for row in rows])
    keys = _take_keys(model, len(rows))
    _copy(model, rows, keys)
    key = model._meta.pk.attname
    return [model.from_db(connection.alias, [key], [value]) for value in keys]


def _take_keys(model: type[models.Model], wanted: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, wanted],
        )
        return [key for (key,) in cursor.fetchall()]


def _copy(model: type[models.Model], rows: Sequence[dict[str, Any]], keys: Sequence[int]) -> None:
    key, *fields = model._meta.concrete_fields
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in (key, *fields))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    cells = list(_cells(fields, rows[0]))
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for pk, row in zip(keys, rows, strict=True):
            copy.write_row([pk, *[cell(row) for cell in cells]])


def _cells(fields: Sequence[models.Field], named: dict[str, Any]) -> Iterator[Callable[[dict], Any]]:
    """How the cell of each field is read from a row. Raises TypeError for a name that is no field."""
    if unknown := set(named) - {name for field in fields for name in (field.name, field.attname)}:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    for field in fields:
        name = field.name if field.name in named else field.attname
        yield _cell(field, name) if name in named else lambda row, field=field: field.get_default()


def _cell(field: models.Field, name: str) -> Callable[[dict], Any]:
    if isinstance(field, models.JSONField):
        return lambda row: Json(row[name])
    if field.is_relation and name == field.name:
        return lambda row: row[name] and row[name].pk
    return lambda row: row[name]
