"""What can be done to a contact of any kind: take it away, and bring it back while that is still possible."""

from datetime import datetime

from clients.actions import UNDO_FOR, TooLate
from ims.audit.acting import acting
from ims.core.actor import Actor
from interventions.contact import Contact
from interventions.recording import locked


def delete_contact(*, contact: Contact, at: datetime, by: Actor) -> Contact:
    """Take a contact out of every page, figure and extract at once; it can be brought back for seven days.

    What is deleted already, as after a second press, is left alone. Raises NotOurContact.
    """
    with acting(by=by, at=at) as act:
        held = locked(contact, by)
        if held.deleted_at:
            act.changed_nothing()
            return held
        held.deleted_at, held.deleted_by_id = at, by.user_id
        held.save(update_fields=["deleted_at", "deleted_by_id"])
        held.when_deleted(act)
        act.record("contact.deleted", held)
        return held


def restore_contact(*, contact: Contact, at: datetime, by: Actor) -> Contact:
    """Bring a deleted contact back, as it was. Raises NotOurContact, TooLate."""
    with acting(by=by, at=at) as act:
        held = locked(contact, by)
        if held.deleted_at is None:
            act.changed_nothing()
            return held
        if at - held.deleted_at > UNDO_FOR:
            raise TooLate
        held.deleted_at = held.deleted_by_id = None
        held.save(update_fields=["deleted_at", "deleted_by_id"])
        act.record("contact.restored", held)
        return held
