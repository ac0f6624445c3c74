"""What was deleted lately at a service and can still be brought back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from clients.models import Client
from ims.core.actor import Actor
from ims.core.kind import Kind
from ims.record.kinds import KINDS
from interventions.actions import UNDO_FOR


@dataclass(frozen=True)
class Deleted:
    at: datetime
    client: Client
    kind: Kind | None  # None: the client, with everything
    record: Model

    @property
    def line(self) -> str:
        return self.kind.line(self.record) if self.kind else "The client, with everything recorded"


def deleted_lately(actor: Actor, *, at: datetime) -> list[Deleted]:
    """Clients and contacts deleted within the days of undoing, latest first. One query a kind."""
    since = at - UNDO_FOR
    clients = Client.objects.visible_to(actor, even_deleted=True).filter(deleted_at__gte=since)
    found = [Deleted(client.deleted_at, client, None, client) for client in clients]
    for kind in KINDS:
        records = kind.model.objects.visible_to(actor, even_deleted=True).filter(deleted_at__gte=since)
        found += [
            Deleted(record.deleted_at, record.client, kind, record)
            for record in records.select_related("client")
        ]
    return sorted(found, key=lambda one: one.at, reverse=True)
