"""What was deleted and can no longer be brought back is removed for good, its history with it (house: mechanism 11).
So is what the rows of an upload say, a week after it was sent.

What goes is found by model metadata: every row whose `deleted_at` is too long ago, and every row that hangs from one by
a foreign key, however far. A foreign key that is emptied with its row (SET_NULL) is emptied; the record holding it stays.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.apps import apps
from django.db import connection
from django.db.models import SET_NULL, Field, Model
from psycopg import sql

from clients.actions import UNDO_FOR
from ims.audit.acting import acting
from ims.bulk.actions import expire_upload
from ims.bulk.models import Upload
from ims.core.actor import Actor
from ims.core.roles import is_history

BATCH = 200  # deleted records a transaction, with whatever hangs from them

Rows = dict[type[Model], set[int]]  # numbers of rows by the model they are of

# The machine itself. Accounts are numbered from 1, so that 0 is nobody's.
MACHINE = Actor(user_id=0, name="Purge", role="", role_label="", permissions=frozenset())


def purge(at: datetime) -> Counter[str]:
    """Remove what was deleted more than seven days before a moment; how many rows of what, by the model's name.

    Each batch is one transaction with its one audit event: whenever it is stopped, batches are there whole or gone whole.
    """
    removed = Counter()
    for model in deletable():
        while batch := purge_batch(model, at):
            removed += batch
    return removed + purge_uploads(at)


def purge_uploads(at: datetime) -> Counter[str]:
    """Take away what the rows of old uploads say, one upload a transaction; how many uploads that were."""
    overdue = Upload.objects.overdue(at).defer("outcomes", "groups", "header")
    gone = [one for one in overdue.order_by("pk") if expire_upload(upload=one, at=at, by=MACHINE)]
    return Counter({"what an upload said": len(gone)}) if gone else Counter()


def purge_batch(model: type[Model], at: datetime) -> Counter[str]:
    """Remove the longest deleted rows of one model, at most `BATCH`, with all that hangs from them."""
    with acting(by=MACHINE, at=at) as act:
        overdue = model._base_manager.filter(deleted_at__lt=at - UNDO_FOR).order_by("deleted_at", "pk")
        numbers = overdue.select_for_update().values_list("pk", flat=True)[:BATCH]
        rows = with_what_hangs_from(model, numbers)
        removed = Counter({model._meta.model_name: len(held) for model, held in rows.items() if held})
        if not removed:
            act.changed_nothing()
            return removed
        _let_go(rows)
        _remove(rows)
        act.record("deleted.purged", **removed)
        return removed


def deletable() -> list[type[Model]]:
    """Every model whose rows are deleted by saying when."""
    return [model for model in _tables() if any(field.name == "deleted_at" for field in model._meta.fields)]


def with_what_hangs_from(model: type[Model], numbers: Iterable[int]) -> Rows:
    """Rows of a model, and every row that cannot be without one of them. One query a foreign key and step."""
    rows: Rows = {model: set(numbers)}
    steps = [(model, rows[model])]
    while steps:
        parent, new = steps.pop()
        for field in _fields_to(parent) if new else ():
            if field.remote_field.on_delete is not SET_NULL:
                child = field.model
                more = _holding(field, new) - rows.get(child, set())
                rows.setdefault(child, set()).update(more)
                steps.append((child, more))
    return rows


def _holding(field: Field, numbers: Iterable[int]) -> set[int]:
    held = field.model._base_manager.filter(**{f"{field.name}__in": numbers})
    return set(held.values_list("pk", flat=True))


def _fields_to(parent: type[Model]) -> list[Field]:
    """The foreign keys to a model's table, of whichever model."""
    return [
        field
        for model in _tables()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.concrete_model is parent
    ]


def _tables() -> list[type[Model]]:
    """One model a table; history goes with its own."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if not is_history(model) and not model._meta.proxy
    ]


def _let_go(rows: Rows) -> None:
    """Empty what points at rows that go, in records that stay."""
    for parent, numbers in rows.items():
        for field in _fields_to(parent):
            if field.remote_field.on_delete is SET_NULL:
                staying = field.model._base_manager.exclude(pk__in=rows.get(field.model, ()))
                staying.filter(**{f"{field.name}__in": numbers}).update(**{field.name: None})


def _remove(rows: Rows) -> None:
    """Children first. What is tracked only the eraser removes; the rest the site may."""
    children_first = list(reversed(rows.items()))
    with connection.cursor() as cursor:
        for model, numbers in children_first:
            if not hasattr(model, "history"):
                _delete(cursor, model._meta.db_table, model._meta.pk.column, numbers)
        with _as_eraser(cursor):
            for model, numbers in children_first:
                if hasattr(model, "history"):
                    key = model._meta.pk.column
                    _delete(cursor, model._meta.db_table, key, numbers)
                    # After the row: removing it wrote one line more.
                    _delete(cursor, model.history.model._meta.db_table, key, numbers)


@contextmanager
def _as_eraser(cursor) -> Iterator[None]:
    """For this transaction only: one that fails forgets the role by itself."""
    cursor.execute("SET LOCAL ROLE ims_eraser")
    yield
    cursor.execute("SET LOCAL ROLE NONE")


def _delete(cursor, table: str, key: str, numbers: Iterable[int]) -> None:
    statement = sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(
        sql.Identifier(table), sql.Identifier(key)
    )
    cursor.execute(statement, [list(numbers)])
