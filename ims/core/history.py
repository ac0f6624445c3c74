"""History is values: one trigger function writes simple-history's tables, whatever the path of the write.

The function runs as the owner, because the site may not write history itself. It reads its columns at run time, so
it stays right in the middle of a migration. It refuses a write of the site that names no author, which makes
"tracked tables are written only in actions" a rule of the database.
"""

from django.db import models
from psycopg import sql
from simple_history.models import HistoricalRecords

from ims.core.roles import tracked_models


def kept() -> HistoricalRecords:
    """History of a model, as every tracked model declares it: `history = history.kept()`."""
    return HistoricalRecords(
        # A number, not a key: the account may be deleted, and history lies below accounts.
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=lambda row: row.history_user_id,
        history_user_setter=_refuse_to_set,
        history_id_field=models.BigAutoField(),
        excluded_fields=["submission_id"],
    )


def _refuse_to_set(row, user) -> None:
    raise TypeError("history is written by the database")


def install(connection) -> None:
    """Make the function, and the three triggers of every tracked table. Run as the owner after every migrate."""
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        for model in tracked_models():
            for event, transition in _TRANSITIONS.items():
                cursor.execute(_trigger(model, event, transition))


def _trigger(model, event: str, transition: str) -> sql.Composed:
    return sql.SQL(
        "CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} REFERENCING {transition} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ims_keep_history({history})"
    ).format(
        name=sql.Identifier(f"keep_history_of_{event.lower()}"),
        event=sql.SQL(event),
        table=sql.Identifier(model._meta.db_table),
        transition=sql.SQL(transition),
        history=sql.Literal(model.history.model._meta.db_table),
    )


_TRANSITIONS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "NEW TABLE AS new_rows OLD TABLE AS old_rows",
    "DELETE": "OLD TABLE AS old_rows",
}

_FUNCTION = """
CREATE OR REPLACE FUNCTION ims_keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    author bigint := nullif(current_setting('ims.user_id', true), '')::bigint;
    moment timestamptz := coalesce(nullif(current_setting('ims.at', true), '')::timestamptz, now());
    event text := nullif(current_setting('ims.event_id', true), '');
    columns text;
    same text;
    source text;
BEGIN
    IF author IS NULL AND NOT pg_has_role(session_user, 'ims_owner', 'MEMBER') THEN
        RAISE EXCEPTION 'a write to % names no author', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'Write tracked tables inside an action.';
    END IF;
    SELECT string_agg(format('r.%I', attname), ', '), string_agg(format('o.%I', attname), ', ')
        INTO columns, same
        FROM pg_attribute
        WHERE attrelid = TG_ARGV[0]::regclass AND attnum > 0 AND NOT attisdropped
            AND attname NOT LIKE 'history\\_%%';
    source := CASE TG_OP
        WHEN 'INSERT' THEN 'new_rows r'
        WHEN 'DELETE' THEN 'old_rows r'
        ELSE format('new_rows r JOIN old_rows o ON o.id = r.id WHERE (%%s) IS DISTINCT FROM (%%s)', columns, same)
    END;
    EXECUTE format(
        'INSERT INTO %%I (%%s, history_date, history_type, history_user_id, history_change_reason) '
        'SELECT %%s, $1, $2, $3, $4 FROM %%s',
        TG_ARGV[0], replace(columns, 'r.', ''), columns, source)
        USING moment, CASE TG_OP WHEN 'INSERT' THEN '+' WHEN 'UPDATE' THEN '~' ELSE '-' END, author, event;
    RETURN NULL;
END $$;
""".replace("%%", "%")
