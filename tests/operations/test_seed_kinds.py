"""`manage.py seed`: what it makes of each kind of contact is what a service could have recorded."""

from datetime import timedelta
from itertools import pairwise

import pytest

from clients.models import Client, ConsentDecision
from ims.codelists.instruments import DECLINED, instrument
from ims.core import dates
from ims.operations.seeding import referring
from ims.providers.models import Provider
from interventions.models import (
    BriefIntervention,
    Naloxone,
    Pack,
    PackContents,
    SyringeExchange,
    WellbeingAssessment,
)
from interventions.syringe_exchange.packs import given_in
from interventions.wellbeing_assessment.answers import faults
from interventions.wellbeing_assessment.model import Stage
from referrals.models import ReferralIn, ReferralOut, ReferralStatus
from referrals.states import Side, State, To, moves
from tests.operations.seeding import KINDS, MORE_CONTACTS, UNTIL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded_with_more")]


def taken_on():
    return ReferralIn.objects.exclude(answers=None).select_related(
        "client", "answers__client", "answers__provider"
    )


# --- how many of what -----------------------------------------------------------------------------------------------


def test_most_contacts_are_exchanges_then_interventions_then_naloxone_and_few_are_anything_else():
    many = [
        kind.objects.count() for kind in (SyringeExchange, BriefIntervention, Naloxone, WellbeingAssessment)
    ]
    referrals = ReferralIn.objects.count() + ReferralOut.objects.count()

    assert many == sorted(many, reverse=True)
    assert SyringeExchange.objects.count() > 0.6 * MORE_CONTACTS
    assert 0.002 * MORE_CONTACTS < many[3] < many[2] < 0.04 * MORE_CONTACTS
    assert 0.005 * MORE_CONTACTS < referrals < 0.04 * MORE_CONTACTS


def test_nothing_about_a_person_is_recorded_on_a_dummy():
    for kind in (Naloxone, WellbeingAssessment, ReferralIn, ReferralOut):
        assert not kind.objects.filter(client__is_dummy=True).exists()


# --- packs ----------------------------------------------------------------------------------------------------------


def test_every_service_has_packs_of_which_one_is_usual():
    for provider in Provider.objects.all():
        assert Pack.objects.filter(provider=provider, is_usual=True).count() == 1
        assert Pack.objects.filter(provider=provider).count() == 2


def test_what_was_in_packs_is_the_bill_of_the_services_own_pack_and_part_of_what_was_given_out():
    bills = {bill.pack_id: bill for bill in PackContents.objects.select_related("pack")}
    in_packs = SyringeExchange.objects.exclude(packs=[])

    assert 0.2 < in_packs.count() / SyringeExchange.objects.count() < 0.5
    for exchange in in_packs:
        (pack,) = exchange.packs
        bill = bills[pack["pack"]]
        assert bill.pack.provider_id == exchange.provider_id and bill.valid_from <= exchange.on
        assert (pack["name"], pack["items"]) == (bill.pack.name, bill.items)
        assert pack["n"] >= 1
        assert all(exchange.items[code] >= n for code, n in given_in(exchange.packs).items())


def test_how_many_others_it_was_for_is_often_not_asked_which_is_not_nought():
    asked = SyringeExchange.objects.exclude(others=None)

    assert 0.3 < asked.count() / SyringeExchange.objects.count() < 0.6
    assert {0, 1} < set(asked.values_list("others", flat=True))


# --- naloxone -------------------------------------------------------------------------------------------------------


def test_a_clients_first_supply_is_a_first_one_and_every_later_one_replaces_a_kit():
    supplies = {}
    for supply in Naloxone.objects.order_by("on", "recorded_at"):
        supplies.setdefault(supply.client_id, []).append(supply)

    assert any(len(of_client) > 1 for of_client in supplies.values())
    for first, *later in supplies.values():
        assert (first.supply, first.reason, first.used) == ("first", "", "")
        assert {supply.supply for supply in later} <= {"again"}


def test_a_kit_that_was_used_says_so_and_one_that_was_lost_was_not_used():
    replaced = set(Naloxone.objects.filter(supply="again").values_list("reason", "used"))

    assert ("USED_OTHER", "Y") in replaced and ("LOST", "N") in replaced
    assert all((used == "Y") == reason.startswith("USED") for reason, used in replaced)


# --- wellbeing ------------------------------------------------------------------------------------------------------


def test_a_client_is_assessed_first_then_reviewed_and_leaves_last():
    assessments = {}
    for one in WellbeingAssessment.objects.order_by("on", "recorded_at"):
        assessments.setdefault(one.client_id, []).append(one.stage)

    assert all(stages[0] == Stage.FIRST for stages in assessments.values())
    assert all(Stage.FIRST not in stages[1:] for stages in assessments.values())
    assert all(Stage.EXIT not in stages[:-1] for stages in assessments.values())
    assert set(WellbeingAssessment.objects.values_list("stage", flat=True)) == set(Stage.values)


def test_answers_are_those_of_what_the_service_asks_and_some_are_declined_or_not_asked():
    given = {}
    for one in WellbeingAssessment.objects.select_related("provider"):
        assert one.answers.keys() <= set(one.provider.instruments)
        assert faults(one, today=one.on) == []
        for key, said in one.answers.items():
            asked = instrument(key, one.on)
            assert said
            given.setdefault(key, []).extend(said.get(item.key) for item in asked.items)

    assert given.keys() == {"ons4", "top_scales"}
    assert all({None, DECLINED} < set(answers) for answers in given.values())


# --- referrals ------------------------------------------------------------------------------------------------------


def test_somebody_who_was_referred_comes_that_day_for_the_first_time_and_is_helped():
    came = ReferralIn.objects.select_related("client")

    assert came.filter(answers=None).exists()
    for one in came:
        assert bool(one.source) != bool(one.from_service)
        assert one.on == dates.today(one.client.created_at)
        others = [other for kind in KINDS for other in kind.objects.filter(client=one.client) if other != one]
        assert all(other.recorded_at > one.recorded_at for other in others)
        assert len(others) < 2 or any(other.on == one.on for other in others)


def test_who_is_taken_on_is_the_person_that_the_other_service_had_sent_and_who_agreed():
    assert taken_on().exists()
    for one in taken_on():
        sent = one.answers
        assert sent.partner_id == one.provider_id != sent.provider_id
        assert one.from_service == sent.provider.name
        assert one.reason == sent.reason
        assert one.client.attributor == sent.client.attributor
        assert sent.agreed_to_share and sent.agreed_how
        assert sent.client.created_at < sent.recorded_at < one.recorded_at
        assert not ConsentDecision.objects.filter(client=sent.client, given=False).exists()


def test_whatever_a_partner_took_on_is_answered_by_one_referral_in_and_nothing_else_is():
    accepted = {status.referral_id for status in ReferralStatus.objects.filter(state=State.ACCEPTED)}
    of_partners = set(ReferralOut.objects.exclude(partner=None).values_list("pk", flat=True))

    assert sorted(taken_on().values_list("answers", flat=True)) == sorted(accepted & of_partners)


def test_no_partner_is_told_of_somebody_who_ever_said_no():
    told = ReferralOut.objects.exclude(partner=None)

    assert told.exists()
    assert not told.filter(client__in=Client.objects.filter(decisions__given=False)).exists()


def test_every_referral_goes_step_by_step_as_the_table_of_states_allows():
    for sent in ReferralOut.objects.prefetch_related("statuses"):
        first, *later = sent.statuses.all()
        assert (first.state, first.at, first.by_receiver) == (State.SENT, sent.recorded_at, False)
        for before, after in pairwise([first, *later]):
            side = Side.RECEIVER if after.by_receiver else Side.SENDER
            assert after.state in moves(sent.to, before.state, side)
            assert before.at < after.at
        latest = [first, *later][-1]
        assert (sent.state, sent.state_at, sent.decline_reason) == (
            latest.state,
            latest.at,
            latest.decline_reason,
        )


def test_what_was_sent_lately_waits_because_no_step_lies_in_the_future():
    lately = ReferralOut.objects.filter(on__gte=UNTIL - timedelta(days=14))

    assert lately.filter(state=State.SENT).exists()
    assert all(dates.today(status.at) < UNTIL for status in ReferralStatus.objects.all())


def test_each_step_is_taken_by_staff_of_the_side_that_takes_it():
    for status in ReferralStatus.objects.select_related("referral__partner", "referral__provider"):
        service = status.referral.partner if status.by_receiver else status.referral.provider
        assert service.memberships.filter(user=status.by_id).exists()


@pytest.mark.parametrize("course", referring.PATHS)
def test_every_course_that_is_made_up_is_one_that_the_table_of_states_allows(course):
    to = To.ELSEWHERE if course == referring.ELSEWHERE else To.PARTNER
    begins = State.ACCEPTED if course == referring.TAKEN_ON else State.SENT

    for path in referring.PATHS[course]:
        before = begins
        for state, side in path:
            assert state in moves(to, before, side)
            before = state
