"""An officer rehearses a rule, publishes it with a first day, and from that day it is kept everywhere."""

from datetime import timedelta

import pytest

from ims.audit.models import Event
from ims.codelists.models import Rule
from interventions.models import BriefIntervention, SyringeExchange
from interventions.packs.action import set_bill
from tests import makers
from tests.makers import NOW, TODAY
from tests.stories.visitor import at_work

REFUSED = "From 1/7/2026 the drug must be stated."
FIRST_DAY = timedelta(days=16)  # from the day of the tests to 1 July


@pytest.fixture
def officer(world):
    return at_work(world, world.officer)


def publishes(officer, **typed):
    officer.opens("/rules/rehearse/")
    officer.sends(**{"key": "exchange_drug", "valid_from": "1/7/2026", **typed})
    return officer.presses("Publish")


def test_an_officer_sees_what_would_fail_before_anything_is_published(world, officer):
    makers.an_exchange(world.pharmacist, world.client, drug="")
    makers.an_exchange(world.pharmacist, world.said_no, drug="")
    officer.opens("/rules/rehearse/")

    page = officer.sends(key="exchange_drug", valid_from="1/7/2026")

    table = "Contacts that would be refused, by provider"
    assert page.figure(table, "Riverside Pharmacy", "Looked at") == "3"
    assert page.figure(table, "Riverside Pharmacy", "Would be refused") == "1"
    assert page.figure(table, "All providers", "Would be refused") == "1"
    assert not Rule.objects.exists()
    assert "Published" in officer.presses("Publish").said
    assert "The drug must be stated" in page.words
    assert Event.objects.latest("id").counts == {"looked_at": 5, "failing": 1}


def test_what_was_changed_after_the_rehearsal_is_rehearsed_again(world, officer):
    officer.opens("/rules/rehearse/")
    officer.sends(key="exchange_quantity", limit="100", valid_from="1/7/2026")

    page = officer.presses("Publish", limit="5")

    assert "at most 5" in page.words.lower()
    assert not Rule.objects.exists()


def test_the_past_cannot_be_ruled(world, officer):
    officer.opens("/rules/rehearse/")

    page = officer.sends(key="exchange_drug", valid_from="15/6/2026")

    assert page.problems == [
        "First day: 15/06/2026 is not after today. A rule begins tomorrow at the earliest."
    ]


def test_a_number_is_asked_where_the_rule_has_one_and_a_code_where_one_is_retired(world, officer):
    officer.opens("/rules/rehearse/")
    assert officer.sends(key="exchange_quantity", valid_from="1/7/2026").problems == [
        "Number: Enter the largest number that is taken."
    ]

    assert officer.sends(key="code_retired").problems == ["Code: Choose the code."]


def test_before_its_first_day_it_is_taken_and_from_that_day_it_is_refused(world, officer):
    publishes(officer)
    pharmacist = at_work(world, world.pharmacist)
    path = f"{world.client.get_absolute_url()}exchanges/new/"
    pharmacist.opens(path)
    assert "Exchange saved." in pharmacist.sends(item_FOIL="1", drug="").said

    world.clock.shift(FIRST_DAY)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(path)

    assert pharmacist.sends(item_FOIL="1", drug="").problems == [f"Drug at this visit: {REFUSED}"]
    assert "Exchange saved." in pharmacist.sends(drug="HEROIN").said


def test_a_contact_of_an_earlier_day_is_judged_by_the_rules_of_that_day(world, officer):
    publishes(officer)
    world.clock.shift(FIRST_DAY)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/")

    page = pharmacist.sends(on="30/6/2026", item_FOIL="1", drug="")

    assert "Exchange saved." in page.said


def test_what_was_recorded_before_stays_and_can_be_put_right(world, officer):
    held = makers.an_exchange(world.pharmacist, world.client, drug="")
    publishes(officer)
    world.clock.shift(FIRST_DAY)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"/contacts/exchanges/{held.ref}/change/")

    assert "put right" in pharmacist.sends(returned="3").said
    assert SyringeExchange.objects.get(pk=held.pk).returned == 3


def test_a_pack_is_opened_to_see_how_much_was_given(world, officer):
    pack = makers.a_pack(world.pharmacy_manager, items={"SYR_FIXED_1": 10})
    publishes(officer, key="exchange_quantity", limit="15")
    world.clock.shift(FIRST_DAY)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/")

    page = pharmacist.sends(**{f"pack_{pack.pk}": "1", "item_SYR_FIXED_1": "6"})

    assert "at most 15" in page.problems[0]


def test_a_correction_is_judged_by_what_was_in_the_pack_when_it_was_handed_out(world, officer):
    pack = makers.a_pack(world.pharmacy_manager, items={"SYR_FIXED_1": 10})
    publishes(officer, key="exchange_quantity", limit="15")
    world.clock.shift(FIRST_DAY)
    on = TODAY + FIRST_DAY
    held = makers.an_exchange(world.pharmacist, world.client, on=on, items={}, packs={pack.pk: 1})
    set_bill(
        pack=pack, items={"SYR_FIXED_1": 50}, valid_from=on, expected_version=1, at=NOW + FIRST_DAY,
        by=world.pharmacy_manager,
    )  # fmt: skip
    pharmacist = at_work(world, world.pharmacist)

    pharmacist.opens(f"/contacts/exchanges/{held.ref}/change/")
    assert "put right" in pharmacist.sends(returned="3").said
    pharmacist.opens(f"/contacts/exchanges/{held.ref}/change/")
    assert "at most 15" in pharmacist.sends(**{f"pack_{pack.pk}": "2"}).problems[0]


def test_the_grid_keeps_the_rule_too(world, officer):
    publishes(officer, key="brief_minutes_stated")
    world.clock.shift(FIRST_DAY)
    before = BriefIntervention.objects.count()
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/grid/brief-interventions/")
    typed = {"row-0-who": "ab050585m", "row-0-type": "ADVICE"}

    page = pharmacist.sends(**typed)

    assert page.problems == ["Line 1, minutes: From 1/7/2026 the minutes must be stated."]
    assert BriefIntervention.objects.count() == before
    page = pharmacist.sends(**{"row-0-minutes": "10"})
    assert BriefIntervention.objects.count() == before + 1


def test_the_counter_keeps_the_rule_too(world, officer):
    makers.an_exchange(world.pharmacist, world.client, drug="", on=TODAY)
    publishes(officer)
    world.clock.shift(FIRST_DAY)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/")
    pharmacist.sends(wanted="ab050585m")

    page = pharmacist.sends(drug="")

    assert REFUSED in " ".join(page.problems)


def test_a_manager_sees_their_own_number_with_those_who_said_no(world, officer):
    makers.an_exchange(world.pharmacist, world.said_no, drug="")
    makers.an_exchange(world.keyworker, world.other, drug="")
    publishes(officer)

    page = at_work(world, world.pharmacy_manager).opens("/settings/rules-to-come/")

    row = page.tables["Rules to come, and your own contacts of the last year"][1]
    assert row == ["The drug must be stated", "01/07/2026", "Syringe exchange", "5", "1"]


def test_a_manager_is_told_when_there_is_nothing_to_come(world):
    page = at_work(world, world.pharmacy_manager).opens("/settings/rules-to-come/")

    assert "No new rule is published." in page.words
