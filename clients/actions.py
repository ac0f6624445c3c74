"""What changes a client. Each is one act: atomic, one audit event, history kept, the same when sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import Model

from clients.attributor import DUMMY_BORN, Attributor
from clients.ims_id import new_ims_id
from clients.models import Client, ConsentDecision
from ims.audit.acting import Act, acting, runs_again_on
from ims.core.access import OutOfScope, Permission
from ims.core.actor import Actor
from ims.core.inserting import insert
from ims.core.keys import by_submission

UNDO_FOR = timedelta(days=7)  # what is deleted can be brought back; then it is gone, its history with it
SAME_ATTRIBUTOR = "client_with_the_same_attributor_needs_own_reference"


class NotOurClient(OutOfScope):
    """The client, or something said of it, is not the actor's own service's."""


class SomeoneElseChangedIt(RuntimeError):
    """The record is newer than the one that was on the screen. `current` is the newer one."""

    def __init__(self, current: Model):
        super().__init__()
        self.current = current


class SameAttributor(ValueError):
    """Another client here has this attributor and own reference."""


class DummyIsNobody(ValueError):
    """The dummy has no identity and no consent: neither can be changed."""


class TooLate(ValueError):
    """It was deleted longer ago than it can be brought back."""


class Stated:
    """What somebody stated, by the names of the columns that keep it."""

    __slots__ = ()

    def by_name(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Details(Stated):
    """What is known of a client beside the attributor."""

    postcode: str = ""
    ethnicity: str = ""
    nationality: str = ""
    own_reference: str = ""
    main_substance: str = ""
    route: str = ""
    injecting_status: str = ""

    @classmethod
    def of(cls, client: Client) -> Self:
        """As a record has them."""
        return cls(**{name: getattr(client, name) for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Consent(Stated):
    """A decision about consent to process data, as it was made."""

    given: bool
    how: str
    information_sheet: str
    sought_retrospectively: bool = False


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be registered, wherever it was typed, with the first decision about consent (required, seed)."""

    attributor: Attributor
    consent: Consent
    details: Details
    submission_id: UUID


def register_client(
    *,
    attributor: Attributor,
    consent: Consent,
    details: Details,
    submission_id: UUID,
    at: datetime,
    by: Actor,
) -> Client:
    """Enter a client. The same submission again returns the client of the first.

    Raises SameAttributor, DummyIsNobody.
    """
    newcomer = Newcomer(attributor, consent, details, submission_id)
    return register_clients(newcomers=[newcomer], at=at, by=by)[0]


@runs_again_on("client_submission_is_saved_once", "client_ims_id_is_unique", SAME_ATTRIBUTOR)
def register_clients(*, newcomers: Sequence[Newcomer], at: datetime, by: Actor) -> list[Client]:
    """Enter clients: all or none, one audit event, in the order given.

    Who was registered by the same submission before comes back as they are. Raises SameAttributor, DummyIsNobody.
    """
    if any(one.attributor.is_dummy() for one in newcomers):
        raise DummyIsNobody
    with acting(by=by, at=at) as act:
        own = Client.objects.visible_to(by)
        held = by_submission(own, [one.submission_id for one in newcomers])
        fresh = [one for one in newcomers if one.submission_id not in held]
        if not fresh:
            act.changed_nothing()
            return [held[one.submission_id] for one in newcomers]
        _refuse_any_same(fresh, by)
        clients = insert(Client, [_entered(one, act) for one in fresh])
        insert(
            ConsentDecision,
            [_decided(client, one.consent, act) for client, one in zip(clients, fresh, strict=True)],
        )
        act.record("client.registered", clients)
        made = held | {one.submission_id: client for one, client in zip(fresh, clients, strict=True)}
        return [made[one.submission_id] for one in newcomers]


@runs_again_on(SAME_ATTRIBUTOR)
def correct_client(
    *,
    client: Client,
    attributor: Attributor,
    details: Details,
    expected_version: int,
    at: datetime,
    by: Actor,
) -> Client:
    """Put right what a record says; what it says already, as after a second press, is left alone.

    Raises SomeoneElseChangedIt, SameAttributor, DummyIsNobody.
    """
    with acting(by=by, at=at) as act:
        client = _locked(client, by)
        if client.is_dummy or attributor.is_dummy():
            raise DummyIsNobody
        meant = {**_identity(attributor), **details.by_name()}
        if all(getattr(client, name) == value for name, value in meant.items()):
            act.changed_nothing()
            return client
        _refuse_older(client, expected_version)
        _refuse_same(attributor, details, by, besides=client)
        for name, value in meant.items():
            setattr(client, name, value)
        client.version += 1
        client.save()
        act.record("client.corrected", client)
        return client


@runs_again_on(SAME_ATTRIBUTOR)
def rectify_client(
    *,
    client: Client,
    attributor: Attributor,
    details: Details,
    expected_version: int,
    at: datetime,
    by: Actor,
) -> Client:
    """Put right what a record says at the person's own request to the central team (seed, right to rectification).

    From then on a file of the service does not change it back. Raises NotOurClient, SomeoneElseChangedIt,
    SameAttributor, DummyIsNobody.
    """
    if not by.may(Permission.RIGHTS_RECTIFY):
        raise NotOurClient
    with acting(by=by, at=at) as act:
        held = _locked(
            client, replace(by, provider_id=client.provider_id)
        )  # in the service whose record it is
        if held.is_dummy or attributor.is_dummy():
            raise DummyIsNobody
        meant = {**_identity(attributor), **details.by_name()}
        if held.rectified_at and all(getattr(held, name) == value for name, value in meant.items()):
            act.changed_nothing()
            return held
        _refuse_older(held, expected_version)
        for name, value in {**meant, "rectified_at": at, "version": held.version + 1}.items():
            setattr(held, name, value)
        held.save()
        act.record("client.rectified", held)
        return held


def decide_consent(
    *, client: Client, consent: Consent, expected_version: int, at: datetime, by: Actor
) -> ConsentDecision:
    """Record a decision about consent. It applies to all past and future activity of this record at once.

    The same decision of the same person over the same version, as after a second press, is the one already kept.
    Raises SomeoneElseChangedIt, DummyIsNobody.
    """
    with acting(by=by, at=at) as act:
        client = _locked(client, by)
        if client.is_dummy:
            raise DummyIsNobody
        if held := _already_decided(client, consent, expected_version, by):
            act.changed_nothing()
            return held
        _refuse_older(client, expected_version)
        client.consent = consent.given
        client.version += 1
        client.save(update_fields=["consent", "version"])
        decision = ConsentDecision.objects.create(**_decided(client, consent, act))
        act.record("consent.given" if consent.given else "consent.withdrawn", client)
        return decision


@runs_again_on("client_dummy_is_one_a_provider", "client_ims_id_is_unique")
def dummy_client(*, submission_id: UUID, at: datetime, by: Actor) -> Client:
    """The provider's dummy, made on first use: for a person who objects (seed, right to object)."""
    with acting(by=by, at=at) as act:
        if held := Client.objects.visible_to(by).filter(is_dummy=True).first():
            act.changed_nothing()
            return held
        dummy = Attributor("X", "X", DUMMY_BORN, "")
        client = Client.objects.create(
            **_identity(dummy), is_dummy=True, consent=False, **_origin(submission_id, act)
        )
        act.record("client.dummy_made", client)
        return client


def delete_client(*, client: Client, at: datetime, by: Actor) -> Client:
    """Take a client and everything recorded of it out of every page, figure and extract at once.

    It can be brought back for seven days. Raises NotOurClient, DummyIsNobody.
    """
    with acting(by=by, at=at) as act:
        client = _locked(client, by, even_deleted=True)
        if client.is_dummy:
            raise DummyIsNobody
        if client.deleted_at:
            act.changed_nothing()
            return client
        client.deleted_at, client.deleted_by_id = at, by.user_id
        client.save(update_fields=["deleted_at", "deleted_by_id"])
        act.record("client.deleted", client)
        return client


def restore_client(*, client: Client, at: datetime, by: Actor) -> Client:
    """Bring a deleted client back, as it was. Raises NotOurClient, TooLate, SameAttributor."""
    with acting(by=by, at=at) as act:
        client = _locked(client, by, even_deleted=True)
        if client.deleted_at is None:
            act.changed_nothing()
            return client
        if at - client.deleted_at > UNDO_FOR:
            raise TooLate
        _refuse_same(client.attributor, client, by, besides=client)
        client.deleted_at = client.deleted_by_id = None
        client.save(update_fields=["deleted_at", "deleted_by_id"])
        act.record("client.restored", client)
        return client


def _identity(attributor: Attributor) -> dict:
    return {
        "first_initial": attributor.first_initial,
        "last_initial": attributor.last_initial,
        "date_of_birth": attributor.born,
        "sex": attributor.sex,
    }


def _origin(submission_id: UUID, act: Act) -> dict:
    return {
        "provider_id": act.by.provider_id,
        "ims_id": new_ims_id(),
        "submission_id": submission_id,
        "created_at": act.at,
        "created_by_id": act.by.user_id,
    }


def _entered(one: Newcomer, act: Act) -> dict:
    origin = _origin(one.submission_id, act)
    return {**_identity(one.attributor), **one.details.by_name(), "consent": one.consent.given, **origin}


def _decided(client: Client, consent: Consent, act: Act) -> dict:
    return {"client": client, **consent.by_name(), "decided_at": act.at, "decided_by_id": act.by.user_id}


def _already_decided(
    client: Client, consent: Consent, expected_version: int, by: Actor
) -> ConsentDecision | None:
    """The latest decision, where it is this very one, by the same person, and the latest change of the client."""
    if client.version != expected_version + 1:
        return None
    latest = ConsentDecision.objects.visible_to(by).filter(client=client, decided_by_id=by.user_id).first()
    is_same = latest and all(getattr(latest, name) == value for name, value in consent.by_name().items())
    return latest if is_same and _event_of(latest) == _event_of(client) else None


def _event_of(record: Client | ConsentDecision) -> str:
    """The event that last changed a record, as its history names it."""
    return record.history.latest("history_id").history_change_reason


def _locked(client: Client, by: Actor, *, even_deleted: bool = False) -> Client:
    """The record as it is now, held until the act ends. Raises NotOurClient."""
    own = Client.objects.visible_to(by, even_deleted=even_deleted)
    current = own.select_for_update().filter(pk=client.pk).first()
    if current is None:
        raise NotOurClient
    return current


def _refuse_older(client: Client, expected_version: int) -> None:
    """Lost updates are refused. Raises SomeoneElseChangedIt."""
    if client.version != expected_version:
        raise SomeoneElseChangedIt(client)


def _refuse_any_same(newcomers: Sequence[Newcomer], by: Actor) -> None:
    """Raises SameAttributor: of those already here, and of one another. One query, however many."""
    days = {one.attributor.born for one in newcomers}
    here = Client.objects.visible_to(by).real().filter(date_of_birth__in=days)
    names = here.values_list("first_initial", "last_initial", "date_of_birth", "sex", "own_reference")
    taken = set(names)
    for one in newcomers:
        name = (*_identity(one.attributor).values(), one.details.own_reference)
        if name in taken:
            raise SameAttributor
        taken.add(name)


def _refuse_same(
    attributor: Attributor, details: Details | Client, by: Actor, *, besides: Client | None
) -> None:
    """Twins exist: the same attributor again needs an own reference that tells the two apart."""
    same = Client.objects.visible_to(by).by_attributor(attributor).filter(own_reference=details.own_reference)
    if same.exclude(pk=besides.pk if besides else None).exists():
        raise SameAttributor
