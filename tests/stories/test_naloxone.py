"""Naloxone to take home: recorded, put right, and read back with not asked, no and declined kept apart."""

import pytest

from interventions.models import Naloxone
from tests.makers import a_naloxone_supply
from tests.stories.visitor import at_work


def records(world, **typed):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}naloxone/new/")
    pharmacist.sends(**typed)
    return pharmacist


def latest() -> Naloxone:
    return Naloxone.objects.order_by("pk").last()


def test_a_first_supply_is_recorded_and_read_back_in_words(world):
    page = records(world, kit_NASAL="2", supply="first", training="Y").page

    assert "Naloxone supply saved." in page.said
    assert "15/06/2026 Naloxone supply 2 × Nasal spray kit · First supply · training given: yes" in page.words
    assert (latest().kits, latest().authority_code) == ({"NASAL": 2}, "E08000012")


def test_a_resupply_says_why_and_whether_the_last_kit_was_used(world):
    page = records(world, kit_INJECTABLE="1", supply="again", reason="USED_OTHER", used="Y").page

    assert "1 × Injectable kit · Resupply (used on somebody else) · training given: not asked" in page.words
    assert (latest().reason, latest().used) == ("USED_OTHER", "Y")


def test_a_first_supply_with_a_reason_is_refused_and_nothing_typed_is_lost(world):
    before = Naloxone.objects.count()

    page = records(world, kit_NASAL="1", supply="first", reason="LOST").page

    assert page.problems == ["Why again: A first supply has no reason. Choose resupply, or “Not asked” here."]
    assert (page.typed["kit_NASAL"], page.typed["reason"]) == ("1", "LOST")
    assert Naloxone.objects.count() == before


def test_an_absurd_number_of_kits_is_asked_about_and_saved_when_meant(world):
    pharmacist = records(world, kit_NASAL="200", supply="first")
    assert pharmacist.page.problems == [
        "Nasal spray kit: 200 is more than 20. If it is right, save again; if not, mend it."
    ]

    assert "Naloxone supply saved." in pharmacist.sends().said
    assert latest().kits == {"NASAL": 200}


def test_what_was_recorded_wrongly_is_put_right_and_the_history_says_so(world):
    supply = a_naloxone_supply(world.pharmacist, world.woman)
    pharmacist = at_work(world, world.pharmacist)

    page = pharmacist.opens(f"/contacts/naloxone/{supply.ref}/change/")
    assert (page.typed["kit_NASAL"], page.typed["supply"], page.typed["training"]) == ("1", "first", "")
    page = pharmacist.sends(training="DECLINED")

    assert "Naloxone supply put right." in page.said
    words = pharmacist.opens(f"/contacts/naloxone/{supply.ref}/history/").words
    assert "Training given" in words and "not asked" in words and "Declined" in words


@pytest.mark.parametrize(
    ("training", "in_words", "in_the_file"),
    [("", "not asked", ""), ("N", "No", "N"), ("DECLINED", "Declined", "DECLINED")],
)
def test_not_asked_no_and_declined_are_three_things_wherever_it_is_read(
    world, training, in_words, in_the_file
):
    supply = a_naloxone_supply(world.pharmacist, world.client, training=training)
    manager = at_work(world, world.pharmacy_manager)

    words = manager.opens(world.client.get_absolute_url()).words
    assert (
        f"15/06/2026 Naloxone supply 1 × Nasal spray kit · First supply · training given: {in_words.lower()}"
        in words
    )
    words = manager.opens(f"{world.client.get_absolute_url()}detailed-record/").words
    assert f"Last kit used not applicable Training given {in_words}" in words
    manager.opens("/local-extract/")
    rows = {row["contact"]: row for row in manager.sends(what="naloxone").records()}
    assert rows[str(supply.ref)]["training"] == in_the_file
    assert rows[str(supply.ref)]["kits"] == "NASAL=1"


def test_naloxone_can_be_recorded_for_somebody_who_objects(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.dummy.get_absolute_url()}naloxone/new/")

    assert "Naloxone supply saved." in pharmacist.sends(kit_NASAL="1", supply="first").said
