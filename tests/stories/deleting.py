"""Deleting, as the action to come will do it: signed, in one act, hidden at once. There is no page for it yet."""

from clients.models import Client
from ims.audit.acting import acting
from ims.core.actor import Actor
from interventions.contact import Contact
from tests.makers import NOW


def delete(record: Client | Contact, by: Actor) -> None:
    with acting(by=by, at=NOW) as act:
        type(record).objects.filter(pk=record.pk).update(deleted_at=NOW, deleted_by_id=by.user_id)
        act.record(f"{record._meta.model_name}.deleted", record)
