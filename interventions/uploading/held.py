"""Contacts that a file speaks of and that are held already: by the key of the Local Extract, or by their submission."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from ims.bulk.layout import Column
from ims.core.actor import Actor
from ims.core.kind import Kind
from interventions.columns import CONTACT_COLUMNS, NOTE
from interventions.contact import Contact


def by_ref(kind: Kind, texts: Iterable[str], actor: Actor) -> dict[str, Contact]:
    """The actor's own contacts that the extract wrote these keys for. What is no key names nothing. One query."""
    refs = {text: ref for text in texts if (ref := ref_in(text))}
    if not refs:
        return {}
    found = (
        kind.model.objects.visible_to(actor)
        .select_related("client", "site")
        .filter(ref__any_of=list(refs.values()))
    )
    held = {contact.ref: contact for contact in found}
    return {text: held[ref] for text, ref in refs.items() if ref in held}


def by_submission(kind: Kind, names: Sequence[UUID], actor: Actor, *, whole: bool) -> dict[UUID, Contact]:
    """Of these submissions, those that are held, deleted ones included: `is_gone` says of each whether it was deleted,
    by itself or with its client. All of the contact, and client and site, only where `whole`. One query.
    """
    if not names:
        return {}
    own = kind.model.objects.visible_to(actor, even_deleted=True, of_deleted_clients=True)
    gone = Q(deleted_at__isnull=False) | Q(client__deleted_at__isnull=False)
    own = own.annotate(is_gone=ExpressionWrapper(gone, BooleanField()))
    own = own.select_related("client", "site") if whole else own.only("submission_id")
    return own.by_submission(names)


def says_the_same(
    kind: Kind, contact: Contact, cells: Mapping[str, str], columns: Mapping[str, Column]
) -> bool:
    """Whether a row of the extract is as it was written: it may then say what nobody could record today."""
    written = (*CONTACT_COLUMNS, *kind.columns, NOTE)
    return all(
        cells[column.name] == _text(column.value(contact))
        for column in written
        if column.name in columns and column.name in cells
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def ref_in(text: str) -> UUID | None:
    """The key in a cell, however it is written; None where it is no key."""
    try:
        return UUID(text)
    except ValueError:
        return None
