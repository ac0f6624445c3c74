"""Who is this? Finding a client by what is known, and noticing one that is nearly the same.

Always within the clients one is given, which are the provider's own.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from clients.attributor import Attributor, Likeness, NotAnAttributor, likeness, parse_attributor, slips_of
from clients.ims_id import is_ims_id, plain_ims_id
from clients.models import Client
from clients.models.client import ClientQuerySet
from ims.core import dates

MOST_SHOWN = 50


@dataclass(frozen=True)
class Match:
    """A client that may be the one meant; and how it resembles the attributor that was asked for, if one was."""

    client: Client
    likeness: Likeness | None = None


def near(attributor: Attributor, clients: ClientQuerySet) -> list[Match]:
    """Clients with this attributor or one slip away from it, the same ones first. One query."""
    initials = Q(first_initial=attributor.first_initial, last_initial=attributor.last_initial)
    swapped = Q(first_initial=attributor.last_initial, last_initial=attributor.first_initial)
    candidates = clients.real().filter(
        initials & Q(date_of_birth__in=slips_of(attributor.born)) | swapped & Q(date_of_birth=attributor.born)
    )
    matches = [
        Match(client, alike)
        for client in candidates.order_by("pk")
        if (alike := likeness(attributor, client.attributor))
    ]
    return sorted(matches, key=lambda match: match.likeness is not Likeness.SAME)


def find(text: str, clients: ClientQuerySet, *, today: date) -> list[Match]:
    """Clients that a typed text may mean: an attributor, initials, a date of birth, an IMS ID or an own reference.

    At most `MOST_SHOWN` of them. One query.
    """
    text = text.strip()
    try:
        return near(parse_attributor(text, today=today), clients)
    except NotAnAttributor:
        meant = clients.real().filter(_meant_by(text, today))
        ordered = meant.order_by("first_initial", "last_initial", "date_of_birth", "pk")
        return [Match(client) for client in ordered[:MOST_SHOWN]]


def _meant_by(text: str, today: date) -> Q:
    meant = Q(own_reference=text) & ~Q(own_reference="")
    if is_ims_id(text):
        meant |= Q(ims_id=plain_ims_id(text))
    if initials := re.fullmatch(r"([A-Za-z]) ?([A-Za-z])", text):
        meant |= Q(first_initial=initials[1].upper(), last_initial=initials[2].upper())
    if born := _day_meant_by(text, today):
        meant |= Q(date_of_birth=born)
    return meant


def _day_meant_by(text: str, today: date) -> date | None:
    try:
        return dates.parse_day(text, today=today)
    except dates.NotADay:
        return None
