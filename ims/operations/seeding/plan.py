"""What was asked of `seed`, checked: how many, over which days, and where its chance comes from.

The same plan makes the same data: all chance comes from `chance()` in Python and from `salt()` in SQL, and neither
knows the clock nor the ids that the database gives.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from random import Random

CLIENTS_A_PROVIDER = 1500
FEWEST_PROVIDERS, MOST_PROVIDERS = 4, 150
LAST_PROVIDER = 2999  # there are codes from 7001 to 9999
LONGEST = 40  # years
MOST_CONTACTS_A_CLIENT = 1 << 20  # a contact's key is its client's number times this, and its own place


class BadPlan(ValueError):
    """The numbers do not make sense together. The message says which."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`until` is the day after the last contact; `earlier` is how many providers there were before this run."""

    clients: int
    contacts: int
    providers: int
    years: int
    random_seed: int
    until: date
    earlier: int = 0

    def __post_init__(self):
        if self.providers < 1 or self.clients < 2 * self.providers:
            raise BadPlan("Every provider needs two clients: its dummy and somebody.")
        if self.earlier + self.providers > LAST_PROVIDER:
            raise BadPlan(f"There are codes for {LAST_PROVIDER:,} providers and no more.")
        if self.contacts < 0 or self.contacts // self.clients >= MOST_CONTACTS_A_CLIENT // 16:
            raise BadPlan("There are too many contacts for so few clients.")
        if not 1 <= self.years <= LONGEST:
            raise BadPlan(f"Years are 1 to {LONGEST}.")

    @property
    def begins_on(self) -> date:
        """The first day on which anything is recorded."""
        return self.until - timedelta(days=self.days)

    @property
    def days(self) -> int:
        return round(self.years * 365.25)

    @property
    def ends_on(self) -> date:
        """The last day on which anything is recorded."""
        return self.until - timedelta(days=1)

    def chance(self, about: str) -> Random:
        """Chance of its own for each question, so that changing one answer leaves the others as they were."""
        return Random(f"{self.random_seed} {self.earlier} {about}")

    def salt(self) -> int:
        """What the hashes in SQL start from: 56 bits, so that small numbers can be added."""
        return int.from_bytes(sha256(f"{self.random_seed} {self.earlier}".encode()).digest()[:7])


def usual_providers(clients: int) -> int:
    """As many providers as so many clients usually have."""
    return max(FEWEST_PROVIDERS, min(MOST_PROVIDERS, round(clients / CLIENTS_A_PROVIDER)))
