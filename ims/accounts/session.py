"""What a session holds: names of its keys, beginning one, and how long it still lasts."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.utils import timezone
from django.utils.dateparse import parse_datetime

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


def renew(request) -> None:
    """Half an hour from now; the twelve hours since signing in stay as they are."""
    request.session[SEEN] = timezone.now().isoformat()


def seconds_left(request) -> int:
    """Until the session ends if nothing more is asked for; never less than nought."""
    idle = parse_datetime(request.session[SEEN]) + settings.SESSION_IDLE
    longest = parse_datetime(request.session[SIGNED_IN]) + settings.SESSION_LONGEST
    return max(min(idle, longest) - timezone.now(), timedelta()) // timedelta(seconds=1)
