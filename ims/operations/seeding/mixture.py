"""Which kinds of contact a record has, how many of each, and who was sent by one service to another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from ims.core.dates import today
from ims.operations.seeding import shares
from ims.operations.seeding.hours import working_moment
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.records import Record

LONGEST_WAIT = 14  # days between a referral and the first visit it leads to


@dataclass(frozen=True, slots=True)
class Mixture:
    """Shares of the contacts; what is left are exchanges. `is_referred`: the first contact is a referral in."""

    brief: float
    naloxone: float = 0
    wellbeing: float = 0
    sent: float = 0
    is_referred: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """`sender` and `receiver` are places in the list of records."""

    sender: int
    receiver: int
    at: datetime


def mixture(record: Record, contacts: int, chance: Random) -> Mixture:
    """The kinds of the contacts of one record."""
    if record.person is None:
        return Mixture(shares.DUMMY_BRIEF)
    cohort, care = shares.COHORTS[record.person.cohort], shares.CARE[record.service.provider.kind]
    is_assessed = chance.random() < min(cohort.assessed * care, shares.MOST_CARE)
    is_referred = chance.random() < min(cohort.referred * care, shares.MOST_CARE) and contacts > 1
    return Mixture(
        cohort.brief, cohort.naloxone, shares.ASSESSMENTS if is_assessed else 0, cohort.sent, is_referred
    )


def sendings(plan: Plan, records: Sequence[Record], contacts: Sequence[int]) -> list[Sending]:
    """Who came to a further service because the one before referred them. Takes records in order of registration."""
    chance = plan.chance("sendings")
    found = []
    for sender, receiver in _further(records):
        if chance.random() < shares.SENT_ON and contacts[sender] > 1 and contacts[receiver]:
            if at := _sent_at(records[sender], records[receiver], chance):
                found.append(Sending(sender, receiver, at))
    return found


def _further(records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """Every two records of one person at different services, one after the other."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if record.person is not None:
            places[id(record.person)].append(place)
    for known in places.values():
        yield from (pair for pair in pairwise(known) if _differ(records, pair))


def _differ(records: Sequence[Record], pair: tuple[int, int]) -> bool:
    one, other = pair
    return records[one].service is not records[other].service


def _sent_at(sender: Record, receiver: Record, chance: Random) -> datetime | None:
    """Some days before the receiver knew them; None where they may not be told of, or cannot be recognised."""
    may_be_told = all(act.consent for act in sender.acts)
    same = all(act.attributor == sender.person.attributor for act in (*sender.acts, *receiver.acts))
    arrived = today(receiver.acts[0].at)
    days = (arrived - today(sender.acts[0].at)).days
    if not (may_be_told and same and days > 1):
        return None
    return working_moment(arrived - timedelta(days=chance.randint(1, min(LONGEST_WAIT, days - 1))), chance)
