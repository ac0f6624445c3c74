"""The figures of a year, as page and file: under disclosure control, and each reader's own areas only."""

from datetime import date

import pytest

from ims.accounts.roles import Role
from ims.audit.models import Event
from interventions.syringe_exchange.action import record_exchanges
from tests import makers
from tests.makers import NOW, WIRRAL, a_client, an_exchange, exchange_line
from tests.stories.figures import BY_PROVIDER, MEASURES, by_area, figures, people_in
from tests.stories.visitor import at_work

LAST_YEAR = date(2025, 10, 1)
PSYCHOACTIVE, IPED = "Injecting psychoactive drugs", "Injecting image and performance enhancing drugs"


def people(world, number, *, postcode, drug="HEROIN", on=LAST_YEAR, initials="PQ"):
    """So many people, each with an exchange of ten syringes at Riverside."""
    clients = [
        a_client(world.pharmacist, f"{initials}{day:02}021990F", postcode=postcode)
        for day in range(1, number + 1)
    ]
    lines = [exchange_line(client, on=on, drug=drug, returned=20) for client in clients]
    record_exchanges(lines=lines, at=NOW, by=world.pharmacist)
    return clients


def test_counts_are_rounded_and_small_ones_hidden_with_whatever_would_give_them_away(world):
    people(world, 13, postcode="WA7 1JD")
    people(world, 3, postcode="L34 2TH", initials="RS")

    page = figures(world, 2025)

    assert people_in(page, "St. Helens") == "*"
    assert people_in(page, "Wirral") == "0"
    shown = [people_in(page, area) for area in ("Halton", "All areas")]
    assert shown == ["*", "15"]  # 13 beside a total of 16 would leave the 3
    assert page.figure(by_area("Needles"), "St. Helens", "All") == "*"


def test_what_came_back_may_be_more_than_what_was_given_out(world):
    people(world, 13, postcode="WA7 1JD")

    page = figures(world, 2025)

    assert page.figure(by_area("Needles"), "Halton", "All") == "130"
    assert page.figure(by_area("Returned (estimate)"), "Halton", "All") == "260"


def plain(cell):
    """A figure as a machine reads it."""
    return cell.replace(",", "") if cell[0].isdigit() else cell


def test_page_and_file_hold_the_same_figures(world):
    somebody = people(world, 13, postcode="WA7 1JD")[0]
    an_exchange(world.pharmacist, somebody, on=LAST_YEAR, items={"SYR_FIXED_1": 1600})
    analyst = at_work(world, world.analyst)
    tables = analyst.opens("/reports/year/2025/").tables

    rows = analyst.opens("/reports/year/2025/figures.csv").rows()

    assert tables[BY_PROVIDER][-1][3] == "1,730"
    assert set(tables) == {by_area(measure) for measure in MEASURES} | {BY_PROVIDER}
    for caption, table in tables.items():
        start = rows.index([caption]) + 1
        assert rows[start : start + len(table)] == [[plain(cell) for cell in row] for row in table]


def test_every_table_says_how_it_is_counted(world):
    page = figures(world)

    notes = [note.words() for notes in page.document.of_class("ims-footnotes") for note in notes.all("li")]
    assert len(page.document.of_class("ims-footnotes")) == len(page.tables)
    assert any(note.startswith("A person seen in two places is one individual") for note in notes)
    assert sum(note.startswith("Counts of 1 to 7") for note in notes) == len(page.tables)


def test_who_is_in_both_injecting_cohorts_is_shown_as_overlap(world):
    for client in people(world, 9, postcode="WA7 1JD"):
        an_exchange(world.pharmacist, client, on=LAST_YEAR, drug="AAS")

    page = figures(world, 2025)

    assert people_in(page, "Halton", PSYCHOACTIVE) == "10"
    assert people_in(page, "Halton", IPED) == "0"
    assert "In both injecting cohorts, and counted in the first: 10." in page.words


def test_the_same_person_at_two_services_is_one_in_each_row_and_one_in_the_total(world):
    for client in people(world, 8, postcode="WA7 1JD"):
        again = a_client(world.keyworker, client.attributor.text(), postcode="WA7 1JD")
        an_exchange(world.keyworker, again, on=LAST_YEAR)

    page = figures(world, 2025)

    assert people_in(page, "Halton") == people_in(page, "All areas") == "10"
    individuals = {row[0]: row[1] for row in page.tables[BY_PROVIDER][1:]}
    assert individuals == {"Riverside Pharmacy": "10", "Harbour Agency": "10", "All providers": "10"}
    assert page.figure(BY_PROVIDER, "All providers", "Visits") == "15"


def test_a_commissioner_sees_the_rows_of_their_own_authorities_and_no_total_to_subtract_from(world):
    page = at_work(world, world.commissioner).opens("/reports/year/2026/")

    assert {caption: [row[0] for row in table[1:]] for caption, table in page.tables.items()} == {
        **{by_area(measure): ["Liverpool"] for measure in MEASURES},
        BY_PROVIDER: ["Riverside Pharmacy"],
    }
    assert "In both injecting cohorts" not in page.words
    for elsewhere in ("Wirral", "Harbour", "All areas", "All providers"):
        assert elsewhere not in page.body


def test_a_commissioners_file_holds_no_more_than_the_page(world):
    commissioner = at_work(world, world.commissioner)

    body = commissioner.opens("/reports/year/2026/figures.csv").body

    assert "Liverpool" in body
    for elsewhere in ("Wirral", "Harbour", "All areas", "All providers"):
        assert elsewhere not in body


def test_a_commissioner_of_two_authorities_sees_both(world):
    of_two = makers.an_actor(Role.COMMISSIONER, areas=[makers.LIVERPOOL, WIRRAL])

    page = at_work(world, of_two).opens("/reports/year/2026/")

    assert [row[0] for row in page.tables[by_area("Individuals")][1:]] == ["Liverpool", "Wirral"]
    assert [row[0] for row in page.tables[BY_PROVIDER][1:]] == ["Harbour Agency", "Riverside Pharmacy"]


def test_a_commissioner_of_nothing_sees_nothing(world):
    of_none = makers.an_actor(Role.COMMISSIONER)

    page = at_work(world, of_none).opens("/reports/year/2026/")

    assert [table[1:] for table in page.tables.values()] == [[]] * 7


def test_the_figures_hold_no_word_that_could_find_a_person(world):
    for path in ("/reports/year/2026/", "/reports/year/2026/figures.csv"):
        body = at_work(world, world.analyst).opens(path).body

        for held in ("AB05051985M", "05/05/1985", "1985", world.client.ims_id, "L1 9DB"):
            assert held not in body


@pytest.mark.parametrize("start", [2015, 2027, 1900, 9999])
def test_years_that_have_not_begun_or_are_long_past_are_not_there(world, start):
    assert at_work(world, world.analyst).opens(f"/reports/year/{start}/").status == 404


def test_looking_and_downloading_leave_a_footprint(world):
    analyst = at_work(world, world.analyst)
    analyst.opens("/reports/year/2026/")
    analyst.opens("/reports/year/2025/figures.csv")

    kept = (
        Event.objects.filter(what__startswith="report.")
        .order_by("pk")
        .values_list("what", "counts", "user_id")
    )

    assert list(kept) == [
        ("report.viewed", {"year": 2026}, world.analyst.user_id),
        ("report.downloaded", {"year": 2025}, world.analyst.user_id),
    ]
