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
from ims.geography import postcodes

MOST_SHOWN = 50


@dataclass(frozen=True)
class Match:
    """A client that may be the one meant; and how it resembles the attributor that was asked for, if one was."""

    client: Client
    likeness: Likeness | None = None

    def is_sure(self) -> bool:
        """Whether the client is just what was asked for, and not merely like it."""
        return self.likeness in (None, Likeness.SAME)


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
    """Clients that a typed text may mean.

    An attributor or a part of it (AB, 85, 0505, AB85), a date of birth, an IMS ID, an own reference, a postcode or its
    district. At most `MOST_SHOWN` of them. One query.
    """
    text = text.strip()
    try:
        return near(parse_attributor(text, today=today), clients)
    except NotAnAttributor:
        meant = clients.real().filter(_meant_by(text, today))
        ordered = meant.order_by("first_initial", "last_initial", "date_of_birth", "pk")
        return [Match(client) for client in ordered[:MOST_SHOWN]]


def exactly(texts: set[str], clients: ClientQuerySet, *, today: date) -> dict[str, list[Client]]:
    """The clients that each text names: by the whole attributor, an IMS ID or an own reference. One query.

    Nothing merely like it. Of an attributor that two clients have, both.
    """
    read = {text: _names(text, today) for text in texts}
    wanted = Q(pk=None)
    for names in read.values():
        wanted |= names.q
    held = list(clients.real().filter(wanted).order_by("pk"))
    return {text: [client for client in held if names.is_of(client)] for text, names in read.items()}


@dataclass(frozen=True)
class _Names:
    """What one text can name a client by."""

    attributor: Attributor | None
    ims_id: str
    own_reference: str

    @property
    def q(self) -> Q:
        wanted = Q(own_reference=self.own_reference) & ~Q(own_reference="")
        if self.ims_id:
            wanted |= Q(ims_id=self.ims_id)
        if self.attributor:
            who = self.attributor
            wanted |= Q(
                first_initial=who.first_initial,
                last_initial=who.last_initial,
                date_of_birth=who.born,
                sex=who.sex,
            )
        return wanted

    def is_of(self, client: Client) -> bool:
        by_reference = bool(self.own_reference) and client.own_reference == self.own_reference
        return by_reference or client.ims_id == self.ims_id or client.attributor == self.attributor


def _names(text: str, today: date) -> _Names:
    text = text.strip()
    try:
        attributor = parse_attributor(text, today=today)
    except NotAnAttributor:
        attributor = None
    return _Names(attributor, plain_ims_id(text) if is_ims_id(text) else "", text)


def _meant_by(text: str, today: date) -> Q:
    """Everything that a text may mean, read in every way that it can be."""
    meant = Q(own_reference=text) & ~Q(own_reference="")
    if is_ims_id(text):
        meant |= Q(ims_id=plain_ims_id(text))
    if born := _day_meant_by(text, today):
        meant |= Q(date_of_birth=born)
    if part := _PART_OF_AN_ATTRIBUTOR.fullmatch(text.upper()):
        meant |= _matches_part(part, today)
    if _DISTRICT.fullmatch(text.upper()):
        meant |= Q(postcode__startswith=f"{text.upper()} ")
    if postcodes.is_well_formed(spaced := postcodes.spaced(text.upper().replace(" ", ""))):
        meant |= Q(postcode=spaced)
    return meant


# AB, 85, 0505, 050585, AB85, ab0505m: initials, part of the date of birth, sex. At least one of the first two.
_PART_OF_AN_ATTRIBUTOR = re.compile(
    r"(?:(?P<first>[A-Z]) ?(?P<last>[A-Z]) ?(?P<born>[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8})?|(?P<alone>[0-9]{2}|[0-9]{4}))"
    r" ?(?P<sex>[MF])?"
)
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")  # CH41: the part of a postcode before the space


def _matches_part(part: re.Match, today: date) -> Q:
    wanted, born = Q(), part["born"] or part["alone"]
    if part["first"]:
        wanted &= Q(first_initial=part["first"], last_initial=part["last"])
    if part["sex"]:
        wanted &= Q(sex=part["sex"])
    return wanted & _born(born, today) if born else wanted


def _born(digits: str, today: date) -> Q:
    """85: the year. 0505: the day and the month, or the year 1985. Six or eight digits: the day itself."""
    if len(digits) == 2:
        return Q(date_of_birth__year=dates.full_year(digits, today))
    if len(digits) == 4:
        day = Q(date_of_birth__day=int(digits[:2]), date_of_birth__month=int(digits[2:]))
        return day | Q(date_of_birth__year=int(digits)) if int(digits) else day
    born = _day_meant_by(digits, today)
    return Q(date_of_birth=born) if born else Q(pk=None)


def _day_meant_by(text: str, today: date) -> date | None:
    try:
        return dates.parse_day(text, today=today)
    except dates.NotADay:
        return None
