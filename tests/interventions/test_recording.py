"""Recording contacts: one write path for one line or many, within one's own service, all or none."""

import pytest
from django.db import IntegrityError

from clients.actions import NotOurClient
from ims.audit.acting import acting
from ims.audit.models import Event
from ims.core.keys import new_submission_id
from ims.geography.models import Edition
from ims.providers.models import Site
from interventions.brief_intervention.action import record_brief_interventions
from interventions.models import BriefIntervention, SyringeExchange
from interventions.syringe_exchange.action import record_exchanges
from tests import makers
from tests.makers import LIVERPOOL, NOW, a_client, exchange_line, intervention_line, the_dummy
from tests.stories.deleting import delete

pytestmark = pytest.mark.django_db
KINDS = [
    (record_exchanges, exchange_line, SyringeExchange),
    (record_brief_interventions, intervention_line, BriefIntervention),
]
every_kind = pytest.mark.parametrize(
    ("record", "line", "model"), KINDS, ids=["exchange", "brief intervention"]
)


@pytest.fixture
def staff():
    return makers.an_actor()


def a_site(by):
    with acting(by=by, at=NOW) as act:
        site = Site.objects.create(provider_id=by.provider_id, name="The van")
        act.record("site.opened", site)
    return site


@every_kind
def test_many_lines_are_one_act(staff, record, line, model):
    clients = [a_client(staff), the_dummy(staff)]

    recorded = record(lines=[line(client) for client in clients], at=NOW, by=staff)

    assert {contact.client_id for contact in recorded.new} == {client.pk for client in clients}
    assert recorded.same == []
    event = Event.objects.latest("pk")
    assert sorted(event.subjects) == sorted(model.objects.values_list("pk", flat=True))
    assert event.counts == {"lines": 2}


@every_kind
def test_a_line_that_is_held_already_comes_back_and_is_not_recorded_again(staff, record, line, model):
    client, submission = a_client(staff), new_submission_id()
    (first,) = record(lines=[line(client, submission_id=submission)], at=NOW, by=staff).new
    events = Event.objects.count()

    recorded = record(lines=[line(client, submission_id=submission)], at=NOW, by=staff)

    assert (list(recorded.new), list(recorded.same)) == ([], [first])
    assert Event.objects.count() == events


@every_kind
def test_new_lines_among_old_ones_are_recorded(staff, record, line, model):
    client, submission = a_client(staff), new_submission_id()
    record(lines=[line(client, submission_id=submission)], at=NOW, by=staff)

    recorded = record(lines=[line(client, submission_id=submission), line(client)], at=NOW, by=staff)

    assert (len(recorded.new), len(recorded.same)) == (1, 1)
    assert model.objects.count() == 2


@every_kind
def test_one_line_about_a_client_of_another_service_and_none_is_recorded(staff, record, line, model):
    foreign = a_client(makers.an_actor())

    with pytest.raises(NotOurClient):
        record(lines=[line(a_client(staff)), line(foreign)], at=NOW, by=staff)

    assert not model.objects.exists()


@every_kind
def test_nothing_is_recorded_of_a_deleted_client(staff, record, line, model):
    client = a_client(staff)
    delete(client, staff)

    with pytest.raises(NotOurClient):
        record(lines=[line(client)], at=NOW, by=staff)


@every_kind
def test_a_site_is_ones_own(staff, record, line, model):
    client, here, elsewhere = a_client(staff), a_site(staff), a_site(makers.an_actor())

    assert record(lines=[line(client, site=here)], at=NOW, by=staff).new[0].site == here
    with pytest.raises(NotOurClient):
        record(lines=[line(client, site=elsewhere)], at=NOW, by=staff)


@every_kind
@pytest.mark.parametrize(
    ("postcode", "authority", "by_an_edition"),
    [("L1 9DB", LIVERPOOL, True), ("L99 9ZZ", "", True), ("ZZ99 3VZ", "", False), ("", "", False)],
)
def test_where_the_client_lived_is_kept_with_the_edition_that_said_so(
    staff, record, line, model, postcode, authority, by_an_edition
):
    client = a_client(staff, postcode=postcode)

    (contact,) = record(lines=[line(client)], at=NOW, by=staff).new

    edition = Edition.objects.current().get().pk if by_an_edition else None
    assert (contact.authority_code, contact.geography_edition_id) == (authority, edition)


@every_kind
def test_who_recorded_it_and_when_is_kept(staff, record, line, model):
    (contact,) = record(lines=[line(a_client(staff))], at=NOW, by=staff).new

    assert (contact.provider_id, contact.recorded_by_id, contact.recorded_at) == (
        staff.provider_id,
        staff.user_id,
        NOW,
    )


@every_kind
def test_a_hundred_lines_take_as_many_queries_as_two(
    staff, record, line, model, django_assert_num_queries, django_assert_max_num_queries
):
    clients = [a_client(staff, postcode="L1 9DB"), a_client(staff, "CD17091979F", postcode="CH41 3RB")]
    record(lines=[line(clients[0])], at=NOW, by=staff)  # lists are in memory from here on
    with django_assert_max_num_queries(20) as two:
        record(lines=[line(client) for client in clients], at=NOW, by=staff)

    with django_assert_num_queries(len(two)):
        record(lines=[line(client) for client in clients * 50], at=NOW, by=staff)


def test_quantities_of_nought_are_left_out(staff):
    items = {"SYR_FIXED_1": 10, "FOIL": 0}

    (exchange,) = record_exchanges(lines=[exchange_line(a_client(staff), items=items)], at=NOW, by=staff).new

    assert exchange.items == {"SYR_FIXED_1": 10}


@pytest.mark.parametrize("returned", [None, 0])
def test_an_exchange_of_nothing_is_refused_by_the_database(staff, returned):
    line = exchange_line(a_client(staff), items={}, returned=returned)

    with pytest.raises(IntegrityError, match="exchange_gives_or_takes_something"):
        record_exchanges(lines=[line], at=NOW, by=staff)


def test_an_item_that_no_list_knows_counts_nothing(staff):
    line = exchange_line(a_client(staff), items={"SOMETHING_OLD": 5, "NEEDLE_BLUE": 3})

    (exchange,) = record_exchanges(lines=[line], at=NOW, by=staff).new

    assert (exchange.needles, exchange.barrels, exchange.sets) == (3, 0, 0)
