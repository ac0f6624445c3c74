"""History is values: whatever the path of a write, each changed row is kept with its author, its moment and its event."""

import pytest
from django.db import connection

from clients.actions import Details, correct_client
from clients.models import Client
from ims.audit.acting import acting
from ims.audit.models import Event
from ims.core.roles import tracked_models
from ims.providers.models import Site
from interventions.models import SyringeExchange
from interventions.syringe_exchange.action import record_exchanges
from tests import makers

pytestmark = pytest.mark.django_db

NOT_KEPT = {"submission_id"}  # the name of a sending; says nothing about the record


@pytest.fixture
def staff():
    return makers.an_actor()


def kept(rows, staff, event: Event) -> bool:
    """Whether every row of history names its author, moment and event."""
    assert rows
    return all(
        (row.history_user_id, row.history_date, row.history_change_reason)
        == (staff.user_id, makers.NOW, str(event.pk))
        for row in rows
    )


def latest_event() -> Event:
    return Event.objects.order_by("pk").last()


@pytest.mark.parametrize("model", tracked_models(), ids=lambda model: model._meta.label)
def test_history_has_every_column_of_its_table(model):
    columns = {field.column for field in model._meta.concrete_fields}
    kept_columns = {field.column for field in model.history.model._meta.concrete_fields}

    assert columns - kept_columns <= NOT_KEPT


def test_what_is_registered_is_kept_with_its_author_and_event(staff):
    client = makers.a_client(staff)

    row = client.history.get()

    assert row.history_type == "+"
    assert kept([row], staff, latest_event())


def test_what_a_correction_changed_can_be_told(staff):
    client = makers.a_client(staff)
    correct_client(
        client=client,
        attributor=client.attributor,
        details=Details(postcode="L1 9DB"),
        expected_version=client.version,
        at=makers.NOW,
        by=staff,
    )

    now, before = client.history.all()
    changes = {change.field: (change.old, change.new) for change in now.diff_against(before).changes}

    assert changes == {"postcode": ("", "L1 9DB"), "version": (1, 2)}
    assert kept([now], staff, latest_event())


def test_every_row_saved_in_bulk_is_kept_under_one_event(staff):
    client = makers.a_client(staff)
    lines = [makers.exchange_line(client) for _ in range(3)]
    recorded = record_exchanges(lines=lines, at=makers.NOW, by=staff)

    rows = SyringeExchange.history.filter(history_type="+")

    assert {row.id for row in rows} == {exchange.pk for exchange in recorded.new}
    assert kept(rows, staff, latest_event())


def test_an_update_of_many_rows_keeps_those_that_changed_and_no_other(staff):
    first, second = makers.a_client(staff), makers.a_client(staff, "CD17091979F", own_reference="17")
    with acting(by=staff, at=makers.NOW) as act:
        Client.objects.filter(provider=staff.provider_id).update(own_reference="17")
        act.record("client.corrected", first)

    rows = Client.history.filter(history_type="~")

    assert [(row.id, row.own_reference) for row in rows] == [(first.pk, "17")]
    assert not second.history.filter(history_type="~").exists()
    assert kept(rows, staff, latest_event())


def test_rows_that_were_copied_in_are_kept(staff):
    with acting(by=staff, at=makers.NOW) as act, connection.cursor() as cursor:
        with cursor.copy("COPY providers_site (provider_id, name, postcode) FROM STDIN") as copy:
            copy.write_row((staff.provider_id, "Van", ""))
            copy.write_row((staff.provider_id, "Stall", "L1 9DB"))
        act.record("sites.copied")

    rows = Site.history.all()

    assert {(row.name, row.history_type) for row in rows} == {("Van", "+"), ("Stall", "+")}
    assert kept(rows, staff, latest_event())


def test_an_upsert_keeps_what_it_made_and_what_it_changed(staff):
    names = ["provider", "name"]
    with acting(by=staff, at=makers.NOW) as act:
        Site.objects.create(provider_id=staff.provider_id, name="Van")
        sites = [
            Site(provider_id=staff.provider_id, name=name, postcode="L1 9DB") for name in ("Van", "Stall")
        ]
        Site.objects.bulk_create(
            sites, update_conflicts=True, unique_fields=names, update_fields=["postcode"]
        )
        act.record("sites.upserted")

    rows = Site.history.order_by("history_id").values_list("name", "history_type", "postcode")

    assert set(rows) == {("Van", "+", ""), ("Van", "~", "L1 9DB"), ("Stall", "+", "L1 9DB")}


def test_what_the_eraser_removes_is_kept_as_removed_until_it_removes_that_too(staff, site):
    client = makers.a_client(staff)
    site.execute("SET LOCAL ROLE ims_eraser")
    site.execute(f"DELETE FROM clients_consentdecision WHERE client_id = {client.pk}")
    site.execute(f"SELECT history_type FROM clients_historicalconsentdecision WHERE client_id = {client.pk}")
    left = {kind for (kind,) in site.fetchall()}
    site.execute(f"DELETE FROM clients_historicalconsentdecision WHERE client_id = {client.pk}")

    assert left == {"+", "-"}
    assert site.rowcount == 2


def test_history_cannot_be_written_by_hand(staff):
    client = makers.a_client(staff)

    with pytest.raises(TypeError, match="written by the database"):
        client.history.model(history_user="somebody")
