"""Drafts: what somebody typed and has not saved, kept for a day and given back to nobody but them.

A draft is no record. Nothing reads it but the page it was typed on, so it has no audit event and no history, and it is
encrypted because it may hold anything a form can. A day is long enough to come back to it, and no longer than needed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict

from ims.accounts.models import Draft
from ims.core import sealing
from ims.core.actor import Actor

KEPT_FOR = timedelta(hours=24)
# What a page sends with its form where a script keeps drafts of it: static/js/draft.js.
KEPT_WHILE_TYPING = "kept_while_typing"
LONGEST_PATH = Draft._meta.get_field("path").max_length


@dataclass(frozen=True)
class Returned:
    """A draft as its page shows it."""

    fields: MultiValueDict
    saved_at: datetime


class NoPageOfOurs(ValueError):
    """The path that a draft was to be kept for is no page of this site."""


def keep(fields: MultiValueDict, *, path: str, at: datetime, by: Actor) -> None:
    """Keep what was typed on a page in place of what was kept before. Raises NoPageOfOurs."""
    if not keeps_drafts(path):
        raise NoPageOfOurs
    forget_old(at=at)
    sealed = sealing.seal(sealing.without_secrets(fields), user_id=by.user_id, path=path)
    draft = Draft(user_id=by.user_id, membership_id=by.membership_id, path=path, sealed=sealed, saved_at=at)
    # One statement: two pages saving at once are no conflict, the later one stays.
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["user", "membership", "path"],
        update_fields=["sealed", "saved_at"],
    )


def keeps_drafts(path: str) -> bool:
    """Whether there is a page at the path, and it is none of settings.WITHOUT_DRAFTS."""
    try:
        page = resolve(path)
    except Resolver404:
        return False
    return page.view_name not in settings.WITHOUT_DRAFTS and len(path) <= LONGEST_PATH


def waits_at(path: str) -> Exists:
    """For a query of memberships: whether a draft of that person in that role waits at a page."""
    return Exists(Draft.objects.filter(user=OuterRef("user"), membership=OuterRef("pk"), path=path))


def waiting(path: str, *, at: datetime, by: Actor) -> Returned | None:
    """What the actor typed on a page within the last day; None where there is nothing, or nobody can read it."""
    draft = Draft.objects.visible_to(by).filter(path=path, saved_at__gt=at - KEPT_FOR).first()
    if draft is None:
        return None
    longest = int(KEPT_FOR.total_seconds())
    try:
        fields = sealing.unseal(draft.sealed, user_id=by.user_id, path=path, longest=longest)
    except sealing.NotSealedForYou:  # the key of the site was changed meanwhile
        return None
    return Returned(fields, draft.saved_at)


def forget(*, path: str, by: Actor) -> None:
    """It was saved, or thrown away."""
    Draft.objects.visible_to(by).filter(path=path).delete()


def forget_everybodys(*, path: str) -> None:
    """What the page was about is no more."""
    Draft.objects.filter(path=path).delete()


def forget_old(*, at: datetime) -> None:
    """Everybody's drafts of more than a day ago."""
    Draft.objects.filter(saved_at__lte=at - KEPT_FOR).delete()
