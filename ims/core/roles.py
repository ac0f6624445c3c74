"""Database roles: who signs in as whom, and what each may touch (house: mechanism 8).

ims_owner migrates; ims_app serves and may not change history or audit; ims_reporting sees schema `reporting`
and nothing else; ims_eraser removes what has a right to be removed, and cannot sign in.
"""

from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import SET_NULL
from psycopg import sql


@contextmanager
def as_owner(alias: str = "default"):
    """Sign in as the owner of the tables for the length of the block; nested use changes nothing."""
    connection = connections[alias]
    usual = {key: connection.settings_dict.get(key, "") for key in settings.DATABASE_OWNER}
    if usual == settings.DATABASE_OWNER:
        yield
        return
    connection.close()
    connection.settings_dict.update(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


def tracked_models() -> list:
    """Every model whose values are kept in history."""
    return [model for model in apps.get_models() if hasattr(model, "history") and not is_history(model)]


def is_history(model) -> bool:
    return hasattr(model, "history_type")


def grant(connection) -> None:
    """Give each role what it may touch and take everything else. Run as the owner after every migrate."""
    with connection.cursor() as cursor:
        cursor.execute(_EVERYBODY)
        for model in tracked_models():
            _protect_tracked(cursor, model)
        for table in settings.APPEND_ONLY_TABLES:
            _protect_append_only(cursor, table)


def _protect_tracked(cursor, model) -> None:
    """The site neither writes history nor removes a tracked row; the eraser may remove both."""
    table = sql.Identifier(model._meta.db_table)
    history = sql.Identifier(model.history.model._meta.db_table)
    cursor.execute(sql.SQL("REVOKE DELETE ON {} FROM ims_app").format(table))
    cursor.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM ims_app").format(history))
    cursor.execute(sql.SQL("GRANT SELECT, DELETE ON {}, {} TO ims_eraser").format(table, history))
    for column in let_go(model):
        cursor.execute(sql.SQL("GRANT UPDATE ({}) ON {} TO ims_eraser").format(sql.Identifier(column), table))


def let_go(model) -> list[str]:
    """The columns of a model that are emptied when what they point at is erased, and its row stays."""
    keys = [field for field in model._meta.concrete_fields if field.is_relation]
    return [field.column for field in keys if field.remote_field.on_delete is SET_NULL]


def _protect_append_only(cursor, table: str) -> None:
    """The site adds to it and changes nothing; to its partitions, which have grants of their own, it does nothing."""
    cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM ims_app").format(sql.Identifier(table)))
    cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
    for (partition,) in cursor.fetchall():
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM ims_app").format(sql.Identifier(partition)))


_EVERYBODY = """
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, ims_app, ims_reporting, ims_eraser;
GRANT USAGE ON SCHEMA public TO ims_app, ims_eraser;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ims_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ims_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM ims_app;
"""
