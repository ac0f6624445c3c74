"""What a rule would refuse of the last year: counted by hand, and the same by SQL as by the forms' own judgement."""

from datetime import date, timedelta

import pytest

from ims.codelists.models import Rule
from ims.record.rehearsal import own_rehearsal
from reporting.rehearsal import rehearse
from tests import makers
from tests.makers import TODAY
from tests.stories.deleting import delete

pytestmark = pytest.mark.django_db
START = date(2026, 7, 1)
A_YEAR = timedelta(days=365)


@pytest.fixture
def staff():
    return makers.an_actor()


def rule(key="exchange_drug", **said) -> Rule:
    return Rule(**{"key": key, "is_on": True, "valid_from": START, **said})


def centrally(one: Rule) -> tuple[int, int]:
    found = rehearse(one, TODAY)
    return found.looked_at, found.failing


def at_the_service(one: Rule, actor) -> tuple[int, int]:
    found = own_rehearsal([one], actor, TODAY)
    return sum(row.looked_at for row in found), sum(row.failing for row in found)


def test_each_provider_has_a_line_of_its_own(staff):
    elsewhere = makers.an_actor()
    client = makers.a_client(staff)
    for drug in ("", "", "HEROIN"):
        makers.an_exchange(staff, client, drug=drug)
    makers.an_exchange(elsewhere, makers.a_client(elsewhere), drug="")

    found = rehearse(rule(), TODAY)

    assert [(one.looked_at, one.failing) for one in found.providers] == [(3, 2), (1, 1)]
    assert (found.looked_at, found.failing) == (4, 3)


def test_no_dummy_and_deleted_are_not_counted_for_the_officer(staff):
    deleted = makers.an_exchange(staff, makers.a_client(staff), drug="")
    makers.an_exchange(staff, makers.a_client(staff, "GH02021968M", consent=False), drug="")
    makers.an_exchange(staff, makers.the_dummy(staff), drug="")
    assert centrally(rule()) == (1, 1)

    delete(deleted, staff)

    assert centrally(rule()) == (0, 0)


def test_no_and_dummy_are_counted_for_the_manager_and_deleted_and_others_are_not(staff):
    elsewhere = makers.an_actor()
    makers.an_exchange(elsewhere, makers.a_client(elsewhere), drug="")
    makers.an_exchange(staff, makers.a_client(staff, "GH02021968M", consent=False), drug="")
    makers.an_exchange(staff, makers.the_dummy(staff), drug="")
    delete(makers.an_exchange(staff, makers.a_client(staff), drug=""), staff)

    assert at_the_service(rule(), staff) == (2, 2)


def test_the_year_is_the_last_365_days(staff):
    client = makers.a_client(staff)
    makers.an_exchange(staff, client, drug="", on=TODAY - A_YEAR)
    assert centrally(rule()) == at_the_service(rule(), staff) == (0, 0)

    makers.an_exchange(staff, client, drug="", on=TODAY - A_YEAR + timedelta(days=1))

    assert centrally(rule()) == at_the_service(rule(), staff) == (1, 1)


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (rule("exchange_drug"), (2, 1)),
        (rule("exchange_place"), (2, 1)),
        (rule("exchange_returned"), (2, 1)),
        (rule("exchange_quantity", limit=29), (2, 1)),
        (rule("exchange_quantity", limit=30), (2, 0)),
        (rule("brief_setting"), (2, 1)),
        (rule("brief_minutes_stated"), (2, 1)),
        (rule("brief_minutes", limit=44), (2, 1)),
        (rule("brief_minutes", limit=45), (2, 0)),
        (rule("code_retired", subject="place:STREET"), (4, 1)),
        (rule("code_retired", subject="substance:HEROIN"), (4, 1)),
        (rule("code_retired", subject="equipment:FOIL"), (4, 1)),
        (rule("code_retired", subject="intervention_type:WOUND"), (4, 1)),
        (rule("exchange_drug", is_on=False), (2, 0)),
    ],
    ids=lambda value: f"{value.key} {value.subject or value.limit}" if isinstance(value, Rule) else "",
)
def test_the_central_count_and_the_services_own_are_the_same_of_reportable_contacts(staff, one, counts):
    client = makers.a_client(staff)
    makers.an_exchange(staff, client, items={"SYR_FIXED_1": 10, "FOIL": 30}, drug="", returned=0)
    makers.an_exchange(staff, client, place="STREET")
    makers.a_brief_intervention(staff, client, setting="1", minutes=45)
    makers.a_brief_intervention(staff, client, type="WOUND")

    assert centrally(one) == counts
    assert at_the_service(one, staff) == counts
