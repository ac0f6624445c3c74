"""Everything that happened to a client at this service, latest first, whatever its kind."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.urls import reverse
from psycopg import sql

from clients.models import Client
from ims.core.actor import Actor
from ims.core.kind import Kind
from ims.record.kinds import KINDS

PAGE = 20
_ANY = str(UUID(int=0))  # in an address, in place of the contact that it is of


@dataclass(frozen=True)
class Entry:
    """One contact on the timeline."""

    on: date
    kind: Kind
    record: object

    @property
    def day(self) -> str:
        return f"{self.on:%d/%m/%Y}"

    @property
    def called(self) -> str:
        """What it is to somebody who hears a link read out."""
        return f"{self.kind.label.lower()} of {self.day}"

    @property
    def addresses(self) -> dict[str, str]:
        """Where it is changed, looked back at and deleted."""
        ref = str(self.record.ref)
        return {name: path.replace(_ANY, ref) for name, path in _addresses_of(self.kind.slug).items()}

    @property
    def line(self) -> str:
        return self.kind.line(self.record)

    @property
    def site(self) -> str:
        return self.record.site_name or ""

    @property
    def details(self):
        return self.kind.details(self.record)


@dataclass(frozen=True)
class Page:
    """A page of the timeline; numbers of the pages before and after, None at the ends."""

    entries: list[Entry]
    newer: int | None
    older: int | None

    def shows(self, kind: str) -> bool:
        """Whether a contact of a kind, by its key, is on the page."""
        return any(entry.kind.key == kind for entry in self.entries)


def page_of(client: Client, actor: Actor, kinds: Sequence[Kind], number: int) -> Page:
    """One page of the timeline, the latest contacts on page 1."""
    entries = timeline(client, actor, most=PAGE + 1, after=(number - 1) * PAGE, kinds=kinds)
    return Page(
        entries[:PAGE],
        newer=number - 1 if number > 1 else None,
        older=number + 1 if len(entries) > PAGE else None,
    )


def timeline(
    client: Client,
    actor: Actor,
    *,
    most: int | None = PAGE,
    after: int = 0,
    kinds: Sequence[Kind] = KINDS,
) -> list[Entry]:
    """The latest `most` contacts of a client, all of them if None; `after` that many are left out.

    One query for which they are, and one for each kind that is among them: most clients have two kinds of the six.
    """
    latest = _latest(client, kinds, most, after)
    wanted = defaultdict(list)
    for place, key in latest:
        wanted[place].append(key)
    held = {place: _records(kinds[place], actor, keys) for place, keys in wanted.items()}
    found = [(kinds[place], held[place].get(key)) for place, key in latest]
    return [Entry(record.on, kind, record) for kind, record in found if record]


@cache
def _addresses_of(kind: str) -> dict[str, str]:
    """Of any contact of a kind. Put together once: sixty of them are a fifth of the time of a page."""
    return {name: reverse(f"record:{name}", args=[kind, _ANY]) for name in ("change", "history", "delete")}


def _latest(client: Client, kinds: Sequence[Kind], most: int | None, after: int) -> list[tuple[int, int]]:
    """The place of its kind and the key of each contact. Only keys: what they say is fetched in scope."""
    each = [_LATEST_OF_A_KIND.format(sql.Literal(place), _table(kind)) for place, kind in enumerate(kinds)]
    enough = None if most is None else after + most
    with connection.cursor() as cursor:
        cursor.execute(
            _LATEST.format(sql.SQL(" UNION ALL ").join(each)),
            [client.pk, enough] * len(kinds) + [most, after],
        )
        return cursor.fetchall()


def _table(kind: Kind) -> sql.Identifier:
    return sql.Identifier(kind.model._meta.db_table)


_LATEST = sql.SQL(
    'SELECT place, id FROM ({}) AS contact ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT %s OFFSET %s'
)
_LATEST_OF_A_KIND = sql.SQL(
    '(SELECT {} AS place, id, "on", recorded_at FROM {} WHERE client_id = %s AND deleted_at IS NULL'
    ' ORDER BY "on" DESC, id DESC LIMIT %s)'
)


def _records(kind: Kind, actor: Actor, keys: list[int]) -> dict:
    return kind.model.objects.visible_to(actor).annotate(site_name=F("site__name")).in_bulk(keys)
