"""One service sends a person to another: who sees what, at every step, and what stays where nothing may stay."""

import pytest

from clients.actions import delete_client
from clients.models import Client
from interventions.actions import delete_contact
from referrals import actions
from referrals.models import ReceivedReferral, ReferralIn, ReferralOut
from referrals.receiving import actions as receiving
from referrals.states import State
from tests import makers
from tests.makers import NOW
from tests.stories.visitor import at_work

CANARY = "CANARY-7Q4"
# Whatever would tell the receiver who it is: initials, date of birth, postcode, own reference or note.
TELLING = [CANARY, "Q Z", "QZ17", "17/11/1971", "1971-11-17", "L1 9DB"]
PERSON = {"first_initial": "q", "last_initial": "z", "date_of_birth": "17/11/1971", "sex": "M"}
ASKED = {**PERSON, "consent": "yes", "consent_how": "spoken"}


@pytest.fixture
def person(world):
    """Riverside's client, known to nobody else."""
    return makers.a_client(world.pharmacist, "QZ17111971M", postcode="L1 9DB", own_reference=CANARY)


def sends(world, person, **said) -> ReceivedReferral:
    return makers.a_received_referral(world.pharmacist, person, world.harbour, note=CANARY, **said)


@pytest.fixture
def received(world, person):
    return sends(world, person)


def accepts(world, received, by=None, **typed):
    keyworker = at_work(world, by or world.keyworker)
    keyworker.opens(f"/referrals/{received.ref}/accept/")
    keyworker.sends(**{**ASKED, **typed})
    return keyworker


def outcome(world, received, state, **said):
    receiving.answer_referral(referral=received, state=state, at=NOW, by=world.keyworker, **said)


# How each state of affairs comes about, as (world, person, received).
def seen(world, person, received):
    at_work(world, world.keyworker).opens(f"/referrals/{received.ref}/")


def accepted(world, person, received):
    accepts(world, received)


def attended(world, person, received):
    accepts(world, received)
    outcome(world, received, State.ATTENDED)


def did_not_attend(world, person, received):
    accepts(world, received)
    outcome(world, received, State.DID_NOT_ATTEND)


def closed(world, person, received):
    accepts(world, received)
    outcome(world, received, State.CLOSED)


def declined(world, person, received):
    seen(world, person, received)
    outcome(world, received, State.DECLINED, decline_reason="FULL")


def withdrawn(world, person, received):
    seen(world, person, received)
    mine = ReferralOut.objects.get(pk=received.pk)
    actions.say_outcome(referral=mine, state=State.WITHDRAWN, at=NOW, by=world.pharmacist)


def said_no_later(world, person, received):
    makers.consent_decided(world.pharmacist, person, False)


def client_deleted(world, person, received):
    delete_client(client=person, at=NOW, by=world.pharmacist)


def referral_deleted(world, person, received):
    mine = ReferralOut.objects.get(pk=received.pk)
    delete_contact(contact=mine, at=NOW, by=world.pharmacist)


def just_sent(world, person, received):
    pass


WAITING = [just_sent, seen]
TAKEN = [accepted, attended, did_not_attend, closed]
OVER = [declined, withdrawn, said_no_later, client_deleted, referral_deleted]


def everything_harbour_can_open(world, received, *, accepting: bool = True) -> str:
    """The words and files of all the pages of the receiver, people and downloads included.

    `accepting`: the page on which a referral is accepted, where the receiver first learns who the person is.
    """
    manager = at_work(world, world.agency_manager)
    paths = [
        "/",
        "/referrals/",
        "/deleted/",
        f"/referrals/{received.ref}/",
    ]
    paths += [f"/referrals/{received.ref}/accept/"] if accepting else []
    own = Client.objects.visible_to(world.agency_manager)
    paths += [client.get_absolute_url() for client in own]
    paths += [f"{client.get_absolute_url()}detailed-record/" for client in own.real()]
    bodies = [manager.opens(path).body for path in paths]
    for what in ("clients", "referral_in", "referral_out", "brief_intervention"):
        manager.opens("/local-extract/")
        bodies.append(manager.sends(what=what).body)
    manager.opens("/clients/")
    bodies.append(manager.sends(wanted="qz").words.replace("qz", ""))
    return " ".join(bodies)


@pytest.mark.parametrize("happens", WAITING)
def test_before_it_accepts_the_receiver_sees_the_least_it_needs(world, person, received, happens):
    happens(world, person, received)

    keyworker = at_work(world, world.keyworker)
    inbox = keyworker.opens("/referrals/")
    assert "From: Riverside Pharmacy" in inbox.words
    page = keyworker.opens(f"/referrals/{received.ref}/")
    for word in ("Riverside Pharmacy", "15/06/2026", "Physical health", "45 to 54", "Male"):
        assert word in page.words
    everything = everything_harbour_can_open(world, received, accepting=False)
    assert [told for told in [*TELLING, person.ims_id, str(person.ref)] if told in everything] == []
    assert not ReferralIn.objects.visible_to(world.keyworker).filter(answers=received.pk).exists()


@pytest.mark.parametrize("happens", TAKEN)
def test_after_it_accepted_the_receiver_has_a_client_of_its_own(world, person, received, happens):
    happens(world, person, received)

    own = Client.objects.visible_to(world.keyworker).get(first_initial="Q")
    keyworker = at_work(world, world.keyworker)
    assert "From Riverside Pharmacy · Physical health" in keyworker.opens(own.get_absolute_url()).words
    page = keyworker.opens(f"/referrals/{received.ref}/")
    assert "45 to 54" not in page.words and "Male" not in page.words
    everything = everything_harbour_can_open(world, received)
    # What the person told Harbour themselves is there; what Riverside holds of them is not.
    assert [told for told in [CANARY, "L1 9DB", person.ims_id, str(person.ref)] if told in everything] == []


@pytest.mark.parametrize("happens", TAKEN)
def test_the_extract_of_the_receiver_says_who_sent_the_person(world, person, received, happens):
    happens(world, person, received)

    manager = at_work(world, world.agency_manager)
    manager.opens("/local-extract/")
    rows = [row for row in manager.sends(what="referral_in").records() if row["from_service"]]

    assert [(row["from_service"], row["reason"], row["source"]) for row in rows] == [
        ("Riverside Pharmacy", "PHYSICAL", "")
    ]


@pytest.mark.parametrize("happens", OVER)
def test_what_is_over_before_acceptance_leaves_no_trace_with_the_receiver(world, person, received, happens):
    happens(world, person, received)

    keyworker = at_work(world, world.keyworker)
    absent = "/referrals/00000000-0000-0000-0000-000000000007/"
    assert "No referral is waiting." in keyworker.opens("/referrals/").words
    for page in ("", "accept/"):
        there, nowhere = keyworker.opens(f"/referrals/{received.ref}/{page}"), keyworker.opens(absent + page)
        assert there.status == nowhere.status == 404
        assert there.words == nowhere.words
    everything = everything_harbour_can_open(world, received, accepting=False)
    assert [told for told in [*TELLING, person.ims_id, "Riverside"] if told in everything] == []
    assert not Client.objects.filter(provider=world.harbour, first_initial="Q").exists()
    assert not ReferralIn.objects.filter(answers=received.pk).exists()


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (just_sent, "sent 15/06/2026"), (seen, "seen 15/06/2026"), (accepted, "accepted 15/06/2026"),
        (attended, "attended 15/06/2026"), (did_not_attend, "did not attend 15/06/2026"),
        (closed, "closed 15/06/2026"), (declined, "declined 15/06/2026 (No room at present)"),
        (withdrawn, "withdrawn 15/06/2026"),
    ],
)  # fmt: skip
def test_the_sender_reads_where_it_stands_and_learns_nothing_of_the_receivers_client(
    world, person, received, happens, words
):
    happens(world, person, received)

    manager = at_work(world, world.pharmacy_manager)
    pages = [
        manager.opens(path)
        for path in ("/referrals/", f"/referrals/sent/{received.ref}/", person.get_absolute_url())
    ]
    assert all(words in page.words for page in pages)
    manager.opens("/local-extract/")
    extract = manager.sends(what="referral_out")
    assert [row["state"] for row in extract.records() if row["to_service"]] == [
        ReferralOut.objects.get(pk=received.pk).state
    ]
    theirs = Client.objects.filter(provider=world.harbour)
    told = " ".join(page.body for page in [*pages, extract])
    assert [one for client in theirs for one in (client.ims_id, str(client.ref)) if one in told] == []


def test_the_sender_cannot_tell_whether_the_person_was_known_there_already(world):
    """One is Harbour's client already, one is not: the sender reads the same of both."""
    said = []
    for client, existing in ((world.client, world.same_person), (world.woman, None)):
        received = sends(world, client)
        receiving.accept_referral(
            referral=received, attributor=client.attributor, consent=makers.a_decision(), details=makers.Details(),
            existing=existing, submission_id=makers.new_submission_id(), at=NOW, by=world.keyworker,
        )  # fmt: skip
        page = at_work(world, world.pharmacist).opens(f"/referrals/sent/{received.ref}/")
        said.append(page.words.partition("Sent on")[2])

    assert said[0] == said[1]
