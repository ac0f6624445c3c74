"""`manage.py seed`: what lies in the database afterwards looks like years of real use."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.db import ProgrammingError
from django.db.models import Count, Sum

from clients.actions import Consent, Details, register_client
from clients.attributor import Attributor
from clients.ims_id import is_ims_id
from clients.models import Client, ConsentDecision
from ims.accounts.models import Membership, User
from ims.audit.models import Event
from ims.codelists import lists
from ims.core import dates
from ims.core.keys import new_submission_id
from ims.geography.residence import authorities_of
from ims.operations.seeding import codes
from ims.providers.models import Provider
from interventions.models import BriefIntervention, Naloxone, SyringeExchange, WellbeingAssessment
from interventions.syringe_exchange.action import Exchange, record_exchanges
from referrals.models import ReferralIn, ReferralOut, ReferralStatus
from tests.makers import NOW
from tests.operations.seeding import BEGINS, CLIENTS, CONTACTS, KINDS, PROVIDERS, TRACKED, UNTIL, Shape, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def contacts():
    return [contact for kind in KINDS for contact in kind.objects.select_related("client", "site")]


def share(part, whole) -> float:
    return part / whole


# --- as many as were asked for ------------------------------------------------------------------------------------


def test_there_are_as_many_clients_and_contacts_as_were_asked_for():
    assert Client.objects.count() == CLIENTS
    assert len(contacts()) == CONTACTS
    assert Provider.objects.count() == PROVIDERS


def test_each_provider_has_a_manager_and_staff_who_cannot_sign_in():
    for provider in Provider.objects.all():
        roles = list(provider.memberships.values_list("role", flat=True))
        assert roles.count("provider_manager") == 1
        assert roles.count("provider_staff") >= 1
    assert not any(user.has_usable_password() for user in User.objects.all())


# --- the people ---------------------------------------------------------------------------------------------------


def test_about_six_in_a_hundred_say_no():
    people = Client.objects.real()

    assert 0.03 <= share(people.filter(consent=False).count(), people.count()) <= 0.10


def test_each_provider_has_one_dummy_on_which_a_hundredth_of_the_contacts_is_recorded():
    assert sorted(Client.objects.filter(is_dummy=True).values_list("provider_id", flat=True)) == sorted(
        Provider.objects.values_list("pk", flat=True)
    )
    assert share(sum(contact.client.is_dummy for contact in contacts()), CONTACTS) == 0.01


def test_about_one_person_in_eight_is_known_at_several_providers():
    people = (
        Client.objects.real()
        .values("first_initial", "last_initial", "date_of_birth", "sex")
        .annotate(places=Count("provider", distinct=True))
    )

    assert 0.06 <= share(people.filter(places__gt=1).count(), people.count()) <= 0.2


def test_people_who_inject_psychoactive_drugs_are_older_and_more_often_women_than_those_who_use_iped():
    def of_cohort(name):
        drugs = [
            code
            for code, _ in lists.choices("substance", UNTIL)
            if lists.facts_of("substance", code)["cohort"] == name
        ]
        found = list(Client.objects.filter(main_substance__in=drugs))
        ages = sorted(client.age_on(client.created_at.date()) for client in found)
        return ages[len(ages) // 2], share(sum(client.sex == "F" for client in found), len(found))

    older, women = of_cohort("psychoactive")
    younger, fewer_women = of_cohort("iped")

    assert 36 <= older <= 48
    assert 24 <= younger <= 36
    assert 0.05 <= women <= 0.25
    assert fewer_women <= 0.10


def test_nobody_is_a_child_or_older_than_people_get():
    ages = [client.age_on(client.created_at.date()) for client in Client.objects.real()]

    assert min(ages) >= 16
    assert max(ages) <= 90


def test_every_ims_id_is_well_formed_and_given_once():
    ids = list(Client.objects.values_list("ims_id", flat=True))

    assert all(is_ims_id(one) for one in ids)
    assert len(set(ids)) == CLIENTS


def test_few_come_very_often_and_many_once_or_twice():
    visits = sorted(
        SyringeExchange.objects.filter(client__is_dummy=False)
        .values("client")
        .annotate(n=Count("pk"))
        .values_list("n", flat=True)
    )

    assert visits[len(visits) // 2] <= 6
    assert share(sum(visits[-len(visits) // 10 :]), sum(visits)) > 0.4


# --- consent ------------------------------------------------------------------------------------------------------


def test_the_consent_of_a_client_is_the_latest_decision():
    for client in Client.objects.real().prefetch_related("decisions"):
        decisions = sorted(client.decisions.all(), key=lambda decision: decision.decided_at)
        assert decisions[-1].given == client.consent
        assert decisions[0].decided_at == client.created_at
        assert all(one.given != other.given for one, other in pairwise(decisions))


def test_some_change_their_mind_about_consent():
    changed = Client.objects.annotate(decided=Count("decisions")).filter(decided__gt=1)

    assert 2 <= changed.count() <= CLIENTS // 10


def test_the_dummy_has_decided_nothing():
    assert not ConsentDecision.objects.filter(client__is_dummy=True).exists()


# --- the contacts -------------------------------------------------------------------------------------------------


def test_no_contact_is_before_its_clients_registration_or_in_the_future():
    for contact in contacts():
        assert dates.today(contact.client.created_at) <= contact.on < UNTIL
        taken_on = getattr(contact, "answers_id", None) is not None  # with the registration, in one go
        assert (contact.client.created_at == contact.recorded_at) == taken_on
        assert contact.client.created_at <= contact.recorded_at
        assert contact.on <= dates.today(contact.recorded_at) < UNTIL
    assert min(contact.on for contact in contacts()).year == BEGINS.year


def test_each_is_recorded_by_staff_at_a_site_of_the_clients_own_provider():
    staff = set(Membership.objects.values_list("provider_id", "user_id"))
    for contact in contacts():
        assert contact.provider_id == contact.client.provider_id
        assert contact.site is None or contact.site.provider_id == contact.provider_id
        assert (contact.provider_id, contact.recorded_by_id) in staff


def test_needles_barrels_and_sets_are_what_the_items_count_as():
    for exchange in SyringeExchange.objects.all():
        for measure in ("needles", "barrels", "sets"):
            counted = sum(
                n * lists.facts_of("equipment", code)[measure] for code, n in exchange.items.items()
            )
            assert getattr(exchange, measure) == counted


def test_what_was_brought_back_is_often_not_asked_and_sometimes_more_than_was_given_out():
    exchanges = SyringeExchange.objects.count()
    asked = SyringeExchange.objects.exclude(returned=None)
    totals = asked.aggregate(out=Sum("sets"), back=Sum("returned"))

    assert 0.3 <= share(exchanges - asked.count(), exchanges) <= 0.5
    assert any(exchange.returned > exchange.sets > 0 for exchange in asked)
    assert 0.5 <= share(totals["back"], totals["out"]) <= 1.3


def test_about_a_quarter_of_the_contacts_are_brief_interventions():
    assert 0.18 <= share(BriefIntervention.objects.count(), CONTACTS) <= 0.33


def test_each_contact_keeps_where_its_client_lived_that_day_by_the_edition_of_the_lookup():
    lived = {}
    for version in Client.history.order_by("history_date"):
        lived.setdefault(version.id, []).append((dates.today(version.history_date), version.postcode))
    homes = authorities_of({postcode for versions in lived.values() for _, postcode in versions})

    for contact in contacts():
        postcode = [home for since, home in lived[contact.client_id] if since <= contact.on][-1]
        home = homes[postcode]
        assert (contact.authority_code, contact.geography_edition_id) == (
            home.authority_code,
            home.edition_id,
        )
    assert any(len({home for _, home in versions}) > 1 for versions in lived.values())


def test_every_code_is_in_the_lists():
    held = {
        "substance": {
            *Client.objects.values_list("main_substance", flat=True),
            *SyringeExchange.objects.values_list("drug", flat=True),
        },
        "place": set(SyringeExchange.objects.values_list("place", flat=True)),
        "equipment": {code for exchange in SyringeExchange.objects.all() for code in exchange.items},
        "intervention_type": set(BriefIntervention.objects.values_list("type", flat=True)),
        "intervention_setting": set(BriefIntervention.objects.values_list("setting", flat=True)),
        "naloxone_kit": {code for supply in Naloxone.objects.all() for code in supply.kits},
        "naloxone_reason": set(Naloxone.objects.values_list("reason", flat=True)),
        "answer": {answer for said in Naloxone.objects.values_list("training", "used") for answer in said},
        "accommodation": set(WellbeingAssessment.objects.values_list("accommodation", flat=True)),
        "employment": set(WellbeingAssessment.objects.values_list("employment", flat=True)),
        "referral_source": set(ReferralIn.objects.values_list("source", flat=True)),
        "referral_destination": set(ReferralOut.objects.values_list("destination", flat=True)),
        "referral_reason": {
            *ReferralIn.objects.values_list("reason", flat=True),
            *ReferralOut.objects.values_list("reason", flat=True),
        },
        "decline_reason": set(ReferralStatus.objects.values_list("decline_reason", flat=True)),
    } | {
        key: set(Client.objects.values_list(key, flat=True))
        for key in ("ethnicity", "nationality", "route", "injecting_status")
    }

    assert held.keys() == codes.used().keys()
    assert all(found - {""} for found in held.values())
    for key, found in held.items():
        assert found <= {"", *(code for code, _ in lists.choices(key, UNTIL))}, key


def test_submissions_are_named_in_the_order_of_recording():
    found = list(SyringeExchange.objects.order_by("submission_id").values_list("recorded_at", flat=True))

    assert [moment.replace(microsecond=0) for moment in found] == sorted(
        moment.replace(microsecond=0) for moment in found
    )


# --- history and audit --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", TRACKED)
def test_every_record_has_its_history_from_the_first_to_what_it_says_now(model):
    fields = [field.name for field in model._meta.concrete_fields if field.name != "submission_id"]
    versions = {}
    for version in model.history.order_by("history_date", "history_id").values():
        versions.setdefault(version["id"], []).append(version)
    columns = [model._meta.get_field(name).attname for name in fields]

    for record in model.objects.values():
        first, *later = versions.pop(record["id"])
        assert first["history_type"] == "+"
        assert all(version["history_type"] == "~" for version in later)
        latest = later[-1] if later else first
        assert {name: latest[name] for name in columns} == {name: record[name] for name in columns}
    assert not versions


# The row is the sender's, so what the receiver does names none; taking somebody on names the receiver's own.
OF_THE_RECEIVER = {"referral.seen", "referral.answered"}


def subject_of(model, version, event):
    if model is ConsentDecision:
        return version.client_id
    if model not in (ReferralOut, ReferralStatus):
        return version.id
    sent = version.referral_id if model is ReferralStatus else version.id
    return ReferralIn.objects.get(answers=sent).pk if event.what == "referral.accepted" else sent


@pytest.mark.parametrize("model", TRACKED)
def test_every_row_of_history_names_the_event_of_the_same_person_at_the_same_moment(model):
    events = {event.pk: event for event in Event.objects.all()}
    for version in model.history.all():
        event = events[int(version.history_change_reason)]
        assert event.at == version.history_date
        assert event.user_id == version.history_user_id
        assert event.subjects == [] if event.what in OF_THE_RECEIVER else [subject_of(model, version, event)]


def test_a_record_has_as_many_versions_as_acts():
    acts = Counter(
        event.subjects[0] for event in Event.objects.filter(kind="client").exclude(what="client.viewed")
    )
    versions = Counter(Client.history.values_list("id", flat=True))

    assert dict(Client.objects.values_list("pk", "version")) == acts == versions
    assert 3 <= Client.objects.filter(version__gt=1, is_dummy=False).count() <= CLIENTS // 5


def test_every_contact_is_one_event_and_before_about_half_of_them_the_page_was_opened():
    recorded = {
        "exchange.recorded": SyringeExchange.objects.all(),
        "brief_intervention.recorded": BriefIntervention.objects.all(),
        "naloxone.recorded": Naloxone.objects.all(),
        "wellbeing.recorded": WellbeingAssessment.objects.all(),
        "referral_in.recorded": ReferralIn.objects.filter(answers=None),
        "referral.accepted": ReferralIn.objects.exclude(answers=None),
        "referral_out.sent": ReferralOut.objects.all(),
    }
    assert sum(records.count() for records in recorded.values()) == CONTACTS
    for what, records in recorded.items():
        counts = {} if what == "referral.accepted" else {"lines": 1}
        events = Event.objects.filter(what=what, kind=records.model._meta.model_name, counts=counts)
        assert sorted(event.subjects[0] for event in events) == sorted(records.values_list("pk", flat=True))
    assert 0.4 <= share(Event.objects.filter(what="client.viewed", kind="client").count(), CONTACTS) <= 0.6


def test_every_event_names_somebody_in_a_role_they_hold_at_that_provider():
    held = set(Membership.objects.values_list("user_id", "role", "provider_id"))

    done = Event.objects.filter(
        what__regex=r"^(client|consent|exchange|brief_intervention|naloxone|wellbeing|referral|referral_in|referral_out)\."
    )

    assert set(done.values_list("user_id", "role", "provider_id")) <= held


def test_the_audit_lies_in_the_partitions_of_its_months():
    assert rows("SELECT what FROM audit_event WHERE tableoid = 'audit_event_default'::regclass") == []


# --- what it leaves of the tables ---------------------------------------------------------------------------------


def test_indexes_constraints_and_triggers_are_afterwards_as_they_were_before(seeded):
    assert Shape.now().of_the_tables_in(seeded) == seeded


def test_every_month_of_the_audit_has_the_indexes_of_the_whole():
    of_the_whole = rows("SELECT count(*) FROM pg_index WHERE indrelid = 'audit_event'::regclass")
    of_each_month = rows(
        "SELECT count(indrelid) FROM pg_inherits LEFT JOIN pg_index ON indrelid = inhrelid "
        "WHERE inhparent = 'audit_event'::regclass GROUP BY inhrelid"
    )

    assert len(of_each_month) > 36
    assert set(of_each_month) == set(of_the_whole)


def test_a_write_without_an_author_is_refused_afterwards():
    with pytest.raises(ProgrammingError, match="names no author"):
        Client.objects.update(version=7)


def test_recording_goes_on_with_the_next_numbers():
    by = Membership.objects.filter(role="provider_staff").first().actor()
    latest = Event.objects.latest("pk").pk

    client = register_client(
        attributor=Attributor("N", "W", date(1990, 1, 31), "M"), consent=Consent(True, "spoken", "Sheet"),
        details=Details(), submission_id=new_submission_id(), at=NOW, by=by,
    )  # fmt: skip
    line = Exchange(client=client, on=NOW.date(), items={"FOIL": 1}, submission_id=new_submission_id())
    recorded = record_exchanges(lines=[line], at=NOW, by=by)

    assert len(recorded.new) == 1
    assert list(Event.objects.filter(at=NOW).order_by("pk").values_list("pk", flat=True)) == [
        latest + 1,
        latest + 2,
    ]
    assert sum(kind.objects.count() for kind in KINDS) == CONTACTS + 1
