"""Saving new records: one statement for a few, COPY for many. Both fire the triggers that keep history."""

import json
from collections.abc import Callable, Sequence
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
    said, unsaid = _named(fields, rows[0])
    unsaid = [field for field in unsaid if not _is_left_out(field)]
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in (key, *said, *unsaid))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    written = [(place, write) for place, item in enumerate(said.items(), 1) if (write := _writer(*item))]
    names = list(said.values())
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for pk, row in zip(keys, rows, strict=True):
            if len(row) != len(names):
                raise TypeError("rows that name different fields")
            cells = [pk, *[row[name] for name in names], *[field.get_default() for field in unsaid]]
            for place, write in written:
                cells[place] = write(cells[place])
            copy.write_row(cells)


def _named(
    fields: Sequence[models.Field], row: dict[str, Any]
) -> tuple[dict[models.Field, str], list[models.Field]]:
    """The fields that the rows name, and how; and the others. Raises TypeError for a name that is no field."""
    by_name = {name: field for field in fields for name in (field.name, field.attname)}
    if unknown := set(row) - set(by_name):
        raise TypeError(f"no such fields: {sorted(unknown)}")
    said = {by_name[name]: name for name in row}
    return said, [field for field in fields if field not in said]


def _is_left_out(field: models.Field) -> bool:
    """What the database fills in by itself."""
    return field.has_db_default() or (field.null and not field.has_default())


def _writer(field: models.Field, name: str) -> Callable[[Any], Any] | None:
    """How a value is written into its cell; None: as it is."""
    if isinstance(field, models.JSONField):
        return _json()
    if field.is_relation and name == field.name:
        return lambda record: record and record.pk
    return None


def _json() -> Callable[[Any], str | None]:
    """As text, put together once for all rows that hold the very same object."""
    texts: dict[int, tuple[Any, str]] = {}

    def text(value: Any) -> str | None:
        if value is None:
            return None  # no value, as Django saves it; JSON's own null is one
        held = texts.get(id(value))
        if held is None:  # with the value, or its identity could become another's
            held = texts[id(value)] = (value, json.dumps(value))
        return held[1]

    return text
