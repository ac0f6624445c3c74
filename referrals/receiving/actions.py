"""What the service does that received a referral: opening it, declining it, taking the person on, saying what came of it.

The row is the sender's, so no event of the receiver names it: a decline leaves no trace. Only an acceptance names a row,
the receiver's own.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clients.actions import Consent, Details, NotOurClient, decide_consent, register_client
from clients.attributor import Attributor
from clients.models import Client
from ims.audit.acting import acting, runs_again_on
from ims.core.actor import Actor
from ims.core.dates import today
from interventions.recording import contacts_from
from referrals.actions import Incoming
from referrals.models import ReceivedReferral, ReferralIn
from referrals.moving import NotPossible, move
from referrals.states import Side, State


class NotWaiting(LookupError):
    """The referral is no longer the receiver's to answer: withdrawn, or answered already."""


class NotThatPerson(ValueError):
    """Somebody else than the person who was referred."""


def see_referral(*, referral: ReceivedReferral, at: datetime, by: Actor) -> ReceivedReferral:
    """The receiver opened it: the sender can tell so, once. Raises NotWaiting."""
    with acting(by=by, at=at) as act:
        held = _held(referral, by)
        if held.state == State.SENT and move(held, State.SEEN, Side.RECEIVER, act):
            act.record("referral.seen")
        else:
            act.changed_nothing()
        return held


def answer_referral(
    *, referral: ReceivedReferral, state: State, decline_reason: str = "", at: datetime, by: Actor
) -> ReceivedReferral:
    """The receiver declines it, or says what became of one that it accepted. Accepting is `accept_referral`.

    Raises NotWaiting, NotPossible.
    """
    with acting(by=by, at=at) as act:
        held = _held(referral, by)
        if state == State.ACCEPTED and held.state != State.ACCEPTED:
            raise NotPossible(held)
        if move(held, state, Side.RECEIVER, act, decline_reason):
            act.record("referral.answered")
        else:
            act.changed_nothing()
        return held


@runs_again_on("referral_in_submission_is_saved_once")
def accept_referral(
    *,
    referral: ReceivedReferral,
    attributor: Attributor,
    consent: Consent,
    details: Details,
    existing: Client | None = None,
    submission_id: UUID,
    at: datetime,
    by: Actor,
) -> ReferralIn:
    """Take a referral on: the person becomes a client here, or is `existing`, and was asked for consent afresh.

    All or nothing, and once: the same submission again returns what the first one made. Making the client and deciding
    consent are acts of their own within it. Raises NotWaiting, NotThatPerson, NotOurClient, SameAttributor, DummyIsNobody.
    """
    with transaction.atomic():
        held = _held(referral, by, existing)
        mine = ReferralIn.objects.visible_to(by, even_deleted=True)
        if done := mine.filter(submission_id=submission_id, answers=held.pk).first():
            return done
        if not held.is_waiting:
            raise NotWaiting
        if existing:
            client = _asked_afresh(existing, consent, at, by)
        elif attributor != held.client.attributor:
            raise NotThatPerson
        else:
            client = register_client(
                attributor=attributor,
                consent=consent,
                details=details,
                submission_id=submission_id,
                at=at,
                by=by,
            )
        return _taken_on(held, client, submission_id, at, by)


def _asked_afresh(client: Client, consent: Consent, at: datetime, by: Actor) -> Client:
    """A client of ours after what was said about consent. Raises NotOurClient."""
    own = Client.objects.visible_to(by).real().select_for_update().filter(pk=client.pk).first()
    if own is None:
        raise NotOurClient
    if own.consent != consent.given:
        decide_consent(client=own, consent=consent, expected_version=own.version, at=at, by=by)
    return own


def _taken_on(
    held: ReceivedReferral, client: Client, submission_id: UUID, at: datetime, by: Actor
) -> ReferralIn:
    with acting(by=by, at=at) as act:
        line = Incoming(client, today(at), submission_id, source="", reason=held.reason)
        (contact,) = contacts_from([line], {client.pk: client.postcode}, act)
        taken = ReferralIn.objects.create(
            **contact, **line.particulars(), answers_id=held.pk, from_service=held.provider.name
        )
        move(held, State.ACCEPTED, Side.RECEIVER, act)
        act.record("referral.accepted", taken)
        return taken


def _held(referral: ReceivedReferral, by: Actor, existing: Client | None = None) -> ReceivedReferral:
    """The referral as it is now, it and the clients it is about held until the act ends. Raises NotWaiting.

    The sender's client too: consent withdrawn at this moment comes either before the answer or after it. Clients are
    held in the order of their keys: two services that accept each other's client at once wait for each other in turn.
    """
    if existing and existing.pk < referral.client_id:
        Client.objects.visible_to(by).select_for_update().filter(pk=existing.pk).first()
    received = ReceivedReferral.objects.visible_to(by).select_related("client", "provider")
    held = received.select_for_update(of=["self", "client"]).filter(pk=referral.pk).first()
    if held is None:
        raise NotWaiting
    return held
