"""The Local Extract: the service's own records as rows, one a person or one an event.

People who said No are in it, because it is their own service's copy; attributor and IMS ID are in it, so that one
person can be found (seed, right of access and portability). What a service has switched off is in none of its
files; what was recorded of somebody before is in that person's Client Detailed Record.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from clients.columns import CLIENT_COLUMNS, SUBSTANCE_COLUMNS
from clients.models import Client
from ims.core.actor import Actor
from ims.core.kind import Column, Kind
from ims.providers.models import Module
from ims.record.kinds import KINDS
from interventions.columns import CONTACT_COLUMNS, NOTE
from interventions.models import BatchExchange

CHUNK = 5000

BATCH_COLUMNS = [
    Column("batch", lambda record: str(record.ref)),
    Column("on", lambda record: record.on.isoformat()),
    Column("until", lambda record: record.until.isoformat() if record.until else ""),
    Column("site", lambda record: record.site.name if record.site else ""),
    Column("packs", lambda record: ";".join(f"{pack['name']}={pack['n']}" for pack in record.packs)),
    Column("items", lambda record: ";".join(f"{code}={n}" for code, n in record.items.items())),
    *(Column(name, attrgetter(name)) for name in ("needles", "barrels", "sets", "returned", "place")),
    NOTE,
]


def client_rows(actor: Actor, only: Client | None = None) -> Iterator[list[Any]]:
    """A header and one row a client."""
    columns = [*CLIENT_COLUMNS, *(SUBSTANCE_COLUMNS if Module.SUBSTANCES in actor.modules else ())]
    clients = Client.objects.visible_to(actor)
    return _rows(columns, clients.filter(pk=only.pk) if only else clients)


def contact_rows(kind: Kind, actor: Actor, only: Client | None = None) -> Iterator[list[Any]]:
    """A header and one row a contact of one kind."""
    contacts = kind.model.objects.visible_to(actor).select_related("client", "site")
    return _rows([*CONTACT_COLUMNS, *kind.columns, NOTE], contacts.filter(client=only) if only else contacts)


def batch_rows(actor: Actor) -> Iterator[list[Any]]:
    """A header and one row a batch exchange: volumes without people."""
    return _rows(BATCH_COLUMNS, BatchExchange.objects.visible_to(actor).select_related("site"))


def kind_of(key: str) -> Kind:
    """The kind with this key. Raises KeyError."""
    return {kind.key: kind for kind in KINDS}[key]


def _rows(columns: list[Column], records: QuerySet) -> Iterator[list[Any]]:
    yield [column.name for column in columns]
    for record in _by_key(records):
        yield [column.value(record) for column in columns]


def _by_key(records: QuerySet) -> Iterable:
    """All records, a chunk at a time by their key: no statement is long, and memory stays flat."""
    latest = 0
    while chunk := list(records.filter(pk__gt=latest).order_by("pk")[:CHUNK]):
        yield from chunk
        latest = chunk[-1].pk
