"""What the demo shows: something of everything that the system records, as it is in real use."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from clients.duplicates.finding import near_pairs
from clients.models import Client, ConsentDecision, Pair
from ims.accounts.models import Membership
from ims.bulk.models import Profile, Upload
from ims.codelists.instruments import DECLINED, instrument
from ims.core import dates
from ims.core.roles import tracked_models
from ims.operations.demo import people
from ims.operations.demo.activity import record_activity
from ims.providers.models import Provider, Site
from ims.record.kinds import KINDS
from ims.record.reviews import reviews_due
from interventions.models import (
    BatchExchange,
    BriefIntervention,
    Naloxone,
    Pack,
    PackContents,
    SyringeExchange,
    WellbeingAssessment,
)
from referrals.models import ReceivedReferral, ReferralIn, ReferralOut
from referrals.states import State
from tests import database
from tests.makers import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]

RECORDED_IN = {"accounts", "clients", "interventions", "providers", "referrals"}


@pytest.fixture(scope="module")
def demo_data(django_db_setup, django_db_blocker):
    """Made once and committed: only look."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        try:
            record_activity(people.make_people(NOW), NOW)
            yield
        finally:
            database.clean()
            connection.close()


def somebody(username):
    return Membership.objects.select_related("user", "provider").get(user__username=username).actor()


def all_contacts():
    return [one for kind in KINDS for one in kind.model.objects.select_related("client", "site")]


# --- what there is to see -----------------------------------------------------------------------------------------


def test_the_demo_shows_something_of_everything_that_services_record():
    models = [model for model in tracked_models() if model._meta.app_label in RECORDED_IN]

    assert [model.__name__ for model in models if not model.objects.exists()] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_each_demo_service_has_contacts_of_every_kind(kind):
    for provider in Provider.objects.all():
        assert kind.model.objects.filter(provider=provider).exists(), provider.name


def test_the_demo_has_a_no_and_people_who_object():
    assert Client.objects.filter(consent=False, is_dummy=False).count() == 1
    assert Client.objects.filter(is_dummy=True).count() == 2
    assert SyringeExchange.objects.count() > 20


def test_every_page_of_every_client_opens_for_the_staff_of_their_service(client):
    for username in ("pharmacist", "outreach"):
        client.post("/sign-in/", {"username": username, "password": f"Demo-{username}-2026"})
        for one in Client.objects.real().visible_to(somebody(username)):
            assert client.get(one.get_absolute_url()).status_code == 200
            assert client.get(f"{one.get_absolute_url()}detailed-record/").status_code == 200


def test_each_service_has_several_sites_and_a_usual_pack_in_which_most_equipment_goes_out():
    for provider in Provider.objects.all():
        exchanges = SyringeExchange.objects.filter(provider=provider, client__is_dummy=False)
        assert Site.objects.filter(provider=provider).count() > 1
        assert Pack.objects.filter(provider=provider, is_usual=True).count() == 1
        assert exchanges.exclude(packs=[]).count() > exchanges.count() / 2
        assert len(set(exchanges.values_list("site", flat=True))) > 1


def test_a_pack_has_had_two_bills_and_exchanges_keep_the_one_of_their_day():
    later, earlier = PackContents.objects.filter(pack__name="Steroid pack")
    given = {
        exchange.on >= later.valid_from: exchange.packs[0]["items"]
        for exchange in SyringeExchange.objects.filter(packs__contains=[{"name": "Steroid pack"}])
    }

    assert given == {False: earlier.items, True: later.items}
    assert earlier.items != later.items


def test_what_was_not_asked_is_there_beside_nought_and_numbers():
    for name in ("returned", "others"):
        found = set(SyringeExchange.objects.values_list(name, flat=True))
        assert {None, 0} < found, name


def test_naloxone_is_supplied_first_and_again_with_the_reason():
    assert set(Naloxone.objects.values_list("supply", flat=True)) == {"first", "again"}
    assert not Naloxone.objects.filter(supply="again", reason="").exists()
    assert set(Naloxone.objects.values_list("training", flat=True)) == {"Y", "N", "DECLINED", ""}


def test_assessments_are_of_every_stage_and_hold_only_answers_that_can_be_given():
    assessments = list(WellbeingAssessment.objects.all())
    answers = [
        (instrument(key, one.on).item(name), answer)
        for one in assessments
        for key, said in one.answers.items()
        for name, answer in said.items()
    ]

    assert {one.stage for one in assessments} == {"first", "review", "exit"}
    assert any("audit_c" in one.answers for one in assessments)
    assert all(item.takes(answer) for item, answer in answers)
    assert any(answer == DECLINED for _, answer in answers)
    assert any("worthwhile" not in one.answers.get("ons4", {"worthwhile": 0}) for one in assessments)


def test_one_review_is_due_at_the_pharmacy_and_none_at_the_outreach_team():
    due = {
        username: [
            one.client.initials for one in reviews_due(somebody(username), today=TODAY, number=1).assessments
        ]
        for username in ("pharmacist", "outreach")
    }

    assert due == {"pharmacist": ["RT"], "outreach": []}


def test_one_referral_waits_in_either_inbox():
    waiting = {
        username: [one.state for one in ReceivedReferral.objects.visible_to(somebody(username)).waiting()]
        for username in ("pharmacist", "outreach")
    }

    assert waiting == {"pharmacist": [State.SEEN], "outreach": [State.SENT]}


def test_between_the_two_services_one_was_taken_on_and_one_declined():
    between = ReferralOut.objects.exclude(partner=None)
    taken = ReferralIn.objects.get(answers__isnull=False)

    assert sorted(between.values_list("state", flat=True)) == ["attended", "declined", "seen", "sent"]
    assert taken.client.attributor == taken.answers.client.attributor
    assert taken.from_service == "Harbour Pharmacy"
    assert SyringeExchange.objects.filter(client=taken.client).exists()


def test_referrals_elsewhere_have_come_to_every_end_or_to_none_yet():
    elsewhere = ReferralOut.objects.filter(partner=None)

    assert set(elsewhere.values_list("state", flat=True)) == {
        State.SENT, State.ATTENDED, State.DID_NOT_ATTEND, State.DECLINED, State.CLOSED,
    }  # fmt: skip


def test_two_records_may_be_one_person_and_two_others_are_told_apart():
    found = {username: len(near_pairs(somebody(username))) for username in ("pharmacist", "outreach")}

    assert found == {"pharmacist": 1, "outreach": 0}
    assert Pair.objects.get().verdict == "different"


def test_batches_are_of_a_day_and_of_several_given_out_and_only_brought_back():
    assert BatchExchange.objects.filter(until=None).exists()
    assert BatchExchange.objects.exclude(until=None).exclude(packs=[]).exists()
    assert BatchExchange.objects.filter(items={}, returned__gt=0).exists()


def test_somebody_has_changed_their_mind_and_something_was_put_right_and_taken_away():
    changed = ConsentDecision.objects.filter(sought_retrospectively=True).get().client

    assert [one.given for one in changed.decisions.order_by("decided_at")] == [False, True]
    assert Client.objects.filter(version__gt=1).exclude(pk=changed.pk).exists()
    assert BriefIntervention.objects.filter(version=2).count() == 1
    assert BriefIntervention.objects.filter(deleted_at__gt=NOW - timedelta(days=7)).count() == 1


def test_one_file_is_recorded_one_waits_with_rows_of_every_outcome_and_one_could_not_be_read():
    manager = somebody("manager")
    unreadable, recorded, waits = Upload.objects.visible_to(manager).order_by("sent_at")

    assert [one.state for one in (unreadable, recorded, waits)] == ["unreadable", "applied", "checked"]
    assert recorded.profile == waits.profile == Profile.objects.visible_to(manager).get()
    assert waits.counts == {"new": 6, "changed": 2, "same": 6, "rejected": 5, "marked": 3}
    assert {group["kind"] for group in waits.groups} == {"fault", "warning", "right"}
    assert unreadable.refusal.startswith("The file has columns that this layout does not know: “Record”")


def test_the_file_that_waits_can_be_confirmed_by_its_manager(client):
    client.post("/sign-in/", {"username": "manager", "password": "Demo-manager-2026"})
    waits = Upload.objects.get(state="checked")

    page = client.get(f"{waits.get_absolute_url()}confirm/")

    assert "leave out the 5 rows that are rejected" in page.content.decode()


# --- as in real use -----------------------------------------------------------------------------------------------


def test_everything_is_recorded_while_the_service_is_open_and_never_in_the_future():
    """What is typed, on its day; what comes in a file, later."""
    sent = Upload.objects.values_list("ended_at", flat=True)
    for one in all_contacts():
        at = one.recorded_at.astimezone(dates.LONDON)
        assert one.on <= at.date() < TODAY
        assert one.on == at.date() or one.recorded_at in sent
        assert 9 <= at.hour < 18 and at.weekday() < 6
        assert one.client.created_at <= one.recorded_at
