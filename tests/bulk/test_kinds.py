"""Contacts of clients whom the service has: new rows of each kind, named by attributor or IMS ID."""

import pytest

from ims.accounts.roles import Role
from ims.providers.actions import set_recording_rules
from interventions.models import BriefIntervention, Naloxone, SyringeExchange, WellbeingAssessment
from referrals.models import ReferralIn, ReferralOut
from tests import makers
from tests.bulk.sending import faults, outcomes, record, send
from tests.makers import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(manager):
    return makers.a_client(manager, "AB05051985M", postcode="CH41 3RB")


NEW = {
    "syringe_exchange": ("items,returned", "SYR_FIXED_1=10,0", SyringeExchange, {"items": {"SYR_FIXED_1": 10}, "returned": 0}),
    "brief_intervention": ("type,minutes", "ADVICE,", BriefIntervention, {"type": "ADVICE", "minutes": None}),
    "naloxone": ("kits,supply", "NASAL=1,first", Naloxone, {"kits": {"NASAL": 1}, "training": ""}),
    "wellbeing_assessment": (
        "stage,ons4_anxious,ons4_happy", "first,0,declined", WellbeingAssessment,
        {"answers": {"ons4": {"anxious": 0, "happy": "declined"}}},
    ),
    "referral_in": ("source,reason", "4,", ReferralIn, {"source": "4", "reason": ""}),
    "referral_out": ("destination,reason,agreed_to_share", "GP,TREATMENT,not asked", ReferralOut, {"agreed_to_share": None}),
}  # fmt: skip


@pytest.mark.parametrize("key", NEW)
def test_a_new_row_of_each_kind_is_recorded_as_the_page_records_it(manager, client, key):
    columns, cells, model, said = NEW[key]

    upload = record(manager, f"attributor,on,{columns}\nAB05051985M,01/06/2026,{cells}\n", key)

    assert (upload.state, upload.outcomes, upload.groups) == ("applied", "n", [])
    contact = model.objects.visible_to(manager).get()
    assert {name: getattr(contact, name) for name in said} == said
    assert (contact.client, contact.authority_code) == (client, makers.WIRRAL)


@pytest.mark.parametrize("key", NEW)
def test_the_same_file_of_each_kind_again_changes_nothing(manager, client, key):
    columns, cells, *_ = NEW[key]
    text = f"attributor,on,{columns}\nAB05051985M,01/06/2026,{cells}\n"
    record(manager, text, key)

    assert outcomes(send(manager, text, key)) == "s"


@pytest.mark.parametrize(
    ("who", "column", "words"),
    [
        (",", "attributor", "Say who it was"),
        (",CD17091979F", "attributor", "No client of your service has this attributor."),
        (",AB31021985M", "attributor", "There is no such day"),
        ("AAAAAAAAAA,", "ims_id", "No client of your service has this IMS ID."),
    ],
    ids=["nobody", "stranger", "no day", "no id"],
)
def test_a_row_that_names_nobody_whom_the_service_has_is_rejected(manager, client, who, column, words):
    upload = send(
        manager, f"ims_id,attributor,on,items\n{who},01/06/2026,SYR_FIXED_1=10\n", "syringe_exchange"
    )

    ((number, where, said),) = faults(upload)
    assert (number, where) == (2, column)
    assert said.startswith(words)


def test_an_ims_id_and_an_attributor_that_disagree_are_asked_about(manager, client):
    other = makers.a_client(manager, "CD17091979F")

    upload = send(
        manager,
        f"ims_id,attributor,on,items\n{other.ims_id},AB05051985M,01/06/2026,SYR_FIXED_1=10\n",
        "syringe_exchange",
    )

    assert faults(upload)[0][1] == "attributor"


def test_a_referral_is_not_recorded_for_somebody_who_objects(manager):
    makers.the_dummy(manager)

    upload = send(manager, "attributor,on,source\nXX05051955,01/06/2026,4\n", "referral_in")

    assert faults(upload) == [
        (
            2,
            "",
            "This cannot be recorded for somebody who objects: nothing but what was given out or done is.",
        )
    ]


@pytest.mark.parametrize(
    ("written", "answer"),
    [("Y", "Y"), ("yes", "Y"), ("n", "N"), ("No", "N"), ("D", "declined"), ("Declined", "declined")],
)
def test_yes_and_no_to_a_question_are_written_in_several_ways(written, answer):
    provider = makers.a_provider()
    rules = {"backdating_days": 400, "review_weeks": 12, "instruments": ["top_days"]}
    set_recording_rules(
        provider=provider, **rules, expected_version=provider.version, at=NOW, by=makers.the_manager(provider)
    )
    manager = makers.the_manager(provider)
    makers.a_client(manager, "AB05051985M")

    record(
        manager,
        f"attributor,on,stage,top_days_sharing\nAB05051985M,01/06/2026,first,{written}\n",
        "wellbeing_assessment",
    )

    assert WellbeingAssessment.objects.visible_to(manager).get().answers == {"top_days": {"sharing": answer}}


def test_a_layout_of_a_module_that_is_off_does_not_exist(client):
    from ims.bulk.layout import NoSuchLayout

    provider = makers.a_provider(modules=["syringe_exchange"])
    manager = makers.an_actor(Role.PROVIDER_MANAGER, provider)

    with pytest.raises(NoSuchLayout):
        send(manager, "attributor,on,kits,supply\n", "naloxone")
