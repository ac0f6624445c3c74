"""A syringe exchange: what was given out and brought back, for whom, and for which drug."""

from datetime import date

import pytest

from interventions.models import SyringeExchange
from interventions.syringe_exchange.action import record_exchanges
from tests.makers import NOW, a_client, an_exchange, exchange_line
from tests.stories.figures import by_area, figures
from tests.stories.visitor import at_work

LAST_YEAR = date(2025, 10, 1)


def records(world, client=None, **typed):
    """Fills in the form for a client and sends it; the visitor, to go on with."""
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{(client or world.client).get_absolute_url()}exchanges/new/")
    pharmacist.sends(**typed)
    return pharmacist


def latest() -> SyringeExchange:
    return SyringeExchange.objects.order_by("pk").last()


def test_needles_barrels_and_sets_are_counted_from_the_items_and_never_added(world):
    page = records(
        world, item_SYR_FIXED_1="10", item_BARREL_2="5", item_NEEDLE_BLUE="20", item_FOIL="3", returned="12"
    ).page

    assert "Exchange saved." in page.said
    saved = latest()
    assert saved.items == {"SYR_FIXED_1": 10, "BARREL_2": 5, "NEEDLE_BLUE": 20, "FOIL": 3}
    assert (saved.needles, saved.barrels, saved.sets, saved.returned) == (30, 15, 15, 12)


def test_the_drug_the_day_and_the_place_are_kept_and_read_back_in_words(world):
    page = records(
        world, item_SYR_FIXED_1="10", drug="CRACK", place="GYM", on="14/6/26", note="Asked about detox"
    ).page

    saved = latest()
    assert (saved.drug, saved.place, str(saved.on)) == ("CRACK", "GYM", "2026-06-14")
    assert "14/06/2026 Syringe exchange 10 × Fixed-needle insulin syringe 1 ml · Crack cocaine" in page.words
    assert "Note: Asked about detox" in page.words


def test_today_is_there_already(world):
    pharmacist = at_work(world, world.pharmacist)

    assert pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/").typed["on"] == "15/06/2026"


def test_bringing_back_alone_is_an_exchange_and_may_be_more_than_was_ever_given(world):
    page = records(world, returned="400").page

    assert "nothing given out" in page.words
    assert (latest().items, latest().returned) == ({}, 400)


@pytest.mark.parametrize(
    "typed", [{}, {"returned": "0"}, {"item_FOIL": "0"}, {"drug": "HEROIN", "note": "Talked"}]
)
def test_an_exchange_of_nothing_is_refused_and_what_was_typed_stays(world, typed):
    before = SyringeExchange.objects.count()

    page = records(world, **typed).page

    assert page.status == 422
    assert page.problems == ["Enter at least one item given out, or how much was brought back."]
    assert typed.items() <= page.typed.items()
    assert SyringeExchange.objects.count() == before


def test_an_absurd_quantity_is_asked_about_once(world):
    pharmacist = records(world, item_SYR_FIXED_1="2001", drug="HEROIN")

    assert pharmacist.page.problems == [
        "Fixed-needle insulin syringe 1 ml: 2,001 is more than 2,000. If it is right, save again; if not, mend it."
    ]
    assert pharmacist.page.typed["item_SYR_FIXED_1"] == "2001"

    page = pharmacist.sends()

    assert "Exchange saved." in page.said
    assert latest().items == {"SYR_FIXED_1": 2001}


def test_another_absurd_quantity_is_asked_about_again(world):
    pharmacist = records(world, item_SYR_FIXED_1="2001")

    page = pharmacist.sends(item_SYR_FIXED_1="20011")

    assert page.problems != []
    assert latest().needles == 10


def test_two_thousand_is_not_absurd(world):
    assert "Exchange saved." in records(world, item_SYR_FIXED_1="2,000", returned="2000").page.said


def test_not_asked_is_never_shown_as_nought(world):
    not_asked = an_exchange(world.pharmacist, world.client)
    nought = an_exchange(world.pharmacist, world.woman, returned=0)
    manager = at_work(world, world.pharmacy_manager)

    for client, said in ((world.client, "not asked"), (world.woman, "0")):
        words = manager.opens(client.get_absolute_url()).words
        assert f"Fixed-needle insulin syringe 1 ml · Heroin · brought back: {said}" in words
        words = manager.opens(f"{client.get_absolute_url()}detailed-record/").words
        assert f"Brought back (estimate) {said}" in words

    manager.opens("/local-extract/")
    rows = manager.sends(what="syringe_exchange").records()
    returned = {row["contact"]: row["returned"] for row in rows}
    assert returned[str(not_asked.ref)] == ""
    assert returned[str(nought.ref)] == "0"


def test_in_the_figures_not_recorded_is_not_nought(world):
    """Eight people each in a year without others, so that nothing has to be hidden."""
    lines = []
    for day in range(1, 9):
        asked = a_client(world.pharmacist, f"PQ{day:02}021990F", postcode="WA7 1JD")
        not_asked = a_client(world.pharmacist, f"RS{day:02}021990M", postcode="L34 2TH")
        lines += [exchange_line(asked, on=LAST_YEAR, returned=0), exchange_line(not_asked, on=LAST_YEAR)]
    record_exchanges(lines=lines, at=NOW, by=world.pharmacist)

    page = figures(world, 2025)

    returned = by_area("Returned (estimate)")
    assert page.figure(returned, "Halton", "All") == "0"
    assert page.figure(returned, "St. Helens", "All") == "not recorded"
    assert page.figure(by_area("Needles"), "Halton", "All") == "80"


def test_what_is_recorded_of_somebody_who_said_no_is_seen_by_the_service(world):
    page = records(world, client=world.said_no, item_SYR_FIXED_1="30").page

    assert "Exchange saved." in page.said
    assert "30 × Fixed-needle insulin syringe 1 ml" in page.words
