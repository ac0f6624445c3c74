"""Whom a row names that brings nobody new: by IMS ID, attributor or own reference, within the service's own clients."""

from collections.abc import Mapping
from datetime import date

from clients.attributor import Attributor, NotAnAttributor, parse_attributor
from clients.ims_id import plain_ims_id
from clients.known import Known, KnownClients
from clients.uploading.placing import NOT_HERE, NotPlaced, called
from ims.bulk.layout import Mark

NOBODY_NAMED = "Say who it was: the IMS ID, or the attributor, for example AB05051985M."
NOT_KNOWN = (
    "No client of your service has this attributor. Send the clients first, or use the layout “Contacts”, "
    "which brings client and contact in one row."
)
ANOTHER = "The IMS ID is that of a client with another attributor. Check which of the two is right."
DUMMY_TEXT = "XX05051955"


def named(
    cells: Mapping[str, str], known: KnownClients, *, today: date
) -> tuple[Known | None, tuple[Mark, ...]]:
    """Who it is; None is the dummy that this service does not have yet. Raises NotPlaced."""
    ims_id, text = cells.get("ims_id", ""), cells.get("attributor", "")
    if ims_id:
        return _by_ims_id(ims_id, text, known, today), ()
    if text.upper() == DUMMY_TEXT:
        return known.dummy, ()
    if not text:
        raise NotPlaced("attributor", NOBODY_NAMED)
    attributor = _attributor(text, today)
    if attributor.is_dummy():
        return known.dummy, ()
    one, marks = called(attributor, cells.get("own_reference", ""), known)
    if one is None:
        raise NotPlaced("attributor", NOT_KNOWN)
    return one, marks


def is_attributor_of(text: str, client_pk: int, known: KnownClients, *, today: date) -> bool:
    """Whether a service calls a client so, or called them so once."""
    if text.upper() == DUMMY_TEXT:
        return known.dummy is not None and known.dummy.pk == client_pk
    try:
        attributor = parse_attributor(text, today=today)
    except NotAnAttributor:
        return False
    now, once = known.with_attributor(attributor), known.formerly_with(attributor)
    return client_pk in {one.pk for one in (*now, *(former.known for former in once))}


def _by_ims_id(ims_id: str, text: str, known: KnownClients, today: date) -> Known:
    one = known.with_ims_id(plain_ims_id(ims_id))
    if one is None:
        raise NotPlaced("ims_id", NOT_HERE)
    if text and not one.is_dummy and _attributor(text, today) != one.attributor:
        raise NotPlaced("attributor", ANOTHER)
    return one


def _attributor(text: str, today: date) -> Attributor:
    try:
        return parse_attributor(text, today=today)
    except NotAnAttributor as fault:
        raise NotPlaced("attributor", str(fault)) from None
