"""Everything that happened to a client at this service, latest first, whatever its kind."""

from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import islice

from django.db.models import F

from clients.models import Client
from ims.core.actor import Actor
from ims.core.kind import Kind
from ims.record.kinds import KINDS

PAGE = 20


@dataclass(frozen=True)
class Entry:
    """One contact on the timeline."""

    on: date
    recorded_at: datetime
    kind: Kind
    record: object

    @property
    def line(self) -> str:
        return self.kind.line(self.record)

    @property
    def site(self) -> str:
        return self.record.site_name or ""

    @property
    def details(self):
        return self.kind.details(self.record)


def timeline(client: Client, actor: Actor, *, most: int | None = PAGE) -> list[Entry]:
    """The latest `most` contacts of a client, all of them if None. One query a kind."""
    streams = [_entries(kind, client, actor, most) for kind in KINDS]
    return list(islice(merge(*streams, key=lambda entry: (entry.on, entry.recorded_at), reverse=True), most))


def _entries(kind: Kind, client: Client, actor: Actor, most: int | None) -> list[Entry]:
    records = kind.of_client(client, actor).annotate(site_name=F("site__name"))[:most]
    entries = [Entry(record.on, record.recorded_at, kind, record) for record in records]
    return sorted(entries, key=lambda entry: (entry.on, entry.recorded_at), reverse=True)
