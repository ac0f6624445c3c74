"""A demo service at work: who records there, what it has, and how one thing after another is recorded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from clients.models import Client
from ims.accounts.models import Membership
from ims.core.actor import Actor
from ims.core.dates import LONDON, today
from ims.providers.models import Provider, Site
from interventions.contact import Contact
from interventions.models import Pack

OPENS, WORKED = 9 * 60 + 30, 8 * 60  # minutes of the day; before it opens, who is new is registered
SUNDAY = 6


@dataclass
class Service:
    """`at` is the moment of the demo: everything was so many days before it, and nothing is after it.

    Packs are known by name, clients by the short name that the demo gives them ("AB").
    """

    staff: Actor
    manager: Actor
    at: datetime
    chance: Random
    sites: list[Site] = field(default_factory=list)
    places: list[str] = field(default_factory=list)  # where an exchange may be, the likelier the oftener
    packs: dict[str, Pack] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def provider(self) -> Provider:
        """As it is now."""
        return Provider.objects.get(pk=self.staff.provider_id)

    def opening(self, days_ago: int) -> datetime:
        """Half an hour before the service opened on that day; on the Saturday where it was a Sunday."""
        return self._on(days_ago, OPENS - 30)

    def moment(self, days_ago: int) -> datetime:
        """Some minute of the same day at which it was open."""
        return self._on(days_ago, OPENS + self.chance.randrange(WORKED))

    def _on(self, days_ago: int, minutes: int) -> datetime:
        day = today(self.at) - timedelta(days=days_ago)
        day -= timedelta(days=day.weekday() == SUNDAY)
        return datetime.combine(day, time(*divmod(minutes, 60)), tzinfo=LONDON)

    def submission(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def record(self, action: Callable, line: type, who: str, days_ago: int, **said) -> Contact:
        """Record one contact of a client: `line` is what the action takes, `said` what stands in it."""
        at, site = self.moment(days_ago), self.chance.choice(self.sites)
        told = {"client": self.clients[who], "on": today(at), "site": site, **said}
        one = line(submission_id=self.submission(), **told)
        (contact,) = action(lines=[one], at=at, by=self.staff).new
        return contact


def service_of(staff: Membership, manager: Membership, at: datetime) -> Service:
    """The same chance at every demo, and for each service its own."""
    return Service(staff.actor(), manager.actor(), at, Random(f"demo {staff.provider.code}"))
