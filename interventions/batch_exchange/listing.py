"""The batch exchanges of a service, latest day first, a page by key.

An address names the last one of the page before by its day and key, so that a page stays the same while others record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ims.core.actor import Actor
from interventions.batch_exchange.model import BatchExchange

PAGE = 25


@dataclass(frozen=True)
class Page:
    """Addresses are empty where there is no such page; back is the browser's own."""

    batches: Sequence[BatchExchange]
    next_url: str
    previous_url: str = ""


def page_before(before: str, actor: Actor) -> Page:
    """The page that follows the batch that `before` names; the first where it makes no sense. One query."""
    own = BatchExchange.objects.visible_to(actor).select_related("site").order_by("-on", "-pk")
    found = list(own.filter(_earlier(before))[: PAGE + 1])
    return Page(found[:PAGE], next_url=_following(found[PAGE - 1]) if len(found) > PAGE else "")


def _following(last: BatchExchange) -> str:
    return f"?before={last.on:%Y-%m-%d}.{last.pk}"


def _earlier(before: str) -> Q:
    on, _, pk = before.partition(".")
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return Q()
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return Q()
    return Q(on__lt=day) | Q(on=day, pk__lt=int(pk))
