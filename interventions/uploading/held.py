"""Contacts that a file speaks of and that are held already: by the key of the Local Extract, or by their submission."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from ims.bulk.layout import Column
from ims.core.actor import Actor
from ims.core.kind import Kind
from interventions.columns import CONTACT_COLUMNS, NOTE
from interventions.contact import Contact


def by_ref(kind: Kind, texts: Iterable[str], actor: Actor) -> dict[str, Contact]:
    """The actor's own contacts that the extract wrote these keys for. What is no key names nothing. One query."""
    refs = {text: ref for text in texts if (ref := _uuid(text))}
    if not refs:
        return {}
    found = (
        kind.model.objects.visible_to(actor)
        .select_related("client", "site")
        .filter(ref__any_of=list(refs.values()))
    )
    held = {contact.ref: contact for contact in found}
    return {text: held[ref] for text, ref in refs.items() if ref in held}


def by_submission(
    kind: Kind, names: Sequence[UUID], actor: Actor, *, whole: bool
) -> dict[UUID, Contact | None]:
    """Of these submissions, those that are held, deleted ones included; with the contacts where `whole`. One query."""
    if not names:
        return {}
    own = kind.model.objects.visible_to(actor, even_deleted=True)
    if whole:
        return own.select_related("client", "site").by_submission(names)
    return dict.fromkeys(own.only("submission_id").by_submission(names))


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


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
