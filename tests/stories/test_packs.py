"""A pack: a manager says what is in it, it is handed out, and every page and file says so for good."""

from datetime import timedelta

import pytest

from ims.accounts.roles import Role
from ims.audit.models import Event
from interventions.models import BatchExchange, Pack, SyringeExchange
from interventions.packs.action import close_pack, rename_pack
from tests import makers
from tests.makers import NOW, TODAY
from tests.stories.visitor import at_work


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


@pytest.fixture
def pharmacist(world):
    return at_work(world, world.pharmacist)


def adds_a_pack(manager, name="Blue", **typed):
    manager.opens("/settings/packs/new/")
    return manager.sends(name=name, **{"item_SYR_FIXED_1": "10", "item_SHARPS_S": "1", **typed})


def the_pack(world, name="Blue") -> Pack:
    return Pack.objects.visible_to(world.pharmacy_manager).get(name=name)


def latest(world) -> SyringeExchange:
    return SyringeExchange.objects.visible_to(world.pharmacist).latest("pk")


def hands_out(pharmacist, client, pack, number="2", **typed):
    pharmacist.opens(f"{client.get_absolute_url()}exchanges/new/")
    return pharmacist.sends(**{f"pack_{pack.pk}": number}, **typed)


def test_a_pack_goes_from_the_managers_form_to_every_page_and_file(world, manager, pharmacist):
    page = adds_a_pack(manager)
    assert "Blue is added." in page.said
    assert "From 15/06/2026: 1 × Sharps bin, personal, 10 × Fixed-needle insulin syringe 1 ml" in page.words

    page = hands_out(pharmacist, world.client, the_pack(world), item_FOIL="3")

    assert "2 × Blue, 3 × Foil · " in page.words
    printed = pharmacist.opens(f"{world.client.get_absolute_url()}detailed-record/").words
    assert "Given out 2 × Blue, 3 × Foil" in printed
    assert "In all " in printed and "20 × Fixed-needle insulin syringe 1 ml" in printed
    manager.opens("/local-extract/")
    (row,) = [row for row in manager.sends(what="syringe_exchange").records() if row["packs"]]
    assert (row["packs"], row["needles"], row["sets"]) == ("Blue=2", "20", "20")
    assert set(row["items"].split(";")) == {"SYR_FIXED_1=20", "SHARPS_S=2", "FOIL=3"}


def test_the_counter_offers_the_usual_pack_to_a_client_who_has_had_nothing(world, manager, pharmacist):
    adds_a_pack(manager)
    manager.presses("Make it the usual pack: Blue")
    new = makers.a_client(world.pharmacist, "TU05051990F")

    pharmacist.opens("/")
    page = pharmacist.sends(wanted="tu050590f")

    assert page.typed[f"pack_{the_pack(world).pk}"] == "1"
    world.clock.shift(timedelta(seconds=1))  # as long as a person takes to read a name
    pharmacist.sends()
    assert latest(world).client == new
    assert [(pack["name"], pack["n"]) for pack in latest(world).packs] == [("Blue", 1)]


def test_a_changed_bill_leaves_an_earlier_exchange_alone_everywhere(world, manager, pharmacist):
    adds_a_pack(manager)
    pack = the_pack(world)
    hands_out(pharmacist, world.client, pack, "1")
    manager.opens(f"/settings/packs/{pack.pk}/contents/")
    page = manager.sends(item_SYR_FIXED_1="5", valid_from="16/6/2026")
    assert "From 16/06/2026 Blue holds this." in page.said
    assert "From 15/06/2026: 1 × Sharps bin, personal, 10 ×" in page.words

    world.clock.shift(timedelta(days=1))
    hands_out(at_work(world, world.pharmacist), world.woman, pack, "1")

    manager = at_work(world, world.pharmacy_manager)
    manager.opens("/local-extract/")
    rows = [row for row in manager.sends(what="syringe_exchange").records() if row["packs"]]
    assert [(row["on"], row["needles"]) for row in rows] == [("2026-06-15", "10"), ("2026-06-16", "5")]


def test_an_exchange_of_a_pack_that_was_closed_since_is_put_right_without_losing_it(
    world, manager, pharmacist
):
    adds_a_pack(manager)
    pack = the_pack(world)
    hands_out(pharmacist, world.client, pack)
    manager.opens("/settings/packs/")
    manager.presses("Close Blue")
    exchange = latest(world)

    page = pharmacist.opens(f"/contacts/exchanges/{exchange.ref}/change/")
    assert page.typed[f"pack_{pack.pk}"] == "2"
    assert "Blue" in page.words
    page = pharmacist.sends(note="Asked twice")

    assert page.status == 200
    exchange.refresh_from_db()
    assert exchange.note == "Asked twice"
    assert [(held["name"], held["n"]) for held in exchange.packs] == [("Blue", 2)]
    assert exchange.items == {"SYR_FIXED_1": 20, "SHARPS_S": 2}
    assert "Blue" not in pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/").form.words()


def test_an_exchange_that_is_put_right_says_what_was_in_its_pack_and_keeps_it(world, manager, pharmacist):
    adds_a_pack(manager)
    pack = the_pack(world)
    hands_out(pharmacist, world.client, pack, "1")
    exchange = latest(world)
    manager.opens(f"/settings/packs/{pack.pk}/contents/")
    manager.sends(item_SYR_FIXED_1="5")

    form = pharmacist.opens(f"/contacts/exchanges/{exchange.ref}/change/").form
    assert "10 × Fixed-needle" in form.words() and "5 × Fixed-needle" not in form.words()
    page = pharmacist.sends(returned="8", **{f"pack_{pack.pk}": "2"})

    assert "Exchange put right." in page.said
    assert latest(world).items == {"SYR_FIXED_1": 20, "SHARPS_S": 2}
    assert (
        "5 × Fixed-needle"
        in pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/").form.words()
    )


def test_a_batch_of_a_pack_that_was_closed_since_is_put_right_without_losing_it(world, pharmacist):
    pack = makers.a_pack(world.pharmacy_manager)
    batch = makers.a_batch(world.pharmacist, items={}, packs={pack.pk: 40})
    close_pack(pack=pack, on=TODAY, at=NOW, by=world.pharmacy_manager)

    pharmacist.opens(f"/batch-exchanges/{batch.ref}/change/")
    pharmacist.sends(note="Locker")

    held = BatchExchange.objects.get(pk=batch.pk)
    assert (held.note, held.needles) == ("Locker", 400)
    assert [(one["name"], one["n"]) for one in held.packs] == [("Blue", 40)]


def test_a_pack_named_again_since_has_one_box_by_its_new_name(world, pharmacist):
    pack = makers.a_pack(world.pharmacy_manager)
    exchange = makers.an_exchange(world.pharmacist, world.client, items={}, packs={pack.pk: 1})
    rename_pack(pack=pack, name="Green", expected_version=1, at=NOW, by=world.pharmacy_manager)

    words = pharmacist.opens(f"/contacts/exchanges/{exchange.ref}/change/").form.words()

    assert "Green" in words
    assert "Blue" not in words


def test_more_in_a_pack_than_is_usual_is_asked_about_once(world, manager):
    page = adds_a_pack(manager, item_FOIL="2001")
    assert page.problems == ["Foil: 2,001 is more than 2,000. If it is right, save again; if not, mend it."]

    page = manager.sends()

    assert "Blue is added." in page.said


def test_a_second_press_makes_no_second_pack(world, manager):
    form = manager.opens("/settings/packs/new/")
    for _ in range(2):
        page = manager.sends(form, name="Blue", item_FOIL="1")

    assert page.status == 200
    assert Pack.objects.visible_to(world.pharmacy_manager).count() == 1
    assert Event.objects.filter(what="pack.added").count() == 1


def test_two_packs_in_use_do_not_share_a_name_but_a_closed_ones_is_free(world, manager):
    adds_a_pack(manager)
    page = adds_a_pack(manager)
    assert page.problems == ["Name of the pack: Another pack of yours has this name. Choose another name."]
    manager.opens("/settings/packs/")
    manager.presses("Close Blue")

    page = adds_a_pack(manager)

    assert "Blue is added." in page.said


def test_of_two_managers_at_one_pack_the_second_sees_what_it_holds_now(world, manager):
    pack = makers.a_pack(world.pharmacy_manager)
    second = makers.an_actor(Role.PROVIDER_MANAGER, world.riverside, username="second", full_name="Ann Bell")
    other = at_work(world, second)
    for person in (manager, other):
        person.opens(f"/settings/packs/{pack.pk}/contents/")
    manager.sends(item_SYR_FIXED_1="8")

    page = other.sends(item_SYR_FIXED_1="6")

    assert page.status == 422
    assert page.problems == [
        "Somebody else changed this record while you were typing. Nothing of yours is lost.",
        "Fixed-needle insulin syringe 1 ml: Now saved by somebody else: 8",
    ]
    assert page.typed["item_SYR_FIXED_1"] == "6"
    assert "Saved." in other.sends().said
    assert pack.contents.get().items["SYR_FIXED_1"] == 6


def test_a_service_that_records_no_exchanges_has_no_packs_and_no_batches(world):
    service = makers.a_provider("Quayside Outreach", modules=["naloxone"])
    pack = makers.a_pack(makers.the_manager(service))
    batch = makers.a_batch(makers.the_manager(service))
    person = at_work(world, makers.the_manager(service))

    for path in (
        "/settings/packs/", "/settings/packs/new/", f"/settings/packs/{pack.pk}/contents/",
        f"/settings/packs/{pack.pk}/rename/", "/batch-exchanges/", "/batch-exchanges/new/",
        f"/batch-exchanges/{batch.ref}/change/",
    ):  # fmt: skip
        assert person.opens(path).status == 404, path
    assert "Packs" not in person.opens("/settings/").words
