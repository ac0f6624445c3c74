"""The counting rules, each tried with as few people as show it."""

from datetime import UTC, date, datetime

import pytest

from clients.actions import Details, correct_client
from tests import makers
from tests.makers import LIVERPOOL, NOW, TODAY, a_brief_intervention, a_client, an_exchange, consent_decided
from tests.reporting.counts import Counted, of_area, of_provider, total
from tests.stories.deleting import delete
from tests.stories.visitor import at_work

pytestmark = pytest.mark.django_db
HALTON, WIRRAL = "E06000006", "E08000015"


@pytest.fixture
def riverside():
    return makers.a_provider("Riverside Pharmacy")


@pytest.fixture
def staff(riverside):
    return makers.an_actor(provider=riverside)


def test_a_visit_is_one_client_at_one_provider_on_one_day(staff):
    client = a_client(staff)
    an_exchange(staff, client)
    an_exchange(staff, client)
    a_brief_intervention(staff, client)
    assert total().visits == 1

    an_exchange(staff, client, on=date(2026, 6, 14))

    assert total().visits == 2
    assert total().individuals == 1


def test_the_same_person_at_two_services_on_one_day_makes_two_visits_and_is_one_individual(staff, riverside):
    elsewhere = makers.an_actor()
    for worker in (staff, elsewhere):
        an_exchange(worker, a_client(worker, postcode="L1 9DB"))

    assert total() == Counted(individuals=1, visits=2, needles=20, barrels=20, sets=20)
    assert of_area(LIVERPOOL).individuals == 1
    assert of_provider(riverside).individuals == 1


def test_twins_told_apart_by_own_reference_are_two_and_each_meets_their_other_record(staff):
    """The second of two with one attributor here is the second of two elsewhere."""
    elsewhere = makers.an_actor()
    for worker in (staff, elsewhere):
        for reference in ("", "twin 2"):
            an_exchange(worker, a_client(worker, own_reference=reference))

    assert total().individuals == 2
    assert total().visits == 4


def test_needles_barrels_and_sets_are_three_sums(staff):
    an_exchange(
        staff, a_client(staff), items={"SYR_FIXED_1": 10, "BARREL_5": 4, "NEEDLE_BLUE": 30, "FOIL": 7}
    )

    assert total() == Counted(individuals=1, visits=1, needles=40, barrels=14, sets=14)


def test_what_was_not_asked_adds_nothing_and_is_not_nought(staff):
    client = a_client(staff)
    an_exchange(staff, client)
    assert total().returned is None

    an_exchange(staff, client, returned=0)
    assert total().returned == 0

    an_exchange(staff, client, returned=25)
    assert total().returned == 25


@pytest.mark.parametrize(
    ("on", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2025, 4, 1), 2025)]
)
def test_a_year_is_from_the_first_of_april_to_the_last_of_march(staff, on, year):
    an_exchange(staff, a_client(staff), on=on)

    assert {start for start in (2024, 2025, 2026) if total(start).individuals} == {year}


def test_the_day_is_the_day_in_london(world):
    """Half past midnight in London on 1 April is still March by Greenwich: the page offers the day of London."""
    world.clock.move_to(datetime(2027, 3, 31, 23, 30, tzinfo=UTC))
    pharmacist = at_work(world, world.pharmacist)
    page = pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/")
    assert page.typed["on"] == "01/04/2027"

    pharmacist.sends(item_FOIL="1")

    assert total(2027).visits == 1


def test_the_residence_kept_with_a_contact_does_not_move_when_the_postcode_is_corrected(staff):
    client = a_client(staff, postcode="L1 9DB")
    an_exchange(staff, client, on=date(2026, 3, 1))
    correct_client(
        client=client, attributor=client.attributor, details=Details(postcode="WA7 1JD"), expected_version=1,
        at=NOW, by=staff,
    )  # fmt: skip
    an_exchange(staff, client, on=TODAY)

    assert (of_area(LIVERPOOL, 2025).individuals, of_area(HALTON, 2025).individuals) == (1, 0)
    assert (of_area(LIVERPOOL).individuals, of_area(HALTON).individuals) == (0, 1)


def test_who_moved_within_the_year_is_one_in_each_row_and_one_in_the_total(staff):
    client = a_client(staff, postcode="L1 9DB")
    an_exchange(staff, client)
    correct_client(
        client=client, attributor=client.attributor, details=Details(postcode="CH41 3RB"), expected_version=1,
        at=NOW, by=staff,
    )  # fmt: skip
    an_exchange(staff, client)

    assert of_area(LIVERPOOL).individuals == of_area(WIRRAL).individuals == total().individuals == 1


@pytest.mark.parametrize(
    ("postcode", "area"),
    [("", "not_known"), ("ZZ99 3VZ", "not_known"), ("L1 0ZZ", "not_known"), ("WA4 4AJ", HALTON)],
)
def test_where_somebody_lives_is_by_the_lookup_else_not_known(staff, postcode, area):
    an_exchange(staff, a_client(staff, postcode=postcode))

    assert of_area(area).individuals == total().individuals == 1


@pytest.mark.parametrize("gone", ["no", "withdrawn", "dummy", "client deleted", "contacts deleted"])
def test_no_withdrawn_dummy_and_deleted_are_in_no_count_not_even_a_total(staff, gone):
    an_exchange(staff, a_client(staff, "KL30061990F"), returned=3)
    alone = total()
    client = makers.the_dummy(staff) if gone == "dummy" else a_client(staff, consent=gone != "no")
    contacts = [an_exchange(staff, client, returned=5), a_brief_intervention(staff, client)]

    if gone == "withdrawn":
        assert total().individuals == 2
        consent_decided(staff, client, False)
    for record in {"client deleted": [client], "contacts deleted": contacts}.get(gone, []):
        assert total().individuals == 2
        delete(record, staff)

    assert total() == alone
    assert alone == Counted(individuals=1, visits=1, needles=10, barrels=10, sets=10, returned=3)
