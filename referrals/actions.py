"""Recording referrals, and what their sender says became of them. Each is one act.

What the service does that received one is in `receiving`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clients.actions import NotOurClient
from clients.models import Client
from ims.audit.acting import Act, acting, runs_again_on
from ims.core.access import OutOfScope
from ims.core.actor import Actor
from ims.core.dates import today
from ims.providers.models import Provider, Site
from interventions.recording import (
    NotOurContact,
    Recorded,
    change,
    contacts_from,
    locked,
    meant_by,
    own_clients,
    record,
    says,
)
from referrals.models import ReferralIn, ReferralOut, ReferralStatus, partners_of
from referrals.moving import move, step_of
from referrals.states import Side, State


class MayNotBeShared(OutOfScope):
    """The client did not agree, said No to data being processed, or is nobody; or the partner takes no referrals."""


class AlreadySent(ValueError):
    """A partner has it: to whom it went and what the client agreed to stay as they were sent."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is said of a referral in."""

    client: Client
    on: date
    submission_id: UUID
    source: str
    reason: str = ""
    site: Site | None = None
    note: str = ""

    def particulars(self) -> dict:
        """The columns that a referral in alone has."""
        return {"source": self.source, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is said of a referral out: to a partner, or to a destination elsewhere."""

    client: Client
    on: date
    reason: str
    submission_id: UUID
    destination: str = ""
    partner: Provider | None = None
    agreed_to_share: bool | None = None
    agreed_how: str = ""
    site: Site | None = None
    note: str = ""


@runs_again_on("referral_in_submission_is_saved_once")
def record_referrals_in(*, lines: Sequence[Incoming], at: datetime, by: Actor) -> Recorded:
    """Record referrals in: all or none, one audit event. Raises NotOurClient."""
    return record(
        ReferralIn, lines, what="referral_in.recorded", particulars=Incoming.particulars, at=at, by=by
    )


def change_referral_in(
    *, contact: ReferralIn, line: Incoming, expected_version: int, at: datetime, by: Actor
) -> ReferralIn:
    """Put right what a referral in says. Raises NotOurContact, SomeoneElseChangedIt."""
    return change(
        contact,
        line,
        expected_version=expected_version,
        what="referral_in.changed",
        particulars=lambda held: line.particulars(),
        at=at,
        by=by,
    )


@runs_again_on("referral_out_submission_is_saved_once")
def send_referrals(*, lines: Sequence[Outgoing], at: datetime, by: Actor) -> Recorded:
    """Refer clients on: all or none, one audit event; what goes to a partner waits there from now on.

    A line whose submission is already held comes back in `same`. Raises NotOurClient, MayNotBeShared.
    """
    with acting(by=by, at=at) as act:
        clients = own_clients(lines, by)
        own = ReferralOut.objects.visible_to(by, even_deleted=True)
        held = own.by_submission(line.submission_id for line in lines)
        fresh = [line for line in lines if line.submission_id not in held]
        for line in fresh:
            _refuse_to_share(line, clients[line.client.pk], act)
        postcodes = {pk: client.postcode for pk, client in clients.items()}
        shared = contacts_from(fresh, postcodes, act) if fresh else []
        new = ReferralOut.objects.bulk_create(
            ReferralOut(**contact, **_of_outgoing(line), state_at=at)
            for line, contact in zip(fresh, shared, strict=True)
        )
        ReferralStatus.objects.bulk_create(step_of(referral, Side.SENDER, act) for referral in new)
        act.record("referral_out.sent", new, lines=len(new)) if new else act.changed_nothing()
        return Recorded(new=new, same=list(held.values()))


def change_referral_out(
    *, contact: ReferralOut, line: Outgoing, expected_version: int, at: datetime, by: Actor
) -> ReferralOut:
    """Put right what a referral out says; of one that a partner has, the note alone.

    Raises NotOurContact, SomeoneElseChangedIt, AlreadySent.
    """
    if (contact.partner_id or line.partner) and not _is_as_sent(contact, line):
        raise AlreadySent
    return change(
        contact,
        line,
        expected_version=expected_version,
        what="referral_out.changed",
        # The partner's name stays what it was that day.
        particulars=lambda held: {} if held.partner_id else _of_outgoing(line),
        at=at,
        by=by,
    )


def says_already_in(contact: ReferralIn, line: Incoming, by: Actor) -> bool:
    """Whether a referral in says what a line says."""
    return says(contact, meant_by(line, line.particulars()))


def says_already_out(contact: ReferralOut, line: Outgoing, by: Actor) -> bool:
    """Whether a referral out says what a line says; of one that a partner has, the note alone can differ."""
    return says(contact, meant_by(line, {} if contact.partner_id else _of_outgoing(line)))


def say_outcome(
    *, referral: ReferralOut, state: State, decline_reason: str = "", at: datetime, by: Actor
) -> ReferralOut:
    """The sender moves its referral on: withdraws or closes it, or says what became of it elsewhere.

    The state it is in already, as after a second press, is left alone. Raises NotOurContact, NotPossible.
    """
    with acting(by=by, at=at) as act:
        held = locked(referral, by)
        if held.deleted_at:
            raise NotOurContact
        if move(held, state, Side.SENDER, act, decline_reason):
            act.record("referral_out.moved_on", held)
        else:
            act.changed_nothing()
        return held


def _refuse_to_share(line: Outgoing, client: Client, act: Act) -> None:
    """Raises MayNotBeShared, NotOurClient: the dummy is nobody, so it is referred nowhere."""
    if client.is_dummy:
        raise NotOurClient
    if not line.partner:
        return
    takes = partners_of(act.by.provider_id, today(act.at)).filter(pk=line.partner.pk).exists()
    if not (takes and line.agreed_to_share and client.has_consented()):
        raise MayNotBeShared


def _is_as_sent(contact: ReferralOut, line: Outgoing) -> bool:
    """Whether the line says of a referral what the partner was told, so that the note alone may differ."""
    names = ("on", "site", "reason", "destination", "partner", "agreed_to_share", "agreed_how")
    return all(getattr(contact, name) == getattr(line, name) for name in names)


def _of_outgoing(line: Outgoing) -> dict:
    return {
        "reason": line.reason,
        "destination": line.destination,
        "partner": line.partner,
        "to_service": line.partner.name if line.partner else "",
        "agreed_to_share": line.agreed_to_share,
        "agreed_how": line.agreed_how,
    }
