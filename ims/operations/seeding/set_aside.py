"""Indexes, keys and triggers out of the way while millions of rows go in, and back exactly as they were.

All within one transaction: whoever else is connected waits, and if the load fails nothing was ever gone. A foreign key
that is made again checks every row at once, a unique index likewise, so no rule is weaker for having been away; checks
and NOT NULL stay throughout.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper
from psycopg import sql


@dataclass(frozen=True, slots=True)
class _Rule:
    """A constraint as PostgreSQL defines it."""

    table: str
    name: str
    definition: str

    def drop(self) -> sql.Composed:
        return sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
            sql.Identifier(self.table), sql.Identifier(self.name)
        )

    def make(self) -> sql.Composed:
        return sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
            sql.Identifier(self.table), sql.Identifier(self.name), sql.SQL(self.definition)
        )


@dataclass(frozen=True, slots=True)
class _Index:
    name: str
    definition: str

    def drop(self) -> sql.Composed:
        return sql.SQL("DROP INDEX {}").format(sql.Identifier(self.name))

    def make(self) -> sql.SQL:
        # Of a partitioned table PostgreSQL shows the index of the parent alone; each partition gets its own as well.
        return sql.SQL(self.definition.replace(" ON ONLY ", " ON ", 1))


@contextmanager
def set_aside(cursor: CursorWrapper, tables: Sequence[str], tracked: Sequence[str]) -> Iterator[None]:
    """Run a block without the indexes and keys of `tables` and the history triggers of `tracked`.

    Run as the owner, in a transaction, which has to be rolled back if the block fails.
    """
    cursor.execute(
        "SET CONSTRAINTS ALL IMMEDIATE"
    )  # no table is altered while checks of its rows are waiting
    aside = [*_indexes(cursor, tables), *_rules(cursor, tables)]
    _triggers(cursor, tracked, "DISABLE")
    for thing in reversed(aside):
        cursor.execute(thing.drop())
    yield
    for thing in aside:
        cursor.execute(thing.make())
    _triggers(cursor, tracked, "ENABLE")


def _rules(cursor: CursorWrapper, tables: Sequence[str]) -> list[_Rule]:
    """Unique keys, and then foreign ones. Primary keys stay: rows come in the order of their numbers."""
    cursor.execute(
        "SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid) "
        "FROM pg_constraint INNER JOIN pg_class ON pg_class.oid = conrelid "
        "WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype DESC, pg_constraint.oid",
        [list(tables)],
    )
    return [_Rule(*row) for row in cursor.fetchall()]


def _indexes(cursor: CursorWrapper, tables: Sequence[str]) -> list[_Index]:
    """Those that no constraint stands on, as they came: PostgreSQL names the indexes of partitions in that order."""
    cursor.execute(
        "SELECT relname, pg_get_indexdef(indexrelid) "
        "FROM pg_index INNER JOIN pg_class ON pg_class.oid = indexrelid "
        "WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) "
        "ORDER BY indexrelid",
        [list(tables)],
    )
    return [_Index(*row) for row in cursor.fetchall()]


def _triggers(cursor: CursorWrapper, tables: Sequence[str], word: str) -> None:
    for table in tables:
        cursor.execute(sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(sql.Identifier(table), sql.SQL(word)))
