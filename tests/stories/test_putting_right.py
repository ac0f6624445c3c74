"""A slip is put right where it was made: on the contact itself, with what it said before kept."""

from datetime import timedelta

import pytest

from interventions.models import BriefIntervention, SyringeExchange
from tests import makers
from tests.makers import TODAY
from tests.stories.visitor import at_work


def exchange_of(world):
    return SyringeExchange.objects.visible_to(world.pharmacist).get(client=world.client)


def changing(person, contact, kind="exchanges"):
    return person.opens(f"/contacts/{kind}/{contact.ref}/change/")


def test_the_form_says_what_the_exchange_says_and_takes_what_is_right(world):
    pharmacist = at_work(world, world.pharmacist)
    page = changing(pharmacist, exchange_of(world))
    assert (page.typed["item_SYR_FIXED_1"], page.typed["drug"], page.typed["returned"]) == (
        "10",
        "HEROIN",
        "",
    )

    page = pharmacist.sends(item_SYR_FIXED_1="20", returned="0")

    assert "Exchange put right." in page.said
    assert "20 × " in page.words and "brought back: 0" in page.words
    changed = exchange_of(world)
    assert (changed.items, changed.sets, changed.returned) == ({"SYR_FIXED_1": 20}, 20, 0)


def test_a_brief_intervention_can_become_another_type_and_stays_one(world):
    done = BriefIntervention.objects.visible_to(world.pharmacist).get(client=world.client)
    pharmacist = at_work(world, world.pharmacist)
    changing(pharmacist, done, "brief-interventions")

    page = pharmacist.sends(types="WOUND", minutes="0")

    assert "Brief intervention put right." in page.said
    done.refresh_from_db()
    assert (done.type, done.minutes) == ("WOUND", 0)
    assert BriefIntervention.objects.visible_to(world.pharmacist).filter(client=world.client).count() == 1


def test_where_the_client_lived_that_day_does_not_move(world):
    before = exchange_of(world).authority_code
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}correct/")
    pharmacist.sends(postcode="CH41 3RB")
    changing(pharmacist, exchange_of(world))

    pharmacist.sends(item_SYR_FIXED_1="12")

    assert exchange_of(world).authority_code == before != ""


def test_two_people_at_one_exchange_do_not_overwrite_each_other(world):
    pharmacist, manager = at_work(world, world.pharmacist), at_work(world, world.pharmacy_manager)
    for person in (pharmacist, manager):
        changing(person, exchange_of(world))
    pharmacist.sends(item_SYR_FIXED_1="20")

    page = manager.sends(item_SYR_FIXED_1="30")

    assert page.status == 422
    assert any("Now saved by somebody else: 20" in problem for problem in page.problems)
    assert page.typed["item_SYR_FIXED_1"] == "30"
    assert exchange_of(world).items == {"SYR_FIXED_1": 20}


def test_a_second_press_changes_nothing_more(world):
    pharmacist = at_work(world, world.pharmacist)
    form = changing(pharmacist, exchange_of(world))
    pharmacist.sends(form, item_SYR_FIXED_1="20")
    before = exchange_of(world).history.count()

    page = pharmacist.sends(form, item_SYR_FIXED_1="20")

    assert "Exchange put right." in page.said
    assert (exchange_of(world).version, exchange_of(world).history.count()) == (2, before)


def test_a_contact_from_before_the_backdating_window_can_be_put_right_on_its_day(world):
    old = makers.an_exchange(world.pharmacist, world.client, on=TODAY - timedelta(days=900))
    pharmacist = at_work(world, world.pharmacist)
    changing(pharmacist, old)

    assert "Exchange put right." in pharmacist.sends(returned="4").said
    changing(pharmacist, old)
    assert pharmacist.sends(on="1/1/2024").status == 422


def test_every_value_is_kept_with_who_changed_it_and_when(world):
    world.clock.shift(timedelta(hours=2))
    manager = at_work(world, world.pharmacy_manager)
    changing(manager, exchange_of(world))
    manager.sends(item_SYR_FIXED_1="20", drug="CRACK")

    page = manager.opens(f"/contacts/exchanges/{exchange_of(world).ref}/history/")

    assert "15/06/2026 14:00 Changed by Manager of Riverside Pharmacy" in page.words
    assert "15/06/2026 12:00 Recorded by Sam Okoro" in page.words
    assert "Given out: 20 × " in page.words and "(was: 10 × " in page.words


def test_a_clients_changes_can_be_read_with_consent_among_them(world):
    manager = at_work(world, world.pharmacy_manager)
    manager.opens(f"{world.client.get_absolute_url()}consent/")
    manager.sends(consent="no")

    page = manager.opens(f"{world.client.get_absolute_url()}history/")

    assert "Consent: No (was: Yes)" in page.words


@pytest.mark.parametrize("way", ["change", "history"])
def test_a_kind_that_does_not_exist_has_no_page(world, way):
    assert (
        at_work(world, world.pharmacist).opens(f"/contacts/letters/{exchange_of(world).ref}/{way}/").status
        == 404
    )
