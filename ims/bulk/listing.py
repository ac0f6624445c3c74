"""The uploads of a service, latest first, a page by key.

An address names the last upload of the page before, so that a page stays the same while others send files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from ims.bulk.models import Upload
from ims.core.actor import Actor

PAGE = 25
NOT_ON_PAGES = ("header", "groups", "outcomes")  # long, and no page that lists uploads shows them


@dataclass(frozen=True)
class Page:
    """Addresses are empty where there is no such page; back is the browser's own."""

    uploads: Sequence[Upload]
    next_url: str
    previous_url: str = ""


def page_before(before: str, actor: Actor) -> Page:
    """The page that follows the upload with this ref; the first where there is none such. One query, or two."""
    own = Upload.objects.visible_to(actor)
    found = list(own.filter(_earlier(own, before)).defer(*NOT_ON_PAGES)[: PAGE + 1])
    return Page(found[:PAGE], next_url=f"?before={found[PAGE - 1].ref}" if len(found) > PAGE else "")


def _earlier(own, before: str) -> Q:
    try:
        last = own.filter(ref=UUID(before)).values_list("sent_at", "pk").first() if before else None
    except ValueError:
        return Q()
    return Q(sent_at__lt=last[0]) | Q(sent_at=last[0], pk__lt=last[1]) if last else Q()
