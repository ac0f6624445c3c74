"""The timeline: what was done at this service, latest first, whatever its kind."""

from datetime import date, timedelta

import pytest

from ims.record.kinds import KINDS, recorded_by
from ims.record.timeline import timeline
from tests import makers
from tests.makers import NOW, a_brief_intervention, a_client, an_exchange
from tests.stories.deleting import delete

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


@pytest.fixture
def client(staff):
    return a_client(staff)


def shown(client, staff, **most):
    return [(entry.on.day, entry.kind.key) for entry in timeline(client, staff, **most)]


def test_kinds_are_told_in_one_line_of_days_the_latest_first(client, staff):
    for day in (3, 1, 5):
        an_exchange(staff, client, on=date(2026, 6, day))
    for day in (2, 4):
        a_brief_intervention(staff, client, on=date(2026, 6, day))

    e, b = "syringe_exchange", "brief_intervention"
    assert shown(client, staff) == [(5, e), (4, b), (3, e), (2, b), (1, e)]


def test_of_one_day_the_latest_recorded_comes_first(client, staff):
    an_exchange(staff, client, note="first")
    a_brief_intervention(staff, client, note="second", at=NOW + timedelta(minutes=1))
    an_exchange(staff, client, note="third", at=NOW + timedelta(minutes=2))

    assert [entry.record.note for entry in timeline(client, staff)] == ["third", "second", "first"]


def test_a_page_holds_the_latest_of_all_kinds_together(client, staff):
    for day in range(1, 5):
        an_exchange(staff, client, on=date(2026, 6, day))
        a_brief_intervention(staff, client, on=date(2026, 5, day))

    assert shown(client, staff, most=5) == [
        *((day, "syringe_exchange") for day in (4, 3, 2, 1)),
        (4, "brief_intervention"),
    ]
    assert len(shown(client, staff, most=None)) == 8


def test_what_is_deleted_or_another_clients_is_not_there(client, staff):
    delete(an_exchange(staff, client), staff)
    an_exchange(staff, a_client(staff, "CD17091979F"))

    assert timeline(client, staff) == []


def test_nobody_of_another_service_is_told_anything(client, staff):
    an_exchange(staff, client)

    assert timeline(client, makers.an_actor()) == []
    assert timeline(client, makers.an_officer()) == []


def test_it_is_one_query_for_which_they_are_and_one_a_kind_among_them(
    client, staff, django_assert_num_queries
):
    an_exchange(staff, client)

    with django_assert_num_queries(2):
        timeline(client, staff)


def test_a_service_records_the_kinds_it_has_switched_on():
    few = makers.the_manager(makers.a_provider(modules=["brief_intervention", "substances"]))

    assert [kind.key for kind in recorded_by(few)] == ["brief_intervention"]
    assert recorded_by(makers.an_actor()) == list(KINDS)
