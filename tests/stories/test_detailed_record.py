"""The Client Detailed Record: everything this service holds about a person, in words, and nothing of another service."""

from datetime import timedelta

import pytest

from clients.actions import Details, correct_client
from clients.duplicates.action import link
from clients.forms import INFORMATION_SHEET
from ims.audit.models import Event
from tests.makers import NOW, a_brief_intervention, a_client, an_exchange, consent_decided
from tests.stories.visitor import at_work


def printed(world, client, by=None):
    return at_work(world, by or world.pharmacist).opens(f"{client.get_absolute_url()}detailed-record/")


def test_it_holds_everything_the_service_knows_in_words(world):
    details = Details(
        postcode="L1 9DB", ethnicity="A", nationality="GBR", own_reference="R 7", main_substance="HEROIN", route="1",
        injecting_status="C",
    )  # fmt: skip
    correct_client(
        client=world.client, attributor=world.client.attributor, details=details,
        expected_version=world.client.version, at=NOW, by=world.pharmacist,
    )  # fmt: skip
    an_exchange(
        world.pharmacist,
        world.client,
        items={"BARREL_2": 7},
        drug="CRACK",
        place="GYM",
        returned=5,
        note="Asked twice",
    )
    a_brief_intervention(world.pharmacist, world.client, type="WOUND", minutes=15, setting="")

    words = printed(world, world.client).words

    for said in (
        "Initials AB", "Date of birth 05/05/1985", "Sex Male", "Ethnicity White - British", "Nationality United Kingdom",
        "Main substance Heroin", "Usual route Inject", "Injecting status Currently injecting", "Postcode L1 9DB",
        "Authority of residence Liverpool", "Own reference of the service R 7", f"IMS ID {world.client.ims_id}",
        "15 June 2026: Syringe exchange", "Given out 7 × Barrel 2 ml (no needle)", "Brought back (estimate) 5",
        "Drug Crack cocaine", "Place Gym", "Note: Asked twice", "What was done Wound care", "Time spent 15 minutes",
        "8 June 2026: Syringe exchange", "14 June 2026: Brief intervention",
    ):  # fmt: skip
        assert said in words, said


def test_it_says_every_decision_about_consent(world):
    world.clock.shift(timedelta(days=1))
    consent_decided(world.pharmacist, world.client, False, at=NOW + timedelta(days=1))

    words = printed(world, world.client).words

    assert "Held now: No. Only this service sees your record; no figure counts you." in words
    assert f"15/06/2026 12:00: yes, spoken. You were shown: {INFORMATION_SHEET}." in words
    assert "16/06/2026 12:00: no, spoken." in words


def test_it_holds_nothing_that_another_service_knows_of_the_same_person(world):
    an_exchange(world.keyworker, world.same_person, note="CANARY-7Q4", items={"FOIL": 99})

    page = printed(world, world.client)

    for foreign in ("CANARY-7Q4", "99 ×", "Harbour", world.same_person.ims_id):
        assert foreign not in page.body


def test_it_says_who_has_looked_and_printing_it_is_looking(world):
    at_work(world, world.pharmacy_manager).opens(world.client.get_absolute_url())
    world.clock.shift(timedelta(minutes=5))

    words = printed(world, world.client).words
    looked = words[words.index("Who has looked at this record") :]

    assert "15/06/2026 12:05: This record was opened for printing, by staff of this service" in looked
    assert "15/06/2026 12:00: Looked at, by staff of this service" in looked
    assert "15/06/2026 12:00: Registered, by staff of this service" in looked
    assert looked.index("12:05") < looked.index("Looked at,")  # the latest first


@pytest.mark.parametrize("form", ["correct/", "consent/", "exchanges/new/", "brief-interventions/new/"])
def test_opening_a_form_that_names_the_person_is_looking_too(world, form):
    seen = Event.objects.filter(what="client.viewed", subjects=[world.client.pk])
    before = seen.count()

    at_work(world, world.pharmacist).opens(f"{world.client.get_absolute_url()}{form}")

    assert seen.count() == before + 1


def test_what_was_not_asked_says_so(world):
    words = printed(world, world.said_no).words

    for said in ("Ethnicity Not asked", "Postcode Not recorded", "Own reference of the service None"):
        assert said in words


def test_a_person_who_said_no_has_one_all_the_same(world):
    page = printed(world, world.said_no)

    assert page.status == 200
    assert "10 × Fixed-needle insulin syringe 1 ml" in page.words


def test_it_says_which_other_records_are_of_the_same_person_and_nothing_more_of_them(world):
    again = a_client(world.pharmacist, "AB05061985M", postcode="WA7 1JD")
    link(one=world.client, other=again, at=NOW, by=world.pharmacist)

    words = printed(world, world.client).words

    assert f"another record that it takes to be of you, IMS ID {again.ims_id}. Ask for that one" in words
    assert "WA7 1JD" not in words and "05/06/1985" not in words
    assert "another record" not in printed(world, world.woman).words
