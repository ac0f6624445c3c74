"""At the counter: one box, the client by name, the usual filled in, saved and ready for the next person."""

from datetime import timedelta

import pytest

from clients.models import Client
from ims.audit.models import Event
from interventions.models import SyringeExchange
from interventions.packs.action import mark_usual_pack
from tests import makers
from tests.makers import TODAY
from tests.stories.visitor import at_work


@pytest.fixture
def pharmacist(world):
    return at_work(world, world.pharmacist)


def looks_up(person, text):
    person.opens("/")
    return person.sends(wanted=text)


def reads_it(world):
    """As long as a person takes to read a name."""
    world.clock.shift(timedelta(seconds=1))


def exchanges(world, client=None):
    return SyringeExchange.objects.visible_to(world.pharmacist).filter(client=client or world.client)


def test_the_client_is_named_with_the_last_visit_and_the_usual_is_filled_in(world, pharmacist):
    page = looks_up(pharmacist, "ab050585m")

    assert "A B, 05/05/1985, male" in page.words
    assert "Last here 14/06/2026" in page.words
    assert page.typed["item_SYR_FIXED_1"] == "10"
    assert page.typed["drug"] == "HEROIN"
    assert page.path == "/counter/" and "ab0505" not in page.url.lower()


def test_the_usual_is_saved_and_the_box_is_ready_again(world, pharmacist):
    looks_up(pharmacist, "ab050585m")
    reads_it(world)

    page = pharmacist.sends()

    assert "Exchange saved. Next person." in page.said
    assert page.path == "/" and page.typed["wanted"] == ""
    latest = exchanges(world).latest("pk")
    assert (latest.on, latest.items, latest.drug) == (TODAY, {"SYR_FIXED_1": 10}, "HEROIN")


def test_an_enter_that_comes_sooner_than_anybody_can_read_saves_nothing_and_loses_nothing(world, pharmacist):
    looks_up(pharmacist, "ab050585m")
    before = exchanges(world).count()

    page = pharmacist.sends(returned="7")

    assert page.status == 422
    assert any("nothing is saved yet" in problem for problem in page.problems)
    assert exchanges(world).count() == before
    assert page.typed["returned"] == "7"
    reads_it(world)
    assert "Exchange saved." in pharmacist.sends().said
    assert exchanges(world).latest("pk").returned == 7


def test_a_form_without_its_moment_or_with_a_made_up_one_saves_nothing(world, pharmacist):
    looks_up(pharmacist, "ab050585m")
    reads_it(world)
    before = exchanges(world).count()

    assert pharmacist.sends(shown_at="shown:1:forged").status == 422
    assert exchanges(world).count() == before


def test_a_doubled_save_is_one_exchange(world, pharmacist):
    form = looks_up(pharmacist, "ab050585m")
    reads_it(world)
    before = exchanges(world).count()

    pharmacist.sends(form)
    page = pharmacist.sends(form)

    assert "This was already saved, once." in page.said
    assert exchanges(world).count() == before + 1


@pytest.mark.parametrize("text", ["ab", "85", "0505", "AB85", "ab0505m", "L1 9DB", "l1", "1985", "{ims_id}"])
def test_a_part_will_do(world, pharmacist, text):
    page = looks_up(pharmacist, text.format(ims_id=world.client.ims_id))

    assert "A B, 05/05/1985, male" in page.words


def test_several_are_named_and_one_is_chosen(world, pharmacist):
    makers.a_client(world.pharmacist, "AB06061990F")
    page = looks_up(pharmacist, "ab")
    assert "2 found" in page.words

    page = pharmacist.presses("A B, 05/05/1985, male")

    assert "Last here" in page.words and page.typed["item_SYR_FIXED_1"] == "10"


def test_somebody_new_is_registered_with_the_first_exchange_in_one_go(world, pharmacist):
    page = looks_up(pharmacist, "zw170879f")
    assert "Nobody here has this attributor" in page.words
    assert (page.typed["first_initial"], page.typed["date_of_birth"]) == ("Z", "17/08/1979")
    reads_it(world)

    page = pharmacist.sends(
        consent="yes", postcode="CH41 3RB", **{"exchange-item_FOIL": "3", "exchange-drug": "CRACK"}
    )

    assert "Registered, and the exchange saved." in page.said
    client = Client.objects.visible_to(world.pharmacist).get(first_initial="Z")
    assert exchanges(world, client).get().items == {"FOIL": 3}
    assert exchanges(world, client).get().authority_code == makers.WIRRAL


def test_what_is_wrong_with_the_exchange_leaves_nobody_registered(world, pharmacist):
    looks_up(pharmacist, "zw170879f")
    reads_it(world)

    page = pharmacist.sends(consent="yes", **{"exchange-item_FOIL": "many"})

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert not Client.objects.filter(first_initial="Z").exists()


def test_consent_has_to_be_asked_of_somebody_new(world, pharmacist):
    looks_up(pharmacist, "zw170879f")
    reads_it(world)

    page = pharmacist.sends(**{"exchange-item_FOIL": "3"})

    assert any("Choose Yes or No" in problem for problem in page.problems)
    assert page.typed["exchange-item_FOIL"] == "3"


def test_somebody_nearly_the_same_is_offered_first(world, pharmacist):
    page = looks_up(pharmacist, "ab050585f")

    assert "Is it one of these?" in page.words and "has the other sex" in page.words

    page = pharmacist.presses("A B, 05/05/1985, male")

    assert page.typed["item_SYR_FIXED_1"] == "10"


def test_a_name_typed_over_is_compared_again(world, pharmacist):
    looks_up(pharmacist, "zw170879f")
    reads_it(world)

    page = pharmacist.sends(
        first_initial="C", last_initial="D", date_of_birth="17/9/1979", sex="M", consent="no", **{"exchange-item_FOIL": "3"}
    )  # fmt: skip

    assert "has the other sex" in page.words
    assert not Client.objects.visible_to(world.pharmacist).filter(first_initial="C", sex="M").exists()


def test_the_service_that_records_no_exchanges_finds_its_clients_all_the_same(world):
    service = makers.a_provider("Quiet Talk", modules=["brief_intervention"])
    manager = makers.the_manager(service)
    makers.a_client(manager, "AB05051985M")

    page = looks_up(at_work(world, manager), "ab050585m")

    assert "A B, 05/05/1985, male" in page.words and "Save exchange" not in page.words


def test_the_other_services_client_is_nobody_here(world, pharmacist):
    page = looks_up(pharmacist, "kl300690f")

    assert "Nobody here has this attributor" in page.words
    pharmacist.page = looks_up(pharmacist, "ab050585m")
    assert pharmacist.sends(client=str(world.other.ref)).status == 404


def test_a_packless_pharmacy_offers_its_usual_pack_to_a_client_without_an_exchange(world, pharmacist):
    pack = makers.a_pack(world.pharmacy_manager)
    mark_usual_pack(pack=pack, at=makers.NOW, by=world.pharmacy_manager)
    makers.a_client(world.pharmacist, "PQ01021990F")

    page = looks_up(pharmacist, "pq010290f")

    assert "1" in [value for name, value in page.typed.items() if name.startswith("pack_")]


def test_what_is_filled_in_stands_first_and_the_packs_that_are_not_come_after_it(world, pharmacist):
    pack = makers.a_pack(world.pharmacy_manager, "Blue")
    other = makers.a_pack(world.pharmacy_manager, "Green")
    makers.an_exchange(world.pharmacist, world.client, items={"FOIL": 5}, packs={other.pk: 1})

    page = looks_up(pharmacist, "ab050585m")

    at_hand, folded_away = [
        [box.attrs["name"] for box in grid.all("input")]
        for grid in page.document.of_class("ims-quantities__grid")
    ]
    assert at_hand == [f"pack_{other.pk}", "item_FOIL", f"pack_{pack.pk}"]
    assert "item_SYR_FIXED_1" in folded_away


def test_for_somebody_who_objects_one_press_leads_to_the_dummy(world, pharmacist):
    pharmacist.opens("/")

    page = pharmacist.presses("Somebody who objects")

    assert page.path == world.dummy.get_absolute_url()


def test_a_search_leaves_its_number_of_hits_and_the_offer_a_footprint(world, pharmacist):
    looks_up(pharmacist, "ab050585m")

    searched, viewed = Event.objects.order_by("-id")[:2][::-1]
    assert (searched.what, searched.counts) == ("clients.searched", {"found": 1})
    assert (viewed.what, viewed.subjects) == ("client.viewed", [world.client.pk])
