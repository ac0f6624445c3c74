"""Every step of a referral, allowed or not, by the table and by who asks; and what the database refuses by itself."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clients.actions import Details, NotOurClient
from clients.models import Client
from ims.audit.acting import acting
from ims.audit.models import Event
from interventions.actions import delete_contact
from interventions.recording import NotOurContact
from referrals import actions
from referrals.models import ReceivedReferral, ReferralIn, ReferralOut, ReferralStatus, age_band
from referrals.moving import NotPossible
from referrals.receiving import actions as receiving
from referrals.states import TAKEN, WAITING, Side, State, To
from tests import makers
from tests.makers import NOW

pytestmark = pytest.mark.django_db

# The whole table once more, by hand: S the sender may, R the receiver, B both.
ALLOWED = {
    To.PARTNER: {
        ("sent", "seen"): "R", ("sent", "accepted"): "R", ("sent", "declined"): "R", ("sent", "withdrawn"): "S",
        ("seen", "accepted"): "R", ("seen", "declined"): "R", ("seen", "withdrawn"): "S",
        ("accepted", "attended"): "R", ("accepted", "did_not_attend"): "R", ("accepted", "closed"): "B",
        ("did_not_attend", "attended"): "R", ("did_not_attend", "closed"): "B", ("attended", "closed"): "B",
    },
    To.ELSEWHERE: {
        ("sent", "accepted"): "S", ("sent", "declined"): "S", ("sent", "attended"): "S",
        ("sent", "did_not_attend"): "S", ("sent", "closed"): "S", ("sent", "withdrawn"): "S",
        ("accepted", "attended"): "S", ("accepted", "did_not_attend"): "S", ("accepted", "closed"): "S",
        ("did_not_attend", "attended"): "S", ("did_not_attend", "closed"): "S", ("attended", "closed"): "S",
    },
}  # fmt: skip
MAY = {"S": {Side.SENDER}, "R": {Side.RECEIVER}, "B": {Side.SENDER, Side.RECEIVER}, None: set()}
STEPS = [(before, after) for before in State for after in State if before != after]


def why(state) -> str:
    return "FULL" if state == State.DECLINED else ""


def in_state(referral, state, by):
    """A referral put straight into a state, whatever way would lead there."""
    with acting(by=by, at=NOW) as act:
        ReferralOut.objects.filter(pk=referral.pk).update(state=state, decline_reason=why(state))
        act.record("referral.placed")
    referral.refresh_from_db(from_queryset=type(referral)._base_manager.all())
    return referral


def accept(world, referral, by=None, **said):
    said = {
        "attributor": referral.client.attributor,
        "consent": makers.a_decision(),
        "details": Details(),
        "submission_id": uuid4(),
        **said,
    }
    return receiving.accept_referral(referral=referral, at=NOW, by=by or world.keyworker, **said)


@pytest.fixture
def received(world):
    """Riverside's client CD, sent to Harbour, which does not know her."""
    return makers.a_received_referral(world.pharmacist, world.woman, world.harbour)


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_the_sender_moves_a_referral_to_a_partner_only_as_the_table_says(world, received, before, after):
    sent = in_state(ReferralOut.objects.get(pk=received.pk), before, world.pharmacist)

    if Side.SENDER in MAY[ALLOWED[To.PARTNER].get((before, after))]:
        actions.say_outcome(
            referral=sent, state=after, decline_reason=why(after), at=NOW, by=world.pharmacist
        )
        assert ReferralOut.objects.get(pk=sent.pk).state == after
    else:
        with pytest.raises(NotPossible):
            actions.say_outcome(
                referral=sent, state=after, decline_reason=why(after), at=NOW, by=world.pharmacist
            )
        assert ReferralOut.objects.get(pk=sent.pk).state == before


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_the_sender_alone_says_what_became_of_a_referral_elsewhere(world, before, after):
    sent = in_state(makers.a_referral_out(world.pharmacist, world.woman), before, world.pharmacist)

    if ALLOWED[To.ELSEWHERE].get((before, after)):
        actions.say_outcome(
            referral=sent, state=after, decline_reason=why(after), at=NOW, by=world.pharmacist
        )
        assert ReferralStatus.objects.filter(referral=sent).last().state == after
    else:
        with pytest.raises(NotPossible):
            actions.say_outcome(
                referral=sent, state=after, decline_reason=why(after), at=NOW, by=world.pharmacist
            )


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_the_receiver_answers_only_as_the_table_says(world, received, before, after):
    in_state(received, before, world.pharmacist)
    allowed = Side.RECEIVER in MAY[ALLOWED[To.PARTNER].get((before, after))]

    if allowed and after == State.ACCEPTED:
        accept(world, received, attributor=world.woman.attributor)
    elif allowed:
        receiving.answer_referral(
            referral=received, state=after, decline_reason=why(after), at=NOW, by=world.keyworker
        )
    else:
        with pytest.raises((NotPossible, receiving.NotWaiting)):
            receiving.answer_referral(
                referral=received, state=after, decline_reason=why(after), at=NOW, by=world.keyworker
            )
    assert ReferralOut.objects.get(pk=received.pk).state == (after if allowed else before)


def test_accepting_without_the_person_is_impossible(world, received):
    with pytest.raises(NotPossible):
        receiving.answer_referral(referral=received, state=State.ACCEPTED, at=NOW, by=world.keyworker)

    assert ReferralOut.objects.get(pk=received.pk).state == State.SENT


@pytest.mark.parametrize("state", sorted(State))
def test_acceptance_takes_only_what_waits(world, received, state):
    in_state(received, state, world.pharmacist)
    clients = Client.objects.count()

    if state in WAITING:
        accept(world, received, attributor=world.woman.attributor)
        assert Client.objects.count() == clients + 1
    else:
        with pytest.raises(receiving.NotWaiting):
            accept(world, received, attributor=world.woman.attributor)
        assert Client.objects.count() == clients


@pytest.mark.parametrize("state", sorted(State))
def test_a_third_service_sees_a_referral_between_two_others_in_no_state(world, received, state):
    in_state(received, state, world.pharmacist)
    third = makers.an_actor()

    assert not ReceivedReferral.objects.visible_to(third).exists()
    assert not ReferralOut.objects.visible_to(third).exists()
    assert not ReferralStatus.objects.visible_to(third).exists()
    with pytest.raises(receiving.NotWaiting):
        receiving.see_referral(referral=received, at=NOW, by=third)
    with pytest.raises(NotOurContact):
        actions.say_outcome(
            referral=ReferralOut.objects.get(pk=received.pk), state=State.CLOSED, at=NOW, by=third
        )


@pytest.mark.parametrize("state", sorted(State))
def test_the_receiver_sees_what_waits_and_what_it_took_on_and_nothing_else(world, received, state):
    in_state(received, state, world.pharmacist)

    seen = ReceivedReferral.objects.visible_to(world.keyworker).filter(pk=received.pk).exists()

    assert seen == (state in WAITING | TAKEN)


def test_the_same_acceptance_twice_makes_one_client_and_one_referral_in(world, received):
    submission = uuid4()

    first = accept(world, received, attributor=world.woman.attributor, submission_id=submission)
    again = accept(world, received, attributor=world.woman.attributor, submission_id=submission)

    assert first == again
    assert ReferralIn.objects.filter(answers=received.pk).count() == 1
    assert Client.objects.filter(provider=world.harbour, first_initial="C").count() == 1
    assert [row.state for row in ReferralStatus.objects.filter(referral=received)] == ["sent", "accepted"]


def test_of_two_people_who_accept_the_second_is_told_and_saves_nothing(world, received):
    accept(world, received, attributor=world.woman.attributor)

    with pytest.raises(receiving.NotWaiting):
        accept(world, received, world.agency_manager)

    assert Client.objects.filter(provider=world.harbour, first_initial="C").count() == 1


def test_a_failure_after_the_client_was_made_leaves_no_client(world, received, monkeypatch):
    monkeypatch.setattr(receiving, "_taken_on", lambda *_: 1 / 0)
    before = Client.objects.count(), ReferralIn.objects.count(), Event.objects.count()

    with pytest.raises(ZeroDivisionError):
        accept(world, received, attributor=world.woman.attributor)

    assert (Client.objects.count(), ReferralIn.objects.count(), Event.objects.count()) == before


def test_an_own_client_is_used_and_what_they_say_of_consent_now_is_recorded(world, received):
    clients = Client.objects.count()

    taken = accept(world, received, existing=world.said_no_there)

    assert Client.objects.count() == clients
    assert taken.client == world.said_no_there
    assert Client.objects.get(pk=world.said_no_there.pk).consent is True


@pytest.mark.parametrize("whose", ["client", "dummy_there"])
def test_neither_another_services_client_nor_the_dummy_can_be_used(world, received, whose):
    with pytest.raises(NotOurClient):
        accept(world, received, existing=getattr(world, whose))

    assert ReferralOut.objects.get(pk=received.pk).state == State.SENT


@pytest.mark.parametrize(
    "said", [{"agreed_to_share": None, "agreed_how": ""}, {"agreed_to_share": False, "agreed_how": ""}]
)
def test_without_agreement_no_partner_is_told(world, said):
    with pytest.raises(actions.MayNotBeShared):
        makers.a_received_referral(world.pharmacist, world.woman, world.harbour, **said)


def test_nobody_who_said_no_is_sent_to_a_partner_and_the_dummy_nowhere(world):
    with pytest.raises(actions.MayNotBeShared):
        makers.a_received_referral(world.pharmacist, world.said_no, world.harbour)
    with pytest.raises(NotOurClient):
        makers.a_referral_out(world.pharmacist, world.dummy)


def test_a_partner_takes_referrals_is_open_and_is_not_oneself(world):
    takes_none = makers.a_provider("Quayside", modules=["syringe_exchange"])
    closed = makers.a_provider("Old Dock")
    with acting(by=world.officer, at=NOW) as act:
        closed.closed_on = makers.TODAY.replace(day=14)
        closed.save()
        act.record("provider.closed", closed)

    for partner in (takes_none, closed, world.riverside):
        with pytest.raises(actions.MayNotBeShared):
            makers.a_received_referral(world.pharmacist, world.woman, partner)


def test_what_a_partner_has_keeps_all_but_its_note(world, received):
    sent = ReferralOut.objects.get(pk=received.pk)
    said = {
        "partner": world.harbour, "agreed_to_share": True, "agreed_how": "spoken", "note": "Rang first",
    }  # fmt: skip

    actions.change_referral_out(
        contact=sent, line=makers.outgoing_line(world.woman, **said), expected_version=1, at=NOW,
        by=world.pharmacist,
    )  # fmt: skip
    for other in ({"reason": "WOUND"}, {"partner": None}, {"agreed_how": "written"}):
        with pytest.raises(actions.AlreadySent):
            actions.change_referral_out(
                contact=sent, line=makers.outgoing_line(world.woman, **{**said, **other}),
                expected_version=2, at=NOW, by=world.pharmacist,
            )  # fmt: skip

    assert ReferralOut.objects.get(pk=sent.pk).note == "Rang first"


def test_what_is_deleted_cannot_be_moved_on(world, received):
    sent = ReferralOut.objects.get(pk=received.pk)
    delete_contact(contact=sent, at=NOW, by=world.pharmacist)

    with pytest.raises(NotOurContact):
        actions.say_outcome(referral=sent, state=State.WITHDRAWN, at=NOW, by=world.pharmacist)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"destination": "GP"}, "referral_out_goes_to_a_partner_or_elsewhere"),
        ({"to_service": ""}, "referral_out_goes_to_a_partner_or_elsewhere"),
        ({"agreed_to_share": None, "agreed_how": ""}, "referral_out_to_a_partner_was_agreed_to"),
        ({"agreed_to_share": False, "agreed_how": ""}, "referral_out_to_a_partner_was_agreed_to"),
        ({"agreed_how": ""}, "referral_out_agreement_says_how"),
        ({"state": "lost"}, "referral_out_state_is_known"),
        ({"state": "declined"}, "referral_out_declined_says_why"),
        ({"decline_reason": "FULL"}, "referral_out_declined_says_why"),
    ],
)
def test_the_database_has_the_last_word(world, received, change, rule):
    with pytest.raises(IntegrityError, match=rule), acting(by=world.pharmacist, at=NOW):
        ReferralOut.objects.filter(pk=received.pk).update(**change)


def test_the_database_lets_nobody_refer_to_themselves(world, received):
    with (
        pytest.raises(IntegrityError, match="referral_out_is_not_to_oneself"),
        acting(by=world.pharmacist, at=NOW),
    ):
        ReferralOut.objects.filter(pk=received.pk).update(partner=world.riverside)


def test_a_referral_in_says_where_from(world):
    held = makers.a_referral_in(world.pharmacist, world.woman)
    with (
        pytest.raises(IntegrityError, match="referral_in_says_where_from"),
        acting(by=world.pharmacist, at=NOW),
    ):
        ReferralIn.objects.filter(pk=held.pk).update(source="")


def test_a_step_once_taken_is_never_changed(world, received):
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        acting(by=world.pharmacist, at=NOW),
    ):
        ReferralStatus.objects.filter(referral=received).update(by_receiver=True)


def test_the_eraser_can_take_a_step_away(world, received):
    with connection.cursor() as site:
        site.execute("SELECT set_config('ims.user_id', '1', true)")
        site.execute("SET LOCAL ROLE ims_eraser")
        site.execute("DELETE FROM referrals_referralstatus WHERE referral_id = %s", [received.pk])
        site.execute("RESET ROLE")

    assert not ReferralStatus.objects.filter(referral=received.pk).exists()


def test_neither_sides_events_name_the_others_clients(world, received):
    taken = accept(world, received, attributor=world.woman.attributor)

    by_harbour = Event.objects.filter(provider_id=world.harbour.pk)
    by_riverside = Event.objects.filter(provider_id=world.riverside.pk)
    assert not by_harbour.filter(kind="client", subjects__contains=[world.woman.pk]).exists()
    assert not by_riverside.filter(kind="client", subjects__contains=[taken.client_id]).exists()
    assert by_harbour.filter(what="referral.accepted", kind="referralin", subjects=[taken.pk]).exists()


@pytest.mark.parametrize(
    ("years", "band"),
    [(17, "Under 18"), (18, "18 to 24"), (24, "18 to 24"), (25, "25 to 34"), (64, "55 to 64"), (65, "65 and over")],
)  # fmt: skip
def test_ages_are_told_in_bands(years, band):
    assert age_band(years) == band
