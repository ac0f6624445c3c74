"""Writing events. One raw insert: the ORM costs three times as much, on every page that opens a record."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, models
from psycopg.types.json import Json

from ims.core.actor import Actor


class NotACount(TypeError):
    """An event was given something other than numbers: audit never holds text about anybody."""


def record(
    what: str,
    subjects: models.Model | Iterable[models.Model] = (),
    *,
    at: datetime,
    by: Actor | None,
    event_id: int | None = None,
    **counts: int,
) -> None:
    """Write one event. `counts` are whole numbers only. Raises NotACount."""
    if not all(isinstance(value, int) for value in counts.values()):
        raise NotACount(what)
    subjects = [subjects] if isinstance(subjects, models.Model) else list(subjects)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (id, at, what, user_id, role, provider_id, kind, subjects, counts)"
            " VALUES (coalesce(%s, nextval('audit_event_id')), %s, %s, %s, %s, %s, %s, %s, %s)",
            [event_id, at, what, *_who(by), _kind_of(subjects), [s.pk for s in subjects], Json(counts)],
        )


def _who(by: Actor | None) -> tuple:
    return (by.user_id, by.role, by.provider_id) if by else (None, "", None)


def _kind_of(subjects: list[models.Model]) -> str:
    return subjects[0]._meta.model_name if subjects else ""
