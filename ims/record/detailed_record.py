"""The Client Detailed Record: everything this service holds about a person, in words that person can read.

Seed, right of access: "The IMS user reports function includes a 'Client Detailed Record'".
"""

from dataclasses import dataclass

from clients.duplicates.finding import linked_with
from clients.models import Client, ConsentDecision
from ims.audit.models import Event
from ims.core.actor import Actor
from ims.record.about import about
from ims.record.timeline import Entry, timeline

LOOKED = {
    "client.viewed": "Looked at",
    "client.registered": "Registered",
    "client.corrected": "Corrected",
    "client.rectified": "Put right at the person's own request",
    "client.printed": "This record was opened for printing",
    "client.compared": "Shown beside a record that is like it, or linked with it",
    "client.told_apart": "Said to be another person than in a record like it",
    "client.linked": "Linked with another record as the same person",
    "client.unlinked": "No longer linked with another record",
    "client.deleted": "Deleted",
    "client.barred": "Kept from being brought back by a file",
    "client.restored": "Brought back after it was deleted",
    "consent.given": "Consent recorded: yes",
    "consent.withdrawn": "Consent recorded: no",
    "client.extracted": "Downloaded in an extract",
    "clients.extracted": "Downloaded in an extract of all clients of this service",
}


@dataclass(frozen=True)
class DetailedRecord:
    client: Client
    about: list[tuple[str, str]]
    decisions: list[ConsentDecision]
    contacts: list[Entry]
    others: list[Client]  # linked with this one as the same person; each has a Record of its own
    looks: list[tuple[Event, str]]


def detailed_record(client: Client, actor: Actor) -> DetailedRecord:
    """Gather the record of one client of the actor's own service."""
    own = Event.objects.visible_to(actor)
    events = [
        *own.about("client", client.pk),
        *own.of_everybody("clients.extracted", since=client.created_at),
    ]
    return DetailedRecord(
        client=client,
        about=about(client, actor.modules),
        decisions=list(ConsentDecision.objects.visible_to(actor).filter(client=client)),
        contacts=timeline(client, actor, most=None),
        others=linked_with(client, actor),
        looks=[(event, LOOKED.get(event.what, event.what)) for event in sorted(events, key=_latest_first)],
    )


def _latest_first(event: Event) -> float:
    return -event.at.timestamp()
