"""Referring and accepting on the pages: what is asked, what is refused, and what a second press does."""

# ruff: noqa: F811 (fixtures of the other story)

import pytest

from clients.actions import Details, correct_client
from clients.attributor import parse_attributor
from clients.models import Client, ConsentDecision
from ims.accounts.models import Draft
from referrals.models import ReferralIn, ReferralOut
from referrals.states import State
from tests import makers
from tests.makers import NOW, TODAY
from tests.stories.test_referrals import (  # noqa: F401
    ASKED,
    OVER,
    PERSON,
    accepted,
    accepts,
    client_deleted,
    declined,
    person,
    received,
    referral_deleted,
    seen,
    sends,
    withdrawn,
)
from tests.stories.visitor import at_work


def test_opening_it_is_told_once(world, person, received):
    seen(world, person, received)
    seen(world, person, received)

    page = at_work(world, world.pharmacist).opens(f"/referrals/sent/{received.ref}/")

    assert page.words.count("Seen 15/06/2026 12:00, Harbour Agency") == 1


def test_a_service_sends_a_client_to_a_partner_from_the_clients_page(world, person):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{person.get_absolute_url()}referrals-out/new/")

    page = pharmacist.sends(reason="WOUND", partner=str(world.harbour.pk), agreed="yes", agreed_how="written")

    assert "Referral out saved." in page.said
    assert "To Harbour Agency · Wound or injecting site infection · sent 15/06/2026" in page.words


@pytest.mark.parametrize("agreed", ["", "no"])
def test_a_partner_is_not_told_of_somebody_who_did_not_agree(world, person, agreed):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{person.get_absolute_url()}referrals-out/new/")
    held = ReferralOut.objects.count()

    page = pharmacist.sends(reason="WOUND", partner=str(world.harbour.pk), agreed=agreed)

    assert "has not agreed. Ask the client" in " ".join(page.problems)
    assert ReferralOut.objects.count() == held


def test_a_client_who_said_no_is_sent_to_no_partner_and_the_message_says_how_to_mend_it(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.said_no.get_absolute_url()}referrals-out/new/")

    page = pharmacist.sends(reason="WOUND", partner=str(world.harbour.pk), agreed="yes", agreed_how="spoken")
    assert "record their consent first" in " ".join(page.problems)

    page = pharmacist.sends(partner="", destination="WOUND", agreed="")
    assert "Referral out saved." in page.said


def test_the_dummy_is_referred_nowhere(world):
    pharmacist = at_work(world, world.pharmacist)

    assert pharmacist.opens(f"{world.dummy.get_absolute_url()}referrals-out/new/").status == 404
    assert pharmacist.opens(f"{world.dummy.get_absolute_url()}referrals-in/new/").status == 404


@pytest.mark.parametrize("both", [{}, {"destination": "GP", "partner": "harbour"}])
def test_a_referral_goes_to_one_place(world, person, both):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{person.get_absolute_url()}referrals-out/new/")
    typed = {name: str(world.harbour.pk) if value == "harbour" else value for name, value in both.items()}

    page = pharmacist.sends(reason="WOUND", agreed="yes", agreed_how="spoken", **typed)

    assert "one of the two" in " ".join(page.problems)


def test_the_partners_offered_are_the_same_for_every_client(world):
    pharmacist = at_work(world, world.pharmacist)
    offered = [
        [option.words() for option in pharmacist.opens(f"{one.get_absolute_url()}referrals-out/new/").form.all("option")]
        for one in (world.client, world.woman, world.said_no)
    ]  # fmt: skip

    assert offered[0] == offered[1] == offered[2]
    assert "Harbour Agency" in offered[0] and "Riverside Pharmacy" not in offered[0]


def test_accepting_shows_our_own_client_first_and_makes_no_second_one(world):
    received = sends(world, world.client)
    keyworker = accepts(world, received, first_initial="a", last_initial="b", date_of_birth="5/5/1985")
    assert "Is it one of your clients?" in keyworker.page.words
    assert not ReferralIn.objects.filter(answers=received.pk).exists()
    held = Client.objects.count()

    keyworker.presses("Use A B, 05/05/1985, male", consent="no")

    assert "Referral accepted." in keyworker.page.said
    assert Client.objects.count() == held
    assert ReferralIn.objects.get(answers=received.pk).client == world.same_person
    assert ConsentDecision.objects.filter(client=world.same_person).first().given is False


def test_nothing_is_written_before_consent_was_asked(world, person, received):
    keyworker = at_work(world, world.keyworker)
    keyworker.opens(f"/referrals/{received.ref}/accept/")
    held = Client.objects.count()

    page = keyworker.sends(**PERSON)

    assert "the client has to be asked" in " ".join(page.problems)
    assert Client.objects.count() == held
    assert ReferralOut.objects.get(pk=received.pk).state == State.SENT


def test_pressing_accept_twice_makes_one_of_each(world, person, received):
    keyworker = at_work(world, world.keyworker)
    form = keyworker.opens(f"/referrals/{received.ref}/accept/")

    first, again = keyworker.sends(form, **ASKED), keyworker.sends(form, **ASKED)

    assert first.path == again.path
    assert Client.objects.filter(provider=world.harbour, first_initial="Q").count() == 1
    assert ReferralIn.objects.filter(answers=received.pk).count() == 1


@pytest.mark.parametrize("happens", OVER)
def test_what_was_withdrawn_while_the_form_was_open_is_said_and_nothing_is_written(
    world, person, received, happens
):
    keyworker = at_work(world, world.keyworker)
    form = keyworker.opens(f"/referrals/{received.ref}/accept/")
    happens(world, person, received)

    page = keyworker.sends(form, **ASKED)

    assert "This referral is not waiting for your service" in page.words
    assert "Nothing was saved" in page.words
    assert not Client.objects.filter(provider=world.harbour, first_initial="Q").exists()


def test_what_the_sender_puts_right_after_acceptance_is_not_told(world, person, received):
    """A form that was open when a colleague accepted, sent with an error."""
    keyworker = at_work(world, world.keyworker)
    form = keyworker.opens(f"/referrals/{received.ref}/accept/")
    accepts(world, received, world.agency_manager)
    correct_client(
        client=person, attributor=parse_attributor("QZ18121972M", today=TODAY), details=Details(),
        expected_version=person.version, at=NOW, by=world.pharmacist,
    )  # fmt: skip

    page = keyworker.sends(form, consent="")

    assert page.status == 409
    assert "already taken by your service" in page.words
    assert "1972" not in page.body


@pytest.mark.parametrize("happens", [declined, withdrawn, referral_deleted])
def test_what_was_typed_to_accept_it_goes_when_it_is_over(world, person, received, happens):
    """The draft of the form has the initials and the date of birth in it."""
    for actor in (world.keyworker, world.agency_manager):
        keyworker = at_work(world, actor)
        keyworker.opens(f"/referrals/{received.ref}/accept/")
        assert keyworker.sends(consent="").status == 422
    assert Draft.objects.count() == 2

    happens(world, person, received)

    assert Draft.objects.count() == 0


def test_declining_needs_a_reason_which_the_sender_reads(world, person, received):
    keyworker = at_work(world, world.keyworker)
    keyworker.opens(f"/referrals/{received.ref}/")
    assert "Choose why it is declined" in " ".join(keyworker.sends().problems)

    page = keyworker.sends(decline_reason="AREA")

    assert "Declined. Nothing about the person is kept here." in page.said
    sender = at_work(world, world.pharmacist)
    assert "Declined: Lives outside" in sender.opens(f"/referrals/sent/{received.ref}/").words


def test_the_receivers_record_stays_when_the_sender_deletes_its_own(world, person, received):
    accepts(world, received)
    referral_deleted(world, person, received)
    client_deleted(world, person, received)

    own = Client.objects.visible_to(world.keyworker).get(first_initial="Q")
    assert "From Riverside Pharmacy" in at_work(world, world.keyworker).opens(own.get_absolute_url()).words
    assert at_work(world, world.keyworker).opens(f"/referrals/{received.ref}/").status == 200


def test_the_sender_types_what_became_of_a_referral_elsewhere(world, person):
    sent = makers.a_referral_out(world.pharmacist, person)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"/referrals/sent/{sent.ref}/")
    pharmacist.sends(state="did_not_attend")

    page = pharmacist.sends(state="attended")

    assert "Did not attend 15/06/2026 12:00, your service" in page.words
    assert "attended 15/06/2026" in page.words


def test_of_a_referral_that_a_partner_has_only_the_note_can_be_changed(world, person, received):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"/contacts/referrals-out/{received.ref}/change/")

    pharmacist.sends(note="Rang first", reason="WOUND", agreed="no", on="1/6/2026")

    held = ReferralOut.objects.get(pk=received.pk)
    assert (held.note, held.reason, held.agreed_to_share, str(held.on)) == (
        "Rang first", "PHYSICAL", True, "2026-06-15",
    )  # fmt: skip


def test_where_else_somebody_was_sent_can_be_put_right(world, person):
    sent = makers.a_referral_out(world.pharmacist, person)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"/contacts/referrals-out/{sent.ref}/change/")

    page = pharmacist.sends(destination="DENTAL", agreed="no")

    assert "To Dentist · Physical health" in page.words


def test_each_of_two_services_sends_to_the_other_and_sees_only_its_own_side(world):
    to_harbour = sends(world, world.woman)
    to_riverside = makers.a_received_referral(world.keyworker, world.other, world.riverside)

    for actor, mine, theirs in (
        (world.pharmacist, to_harbour, to_riverside), (world.keyworker, to_riverside, to_harbour),
    ):  # fmt: skip
        visitor = at_work(world, actor)
        assert visitor.opens(f"/referrals/sent/{mine.ref}/").status == 200
        assert visitor.opens(f"/referrals/{theirs.ref}/").status == 200
        assert visitor.opens(f"/referrals/sent/{theirs.ref}/").status == 404
        assert visitor.opens(f"/referrals/{mine.ref}/").status == 404


def test_the_receiver_can_put_its_own_referral_in_right_and_it_still_says_who_sent_it(
    world, person, received
):
    accepts(world, received)
    taken = ReferralIn.objects.get(answers=received.pk)
    keyworker = at_work(world, world.keyworker)
    keyworker.opens(f"/contacts/referrals-in/{taken.ref}/change/")

    page = keyworker.sends(reason="WOUND")

    assert "Referral in put right." in page.said
    assert "From Riverside Pharmacy · Wound or injecting site infection" in page.words
