"""Whose wellbeing has to be looked at again: the latest assessment is no exit, and too long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ims.core.actor import Actor
from interventions.wellbeing_assessment.model import Stage, WellbeingAssessment

PAGE = 50


@dataclass(frozen=True)
class Page:
    """The latest assessment of each client who is due, the longest ago first; addresses empty at the ends."""

    assessments: Sequence[WellbeingAssessment]
    previous_url: str
    next_url: str


def reviews_due(actor: Actor, *, today: date, number: int) -> Page:
    """One page of the clients due, by the weeks that the service has settled. One query."""
    own = WellbeingAssessment.objects.visible_to(actor)
    latest = own.order_by("client_id", "-on", "-pk").distinct("client_id")
    due = own.filter(pk__in=latest.values("pk"), on__lt=today - timedelta(weeks=actor.review_weeks))
    listed = due.exclude(stage=Stage.EXIT).select_related("client").order_by("on", "pk")
    start = (number - 1) * PAGE
    found = list(listed[start : start + PAGE + 1])
    return Page(
        found[:PAGE],
        previous_url=f"?page={number - 1}" if number > 1 else "",
        next_url=f"?page={number + 1}" if len(found) > PAGE else "",
    )
