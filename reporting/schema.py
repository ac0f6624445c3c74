"""SQL views are code: the files in sql/ hold today's definition only, and are rebuilt when they say something else.

They are dropped before a migration runs, because PostgreSQL refuses to change a column that a view reads; a reader
meanwhile is told that the figures are being rebuilt (reading.BeingRebuilt).
"""

from hashlib import sha256
from pathlib import Path

from django.db.migrations.executor import MigrationExecutor

FILES = sorted((Path(__file__).parent / "sql").glob("[0-9][0-9]_*.sql"))


def drop_if_stale(connection) -> None:
    """Remove the views where a migration is to run, or where the files have changed. Run as the owner."""
    if built_from(connection) != fingerprint() or _migrations_pending(connection):
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS reporting CASCADE")


def rebuild(connection) -> None:
    """Make the views where they are missing; grants last. Run as the owner after every migrate."""
    if built_from(connection) == fingerprint():
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS reporting CASCADE; CREATE SCHEMA reporting")
        for file in FILES:
            cursor.execute(file.read_text())
        cursor.execute(f"COMMENT ON SCHEMA reporting IS '{fingerprint()}'")
        cursor.execute(_GRANTS)


def built_from(connection) -> str | None:
    """The fingerprint of the files that the views in the database were made from; None where there are none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace('reporting'), 'pg_namespace')")
        return cursor.fetchone()[0]


def fingerprint() -> str:
    return sha256(b"".join(file.read_bytes() for file in FILES)).hexdigest()


def _migrations_pending(connection) -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


_GRANTS = """
REVOKE ALL ON SCHEMA reporting FROM PUBLIC;
GRANT USAGE ON SCHEMA reporting TO ims_reporting;
GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO ims_reporting;
"""
