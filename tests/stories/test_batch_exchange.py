"""A batch exchange: equipment that went out without anybody being known, from the form to the figures."""

from datetime import timedelta

import pytest

from ims.audit.models import Event
from interventions.models import BatchExchange
from tests.makers import TODAY, a_batch
from tests.stories.figures import figures
from tests.stories.visitor import at_work

TABLE = "Given out without a client, by provider"


@pytest.mark.parametrize(
    ("typed", "listed", "extracted", "counted"),
    [("", "not counted", "", "not recorded"), ("0", "0", "0", "0")],
)
def test_not_counted_and_nought_differ_from_the_list_to_the_figures(world, typed, listed, extracted, counted):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/batch-exchanges/new/")

    page = pharmacist.sends(item_SYR_FIXED_1="137", returned=typed)

    assert f"brought back: {listed}" in page.words
    manager = at_work(world, world.pharmacy_manager)
    manager.opens("/local-extract/")
    (row,) = manager.sends(what="batch_exchange").records()
    assert (row["needles"], row["returned"]) == ("137", extracted)
    page = figures(world)
    assert page.figure(TABLE, "Riverside Pharmacy", "Needles") == "137"
    assert page.figure(TABLE, "Riverside Pharmacy", "Returned (estimate)") == counted


def test_what_is_deleted_is_in_no_list_and_comes_back_within_seven_days(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/batch-exchanges/new/")
    pharmacist.sends(item_FOIL="5")
    pharmacist.presses("Delete the batch of 15/06/2026")
    assert BatchExchange.objects.visible_to(world.pharmacist).count() == 0

    page = pharmacist.presses("Bring back the batch of 15/06/2026")

    assert "Brought back, as it was." in page.said
    assert BatchExchange.objects.visible_to(world.pharmacist).count() == 1


def test_a_batch_is_pressed_twice_and_kept_once(world):
    pharmacist = at_work(world, world.pharmacist)
    form = pharmacist.opens("/batch-exchanges/new/")

    for _ in range(2):
        page = pharmacist.sends(form, item_FOIL="5")

    assert page.status == 200
    assert BatchExchange.objects.visible_to(world.pharmacist).count() == 1


def test_of_two_who_put_one_batch_right_the_second_sees_what_the_first_saved(world):
    batch = a_batch(world.pharmacist)
    people = [at_work(world, who) for who in (world.pharmacist, world.pharmacy_manager)]
    for person in people:
        person.opens(f"/batch-exchanges/{batch.ref}/change/")
    people[0].sends(item_SYR_FIXED_1="90")

    page = people[1].sends(item_SYR_FIXED_1="80")

    assert page.problems == [
        "Somebody else changed this record while you were typing. Nothing of yours is lost.",
        "Fixed-needle insulin syringe 1 ml: Now saved by somebody else: 90",
    ]
    assert page.typed["item_SYR_FIXED_1"] == "80"
    people[1].sends()
    batch.refresh_from_db()
    assert batch.needles == 80


def test_a_months_total_that_is_more_than_usual_is_asked_about_once(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/batch-exchanges/new/")

    page = pharmacist.sends(item_FOIL="2001")
    assert page.problems == ["Foil: 2,001 is more than 2,000. If it is right, save again; if not, mend it."]
    page = pharmacist.sends()

    assert "Batch exchange saved." in page.said


def test_the_list_begins_with_the_latest_day_whenever_it_was_recorded(world):
    for days in (1, 9, 4):
        a_batch(world.pharmacist, on=TODAY - timedelta(days=days))

    assert days_listed(at_work(world, world.pharmacist).opens("/batch-exchanges/")) == [
        "14/06/2026", "11/06/2026", "06/06/2026",
    ]  # fmt: skip


def test_twenty_five_are_on_a_page_and_each_batch_is_on_one_page_even_where_many_are_of_one_day(world):
    for number in range(53):
        a_batch(world.pharmacist, items={"FOIL": number + 1}, on=TODAY - timedelta(days=number // 20))
    pharmacist = at_work(world, world.pharmacist)

    pages = [pharmacist.opens("/batch-exchanges/")]
    while older := [link for link in pages[-1].document.all("a") if link.attrs.get("rel") == "next"]:
        pages.append(pharmacist.opens("/batch-exchanges/" + older[0].attrs["href"]))

    assert [len(days_listed(page)) for page in pages] == [25, 25, 3]
    listed = [line for page in pages for line in days_listed(page)]
    assert listed == sorted(listed, reverse=True)  # all of one month and year
    words = " ".join(page.words for page in pages)
    assert all(f" {number + 1} × Foil ·" in words for number in range(53))


@pytest.mark.parametrize(
    "before", ["x", "2026-06-15", "2026-13-01.5", "2026-06-15.x", "9" * 30, ".", "2026-06-15.²"]
)
def test_an_address_that_makes_no_sense_is_the_first_page(world, before):
    a_batch(world.pharmacist)

    page = at_work(world, world.pharmacist).opens(f"/batch-exchanges/?before={before}")

    assert (page.status, len(days_listed(page))) == (200, 1)


def test_nobody_is_in_a_download_of_batches_so_no_record_says_that_it_was_downloaded(world):
    a_batch(world.pharmacist)
    manager = at_work(world, world.pharmacy_manager)
    manager.opens("/local-extract/")
    assert manager.sends(what="batch_exchange").records()

    record = manager.opens(f"{world.client.get_absolute_url()}detailed-record/")

    assert [event.what for event in Event.objects.filter(what__endswith=".extracted")] == [
        "batches.extracted"
    ]
    assert "Downloaded" not in record.words
    assert "extract" not in record.words.lower()


def days_listed(page) -> list[str]:
    (items,) = [one for one in page.document.all("ol") if "ims-timeline" in one.attrs.get("class", "")]
    return [line.all("strong")[0].words() for line in items.all("li")]
