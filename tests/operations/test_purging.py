"""What was deleted is gone for good after seven days, with its history, and nothing else is."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from clients.actions import Details, TooLate, restore_client
from clients.models import Client
from ims.core.keys import new_submission_id
from ims.core.roles import is_history
from ims.operations import purging
from interventions.actions import delete_contact
from interventions.batch_exchange.action import delete_batch
from interventions.models import BatchExchange
from referrals.models import ReferralIn, ReferralOut, ReferralStatus
from referrals.receiving.actions import accept_referral
from tests import makers
from tests.house.people import models_of_people
from tests.makers import EACH_KIND, NOW, a_client
from tests.operations.purging import LATER, WEEK, a_person_with_everything, deleted, rows_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


@pytest.fixture
def somebody(staff):
    return a_person_with_everything(staff)


def test_a_deleted_client_goes_with_everything_recorded_and_all_history(staff, somebody):
    kinds = {f"{record(staff, somebody)._meta.label}" for record in EACH_KIND.values()}
    before = rows_about(somebody)
    assert kinds | {"clients.Client", "clients.HistoricalClient", "clients.Pair"} <= set(before)
    assert "clients.HistoricalConsentDecision" in before
    deleted(somebody, staff)

    purging.purge(LATER)

    assert rows_about(somebody) == {}


def test_nothing_else_goes(staff, somebody):
    another = a_client(staff, "CD17091979F")
    makers.an_exchange(staff, another)
    theirs = makers.an_actor()
    foreign = a_client(theirs, "AB06051985M")
    before = rows_about(another), rows_about(foreign)
    deleted(somebody, staff)

    purging.purge(LATER)

    assert (rows_about(another), rows_about(foreign)) == before


@pytest.mark.parametrize("days", [0, 6, 7])
def test_what_can_still_be_brought_back_stays(staff, somebody, days):
    contact = delete_contact(contact=makers.an_exchange(staff, somebody), at=NOW, by=staff)
    client = deleted(somebody, staff)
    before = rows_about(client)
    at = NOW + timedelta(days=days)

    assert not purging.purge(at)

    assert rows_about(client) == before
    assert restore_client(client=client, at=at, by=staff).deleted_at is None
    assert type(contact)._base_manager.filter(pk=contact.pk).exists()


def test_what_is_purged_is_exactly_what_can_no_longer_be_brought_back(staff, somebody):
    client = deleted(somebody, staff)

    with pytest.raises(TooLate):
        restore_client(client=client, at=NOW + WEEK + timedelta(microseconds=1), by=staff)
    purging.purge(NOW + WEEK + timedelta(microseconds=1))

    assert not Client.objects.filter(pk=client.pk).exists()


@pytest.mark.parametrize("record", EACH_KIND.values(), ids=EACH_KIND)
def test_a_deleted_contact_of_any_kind_goes_and_its_client_stays(staff, record):
    client = a_client(staff)
    contact, kept = record(staff, client), record(staff, client)
    delete_contact(contact=contact, at=NOW, by=staff)

    purging.purge(LATER)

    model = type(contact)
    assert list(model._base_manager.filter(client=client)) == [kept]
    assert {row.id for row in model.history.all()} == {kept.pk}
    assert Client.objects.get(pk=client.pk).history.count() == 1


def test_a_batch_exchange_in_which_nobody_is_named_goes_too(staff):
    batch, kept = makers.a_batch(staff), makers.a_batch(staff)
    delete_batch(held=batch, at=NOW, by=staff)

    purging.purge(LATER)

    assert list(BatchExchange._base_manager.all()) == [kept]
    assert {row.id for row in BatchExchange.history.all()} == {kept.pk}


def test_a_referral_that_was_accepted_goes_and_the_record_of_the_receiver_stays(staff):
    """It is the receiver's own, and points at nothing afterwards."""
    service = makers.a_provider("Harbour Agency")
    receiver = makers.the_manager(service)
    sent = makers.a_received_referral(staff, a_client(staff), service)
    answer = accept_referral(
        referral=sent,
        attributor=sent.client.attributor,
        consent=makers.a_decision(),
        details=Details(),
        submission_id=new_submission_id(),
        at=NOW,
        by=receiver,
    )
    assert answer.answers_id == sent.pk
    deleted(sent.client, staff)

    purging.purge(LATER)

    assert list(ReferralOut._base_manager.all()) == []
    assert list(ReferralStatus._base_manager.all()) == []
    assert ReferralIn.objects.visible_to(receiver).get().answers_id is None
    assert Client.objects.visible_to(receiver).get().attributor.text() == "AB05051985M"


class TestWhatIsFound:
    def test_everything_that_hangs_from_a_client_is_reached(self, staff, somebody):
        reached = set(purging.with_what_hangs_from(Client, [somebody.pk]))

        held = {model for model in models_of_people() if not model._meta.proxy}
        assert reached == held

    def test_every_model_that_is_deleted_by_saying_when_is_purged(self):
        said = {
            model
            for model in apps.get_models()
            if hasattr(model, "deleted_at") and not is_history(model) and not model._meta.proxy
        }

        assert set(purging.deletable()) == said
        assert Client in said

    @isolate_apps("clients")
    def test_the_eraser_removes_what_is_tracked_and_the_site_what_is_not(self, monkeypatch):
        class Letter(models.Model):
            class Meta:
                app_label = "clients"

        removed = []

        def note(cursor, table, *rows):
            cursor.execute("SELECT current_user")
            removed.append((table, *cursor.fetchone()))

        monkeypatch.setattr(purging, "_delete", note)
        purging._remove({Client: {1}, Letter: {2}})

        assert removed == [
            ("clients_letter", "ims_app"),
            ("clients_client", "ims_eraser"),
            ("clients_historicalclient", "ims_eraser"),
        ]
