"""The steps that recording any kind of contact shares. The one write path for page, grid, upload and transfer."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db import models

from clients.actions import NotOurClient, SomeoneElseChangedIt
from clients.models import Client
from ims.audit.acting import Act, acting
from ims.core.access import OutOfScope
from ims.core.actor import Actor
from ims.core.inserting import insert
from ims.geography.residence import authorities_of
from ims.providers.models import Site
from interventions.contact import Contact


class NotOurContact(OutOfScope):
    """The contact is not, or no longer, the actor's own service's."""


class Line(Protocol):
    """What one line says, whatever its kind."""

    client: Client
    on: date
    submission_id: UUID
    site: Site | None
    note: str


@dataclass(frozen=True)
class Recorded:
    """What became of the lines: `new` were saved, `same` were held already from an earlier sending."""

    new: Sequence[models.Model]
    same: Sequence[models.Model]


def record(
    model: type[Contact],
    lines: Sequence[Line],
    *,
    what: str,
    particulars: Callable[[Line], dict],
    at: datetime,
    by: Actor,
) -> Recorded:
    """Save the lines of one kind: all or none, one audit event `what`; lines already held come back in `same`.

    `particulars` gives the columns that this kind alone has. Raises NotOurClient.
    """
    with acting(by=by, at=at) as act:
        postcodes = _postcodes(lines, by)
        own = model.objects.visible_to(
            by, even_deleted=True
        )  # a form sent again after a deletion brings nothing back
        held = own.by_submission(line.submission_id for line in lines)
        fresh = [line for line in lines if line.submission_id not in held]
        shared = contacts_from(fresh, postcodes, act) if fresh else []
        new = insert(
            model, [contact | particulars(line) for line, contact in zip(fresh, shared, strict=True)]
        )
        act.record(what, new, lines=len(new)) if new else act.changed_nothing()
        return Recorded(new=new, same=list(held.values()))


def change(
    contact: Contact,
    line: Line,
    *,
    expected_version: int,
    what: str,
    particulars: Callable[[Contact], dict],
    at: datetime,
    by: Actor,
) -> Contact:
    """Put right what a contact says; what it says already, as after a second press, is left alone.

    Where the client lived that day is kept as it was. `particulars` gives the columns that this kind alone has, over
    the record as it is held. Raises NotOurContact, SomeoneElseChangedIt.
    """
    with acting(by=by, at=at) as act:
        held = locked(contact, by)
        own_clients([line], by)
        if held.deleted_at:
            raise NotOurContact
        meant = meant_by(line, particulars(held))
        if says(held, meant):
            act.changed_nothing()
            return held
        if held.version != expected_version:
            raise SomeoneElseChangedIt(held)
        for name, value in meant.items():
            setattr(held, name, value)
        held.version += 1
        held.save()
        act.record(what, held)
        return held


def meant_by(line: Line, particulars: dict) -> dict:
    """What a line says, by the columns of a record; `particulars` are those that its kind alone has."""
    return {"site_id": line.site and line.site.pk, "on": line.on, "note": line.note, **particulars}


def says(contact: Contact, meant: dict) -> bool:
    """Whether a record says all of it already."""
    return all(getattr(contact, name) == value for name, value in meant.items())


def locked(contact: Contact, by: Actor) -> Contact:
    """The record as it is now, deleted or not, held until the act ends. Raises NotOurContact."""
    own = type(contact).objects.visible_to(by, even_deleted=True)
    held = own.select_for_update(of=["self"]).filter(pk=contact.pk).first()
    if held is None:
        raise NotOurContact
    return held


def own_clients(lines: Iterable[Line], by: Actor) -> dict[int, Client]:
    """The lines' clients as they are now. Raises NotOurClient. One query, however many lines."""
    lines = list(lines)
    held = Client.objects.visible_to(by).in_bulk({line.client.pk for line in lines})
    _refuse_strangers(lines, held, by)
    return held


def _postcodes(lines: Sequence[Line], by: Actor) -> dict[int, str]:
    """Where the lines' clients live now, by their keys; nothing else of thousands is read. Raises NotOurClient."""
    own = Client.objects.visible_to(by, keys={line.client.pk for line in lines})
    held = dict(own.values_list("pk", "postcode"))
    _refuse_strangers(lines, held, by)
    return held


def _refuse_strangers(lines: Iterable[Line], held: Container[int], by: Actor) -> None:
    for line in lines:
        if line.client.pk not in held or (line.site and line.site.provider_id != by.provider_id):
            raise NotOurClient


def contacts_from(lines: Iterable[Line], postcodes: Mapping[int, str], act: Act) -> list[dict]:
    """The columns every kind of contact has, one dict a line. `postcodes`: of the clients, by their keys.

    One query for where the clients live.
    """
    lines = list(lines)
    residences = authorities_of({postcodes[line.client.pk] for line in lines} - {""})
    return [_contact(line, residences.get(postcodes[line.client.pk]), act) for line in lines]


def _contact(line: Line, residence, act: Act) -> dict:
    return {
        "client_id": line.client.pk,
        "provider_id": act.by.provider_id,
        "site": line.site,
        "on": line.on,
        "note": line.note,
        "authority_code": residence.authority_code if residence else "",
        "geography_edition_id": residence.edition_id if residence else None,
        "submission_id": line.submission_id,
        "recorded_at": act.at,
        "recorded_by_id": act.by.user_id,
    }
