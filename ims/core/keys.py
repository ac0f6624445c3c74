"""Names for records and submissions."""

import secrets
import time
import uuid
from collections.abc import Iterable

from django.db.models import Model, QuerySet


def new_submission_id() -> uuid.UUID:
    """The name of one submission: time-ordered (RFC 9562, version 7), so that its index grows at one end."""
    moment = time.time_ns() // 1_000_000
    value = (moment & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62))


def by_submission(own: QuerySet, submissions: Iterable[uuid.UUID]) -> dict[uuid.UUID, Model]:
    """Which of one's own records were made by these submissions, by their names.

    Whether there are any at all is asked without regard to whose they are (for the reason, see `afterwards`).
    """
    any_at_all = own.model.objects.filter(submission_id__any_of=submissions)
    keys = list(any_at_all.values_list("pk", flat=True))
    return {record.submission_id: record for record in own.filter(pk__any_of=keys)} if keys else {}
