"""Deleting a client or a contact, as the pages do it, at the moment of the tests."""

from clients.actions import delete_client
from clients.models import Client
from ims.core.actor import Actor
from interventions.actions import delete_contact
from interventions.contact import Contact
from tests.makers import NOW


def delete(record: Client | Contact, by: Actor) -> None:
    if isinstance(record, Client):
        delete_client(client=record, at=NOW, by=by)
    else:
        delete_contact(contact=record, at=NOW, by=by)
