"""Saving new records: one statement for a few, COPY for many. Both fire the triggers that keep history."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models.options import Options
from psycopg import sql

MANY = 500  # from here on COPY is quicker than making objects


@dataclass(slots=True)
class Keyed:
    """A record of which the key is known, and of which model it is."""

    pk: int
    _meta: Options


def insert(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> list[models.Model] | list[Keyed]:
    """Save rows of a model, which all name the same fields; a field that they do not name has its default.

    Returns the records in the order of the rows; of `MANY` and more their keys alone, because a hundred thousand whole
    records would fill the memory.
    """
    if len(rows) < MANY:
        return model.objects.bulk_create([model(**row) for row in rows])
    keys = _take_keys(model, len(rows))
    _copy(model, rows, keys)
    return [Keyed(key, model._meta) for key in keys]


def _take_keys(model: type[models.Model], wanted: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            # OFFSET 0: the name of the sequence is looked up once, not once a key
            "SELECT nextval(serial) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS serial OFFSET 0) AS one,"
            " generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, wanted],
        )
        return [key for (key,) in cursor.fetchall()]


def _copy(model: type[models.Model], rows: Sequence[dict[str, Any]], keys: Sequence[int]) -> None:
    key, *fields = model._meta.concrete_fields
    fields = [field for field in fields if not _is_left_out(field, rows[0])]
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in (key, *fields))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    cells = list(_cells(fields, rows[0]))
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for pk, row in zip(keys, rows, strict=True):
            copy.write_row([pk, *[cell(row) for cell in cells]])


def _is_left_out(field: models.Field, named: dict[str, Any]) -> bool:
    """What the rows do not name and the database fills in by itself."""
    is_named = field.name in named or field.attname in named
    return not is_named and (field.has_db_default() or (field.null and not field.has_default()))


def _cells(fields: Sequence[models.Field], named: dict[str, Any]) -> Iterator[Callable[[dict], Any]]:
    """How the cell of each field is read from a row. Raises TypeError for a name that is no field."""
    if unknown := set(named) - {name for field in fields for name in (field.name, field.attname)}:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    for field in fields:
        name = field.name if field.name in named else field.attname
        yield _cell(field, name) if name in named else lambda row, field=field: field.get_default()


def _cell(field: models.Field, name: str) -> Callable[[dict], Any]:
    if isinstance(field, models.JSONField):
        return _json(name)
    if field.is_relation and name == field.name:
        return lambda row: row[name] and row[name].pk
    return lambda row: row[name]


def _json(name: str) -> Callable[[dict], str]:
    """As text, put together once for all rows that hold the very same object."""
    texts: dict[int, tuple[Any, str]] = {}

    def text(row: dict) -> str:
        value = row[name]
        held = texts.get(id(value))
        if held is None:
            held = texts[id(value)] = (
                value,
                json.dumps(value),
            )  # the value too, or its identity could be another's
        return held[1]

    return text
