"""What a session holds: names of its keys, and beginning one."""

from django.conf import settings
from django.contrib.auth import login
from django.utils import timezone

MEMBERSHIP = "membership"
SIGNED_IN = "signed_in_at"
SEEN = "seen_at"
REFILL = "refill"
NEXT = "next"
SEVERAL = "several"


def begin(request, user) -> None:
    """Sign a person in: a new session key, and the clock of the session started."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    now = timezone.now().isoformat()
    request.session[SIGNED_IN] = now
    request.session[SEEN] = now


def work_as(request, membership) -> None:
    """Choose the membership that the following pages are used with."""
    request.session[MEMBERSHIP] = membership.pk
