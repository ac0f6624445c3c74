"""Files of other systems, read by a profile: their headers, words, packs and days become ours."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from ims.audit.acting import acting
from ims.bulk.layout import layout_of
from ims.bulk.mapping import WrongColumns, mapped
from ims.bulk.models import Profile
from ims.bulk.profiles.action import Reading, change_profile
from ims.core.keys import new_submission_id
from ims.providers.models import Module
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import confirm, faults, outcomes, record, send
from tests.makers import NOW, TODAY

pytestmark = pytest.mark.django_db
THEIRS = "Forename,Surname,DOB,Gender,Consent?,Visit,Pack,Qty returned,Ref No,Staff\n"
ROW = "A,B,5/31/1985,Male,Y,6/1/2026,Steroid pack=2,0,17,Jo\n"


def a_profile(by, **said) -> Profile:
    usual = {
        "name": "Their system", "source_system": "pharmoutcomes", "layout": "contacts", "valid_from": TODAY,
        "aliases": {
            "forename": "first_initial", "surname": "last_initial", "dob": "date_of_birth", "gender": "sex",
            "consent?": "consent", "visit": "on", "pack": "packs", "qty returned": "returned", "staff": "",
        },
        "values": {"sex": {"Male": "M", "Female": "F"}},
        "date_order": "mdy",
        "constants": {"drug": "AAS"},
        "packs": {"Steroid pack": {"BARREL_2": 10, "NEEDLE_GREEN": 10}},
        "key_column": "Ref No",
    }  # fmt: skip
    with acting(by=by, at=NOW) as act:
        profile = Profile.objects.create(
            provider_id=by.provider_id, submission_id=new_submission_id(), **{**usual, **said}
        )
        act.record("profile.saved", profile)
    return profile


def test_their_headers_words_days_and_packs_become_ours(manager):
    upload = record(manager, THEIRS + ROW, profile=a_profile(manager))

    assert (upload.state, upload.outcomes) == ("applied", "n")
    exchange = SyringeExchange.objects.get()
    assert exchange.client.attributor.text() == "AB31051985M"
    assert (exchange.on.isoformat(), exchange.items, exchange.drug, exchange.returned) == (
        "2026-06-01", {"BARREL_2": 20, "NEEDLE_GREEN": 20}, "AAS", 0
    )  # fmt: skip


def changed(profile, by, **said) -> Profile:
    """A minute after the check."""
    names = [one.name for one in fields(Reading)]
    reading = Reading(**{**{name: getattr(profile, name) for name in names}, **said})
    at = NOW + timedelta(minutes=1)
    return change_profile(profile=profile, reading=reading, expected_version=profile.version, at=at, by=by)


def test_a_file_is_not_recorded_otherwise_than_it_was_checked(manager):
    profile = a_profile(manager)
    upload = send(manager, THEIRS + ROW, profile=profile)
    changed(profile, manager, constants={"drug": "HEROIN"})

    upload = confirm(manager, upload)

    assert (upload.state, upload.outcomes, upload.moved_on) == ("checked", "n", True)
    assert not SyringeExchange.objects.exists()


def test_another_name_of_a_profile_and_its_end_change_nothing_of_a_file_that_was_checked(manager):
    profile = a_profile(manager)
    upload = send(manager, THEIRS + ROW, profile=profile)
    changed(profile, manager, name="Quarterly", valid_to=TODAY)

    assert confirm(manager, upload).state == "applied"


def test_a_row_that_the_source_names_is_put_right_when_the_source_says_otherwise(manager):
    profile = a_profile(manager)
    record(manager, THEIRS + ROW, profile=profile)

    again = send(manager, THEIRS + ROW, profile=profile)
    mended = record(manager, THEIRS + ROW.replace("=2,0", "=1,5"), profile=profile)

    assert (again.outcomes, mended.outcomes) == ("s", "c")
    exchange = SyringeExchange.objects.get()
    assert (exchange.items, exchange.returned, exchange.version) == (
        {"BARREL_2": 10, "NEEDLE_GREEN": 10}, 5, 2
    )  # fmt: skip


def test_two_rows_of_one_name_are_repeats_whatever_they_say(manager):
    upload = send(manager, THEIRS + ROW + ROW.replace("=2,0", "=1,5"), profile=a_profile(manager))

    assert faults(upload) == [(3, "", "Same as row 2.")]


def test_a_column_that_the_profile_does_not_know_stops_the_file(manager):
    upload = send(manager, THEIRS.replace("Staff", "Weather") + ROW, profile=a_profile(manager))

    assert "“Weather”" in upload.refusal


def test_so_does_one_that_it_reads_as_what_the_service_has_switched_off_since(manager):
    profile = a_profile(manager)
    profile = changed(profile, manager, aliases={**profile.aliases, "staff": "main_substance"})
    without = replace(manager, modules=manager.modules - {Module.SUBSTANCES})

    with pytest.raises(WrongColumns, match="“Staff”"):
        mapped(THEIRS.strip().split(","), layout_of("contacts", without).columns(without), profile)


def test_headings_of_signs_alone_are_told_apart(manager):
    profile = a_profile(manager, key_column="#")
    changed(profile, manager, aliases={**profile.aliases, "%": ""})
    headings = THEIRS.replace("Ref No", "#").replace("Staff", "%").replace("Visit", ",Visit")
    text = headings + ROW.replace("6/1/2026", ",6/1/2026")

    assert outcomes(send(manager, text, profile=profile)) == "n"


def test_a_column_that_is_always_the_same_need_not_be_in_the_file(manager):
    profile = a_profile(manager, constants={"sex": "M", "drug": "AAS"})
    without = THEIRS.replace("Gender,", "") + ROW.replace("Male,Y,", "Y,")

    assert outcomes(send(manager, without, profile=profile)) == "n"


def test_items_that_every_row_says_are_given_out_beside_those_of_a_pack(manager):
    profile = a_profile(manager, constants={"drug": "AAS", "items": "SHARPS_S=1"})

    record(manager, THEIRS + ROW, profile=profile)

    assert SyringeExchange.objects.get().items == {"BARREL_2": 20, "NEEDLE_GREEN": 20, "SHARPS_S": 1}


def test_a_pack_that_every_row_says_is_opened(manager):
    profile = a_profile(manager, constants={"drug": "AAS", "packs": "Steroid pack"})
    without = THEIRS.replace("Pack,", "") + ROW.replace("Steroid pack=2,", "")

    record(manager, without, profile=profile)

    assert SyringeExchange.objects.get().items == {"BARREL_2": 10, "NEEDLE_GREEN": 10}


@pytest.mark.parametrize("pack", ["Steroid pack", "Ours"])
def test_a_number_of_thousands_of_digits_is_a_fault_of_its_row_alone(manager, pack):
    makers.a_pack(manager, name="Ours")
    endless = ROW.replace("Steroid pack=2", f"{pack}={'9' * 5000}")

    upload = send(manager, THEIRS + ROW + endless.replace(",17,", ",18,"), profile=a_profile(manager))

    assert (upload.outcomes, faults(upload)[0][:2]) == ("nr", (3, "packs"))


def test_no_profile_consents_for_everybody(manager):
    profile = a_profile(manager, constants={"consent": "yes", "drug": "AAS"})
    without = THEIRS.replace("Consent?,", "") + ROW.replace("Male,Y,", "Male,")

    upload = send(manager, without, profile=profile)

    assert upload.refusal.startswith("The file has no column for “consent”.")


def test_two_columns_read_as_one_stop_the_file(manager):
    profile = a_profile(manager)
    profile.aliases["surname"] = "first_initial"
    with acting(by=manager, at=NOW) as act:
        profile.save()
        act.record("profile.saved", profile)

    upload = send(manager, THEIRS + ROW, profile=profile)

    assert upload.refusal.startswith("More than one column of the file is read as “first_initial”.")


def test_day_first_files_are_read_day_first(manager):
    profile = a_profile(manager, date_order="dmy")

    upload = send(manager, THEIRS + ROW, profile=profile)

    assert faults(upload)[0][1:] == (
        "date_of_birth", "There is no such day as 5/31/1985. Check the day and the month."
    )  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["6/1/2026", "06-01-26", "06/01-2026", "06012026", "060126", "6/1/2026 10:15", "06/01/2026 9:05:30 AM", "2026-06-01T00:00:00.000", "2026-06-01 00:00", "1 Jun 2026"],
)  # fmt: skip
def test_a_month_first_day_is_the_same_day_however_it_is_written(manager, written):
    record(manager, THEIRS + ROW.replace("6/1/2026", written), profile=a_profile(manager))

    assert SyringeExchange.objects.get().on.isoformat() == "2026-06-01"


@pytest.mark.parametrize("written", ["1/6/2026 10:15", "2026-06-01 00:00:00", "01062026"])
def test_so_is_a_day_first_one(manager, written):
    row = ROW.replace("6/1/2026", written).replace("5/31", "31/5")

    record(manager, THEIRS + row, profile=a_profile(manager, date_order="dmy"))

    assert SyringeExchange.objects.get().on.isoformat() == "2026-06-01"


@pytest.mark.parametrize(
    "written", ["6/1/2026 cancelled", "6/1/2026 - 6/3/2026", "2026-05-31T23:30:00Z", "13/06/2026", "46174"]
)
def test_what_is_more_than_a_day_and_a_time_or_no_day_at_all_is_not_guessed(manager, written):
    upload = send(manager, THEIRS + ROW.replace("6/1/2026", written), profile=a_profile(manager))

    assert [column for _, column, _ in faults(upload)] == ["on"]
