"""Loading code lists twice changes nothing, and what was loaded once is never lost."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from ims.audit.models import Event
from ims.codelists.files import BadFile
from ims.codelists.loading import OUR_FILES, load
from ims.codelists.models import Code, CodeList

AT = datetime(2026, 11, 5, 12, tzinfo=UTC)
RED = "RED,Red,,,,proposed,,"
BLUE = "BLUE,Blue,2020-01-01,,Cold,verified,Seen,RAL 5005"

pytestmark = pytest.mark.usefixtures("empty_tables")


def one(outcomes):
    (outcome,) = outcomes
    return outcome


def everything():
    return list(CodeList.objects.values()), list(Code.objects.order_by("id").values())


def test_a_code_is_held_as_its_row_says(folder):
    load(folder.write("colour", RED, BLUE).path, at=AT)

    blue = Code.objects.get(list_id="colour", code="BLUE")
    assert (blue.label, blue.group, blue.confidence, blue.note) == ("Blue", "Cold", "verified", "Seen")
    assert (blue.valid_from, blue.valid_to, blue.maps_to) == (date(2020, 1, 1), None, "RAL 5005")


def test_what_counting_needs_to_know_is_held_as_numbers(folder):
    header = "code,label,since,until,group,confidence,note,maps_to,needles,barrels,sets"
    load(folder.write("equipment", "SYR,Syringe,,,,proposed,,,1,1,0", header=header).path, at=AT)

    assert Code.objects.get(code="SYR").facts == {"needles": 1, "barrels": 1, "sets": 0}


def test_loading_the_same_files_again_changes_nothing(folder):
    load(folder.write("colour", RED, BLUE).path, at=AT)
    before = everything()

    again = one(load(folder.path, at=AT))

    assert (again.same, again.new, again.changed, again.retired) == (2, [], [], [])
    assert everything() == before


def test_a_load_that_changes_something_is_one_event_and_a_load_that_does_not_is_none(folder):
    load(folder.write("colour", RED, BLUE).path, at=AT)
    load(folder.path, at=AT)

    event = Event.objects.get(what="codelists.loaded")
    assert event.counts == {"lists": 1, "new": 2, "changed": 0, "retired": 0}


def test_a_corrected_label_is_taken_and_told(folder):
    load(folder.write("colour", RED).path, at=AT)

    outcome = one(load(folder.write("colour", "RED,Scarlet,,,,proposed,,").path, at=AT))

    assert outcome.changed == ["RED: label “Red” → “Scarlet”"]
    assert Code.objects.get(code="RED").label == "Scarlet"


def test_a_code_that_a_newer_file_lacks_is_retired_on_the_day_of_its_edition(folder):
    load(folder.write("colour", RED, BLUE).path, at=AT)

    outcome = one(load(folder.write("colour", BLUE, edition="2027-04").path, at=AT))

    assert outcome.retired == ["RED: “Red”, last day 2027-04-01"]
    assert Code.objects.get(code="RED").valid_to == date(2027, 4, 1)


def test_a_retired_code_is_retired_once(folder):
    load(folder.write("colour", RED, BLUE).path, at=AT)
    load(folder.write("colour", BLUE, edition="2027-04").path, at=AT)

    again = one(load(folder.write("colour", BLUE, edition="2028-04").path, at=AT))

    assert again.retired == []
    assert Code.objects.get(code="RED").valid_to == date(2027, 4, 1)


def test_a_code_that_never_came_into_force_is_retired_on_its_first_day(folder):
    load(folder.write("colour", BLUE, "RED,Red,2027-01-01,,,proposed,,").path, at=AT)

    load(folder.write("colour", BLUE).path, at=AT)

    assert Code.objects.get(code="RED").valid_to == date(2027, 1, 1)


def test_a_code_keeps_its_key_however_its_row_moves(folder):
    load(folder.write("colour", RED, BLUE).path, at=AT)
    key = Code.objects.get(code="RED").pk

    outcome = one(load(folder.write("colour", BLUE, "GREEN,Green,,,,proposed,,", RED).path, at=AT))

    assert Code.objects.get(code="RED").pk == key
    assert (outcome.same, outcome.new, outcome.changed) == (2, ["GREEN"], [])
    assert list(Code.objects.filter(list="colour").values_list("code", flat=True)) == ["BLUE", "GREEN", "RED"]


def test_a_list_that_the_folder_does_not_name_stays_as_it_is(folder, tmp_path_factory):
    load(folder.write("colour", RED).path, at=AT)
    other = type(folder)(tmp_path_factory.mktemp("other"))

    load(other.write("fruit", "PEAR,Pear,,,,proposed,,").path, at=AT)

    assert Code.objects.get(code="RED").valid_to is None


def test_an_older_edition_is_refused(folder):
    load(folder.write("colour", RED, edition="2027-04").path, at=AT)

    with pytest.raises(BadFile, match=r"“colour” is of edition 2027-03; edition 2027-04 is loaded already"):
        load(folder.write("colour", BLUE, edition="2027-03").path, at=AT)

    assert CodeList.objects.get().edition == "2027-04"


def test_a_refusal_at_the_last_list_leaves_the_first_as_it_was(folder):
    load(folder.write("colour", RED, edition="2027-04").path, at=AT)
    folder.manifest = {}
    folder.write("fruit", "PEAR,Pear,,,,proposed,,").write("colour", BLUE, edition="2027-03")

    with pytest.raises(BadFile):
        load(folder.path, at=AT)

    assert not CodeList.objects.filter(key="fruit").exists()


def test_nothing_is_loaded_that_cannot_be_audited(folder, monkeypatch):
    def broken(*args, **counts):
        raise OSError("the audit cannot be written")

    monkeypatch.setattr("ims.audit.events.record", broken)

    with pytest.raises(OSError):
        load(folder.write("colour", RED).path, at=AT)

    assert not CodeList.objects.exists()
    assert not Code.objects.exists()


def test_a_list_is_as_sure_as_its_codes_agree(folder):
    folder.write("sure", BLUE)

    load(folder.write("colour", RED, BLUE).path, at=AT)

    assert CodeList.objects.get(key="sure").confidence == "verified"
    assert CodeList.objects.get(key="colour").confidence == "mixed"


def test_the_command_prints_what_became_of_every_list(folder):
    load(folder.write("colour", RED, BLUE).path, at=AT)
    folder.write("colour", "BLUE,Navy,2020-01-01,,Cold,verified,Seen,RAL 5005", "GREEN,Green,,,,proposed,,")
    printed = StringIO()

    call_command("load_codelists", folder=folder.path, stdout=printed)

    assert printed.getvalue().splitlines() == [
        "colour: 0 same, 1 new, 1 changed, 1 retired",
        "  changed  BLUE: label “Blue” → “Navy”",
        "  retired  RED: “Red”, last day 2026-11-01",
    ]


def test_the_command_says_which_file_and_row_is_wrong(folder):
    folder.write("colour", RED, "BLUE,Blue,,,,certain,,")

    with pytest.raises(CommandError, match=r"Nothing was loaded\. colour\.csv, row 3: confidence"):
        call_command("load_codelists", folder=folder.path)


@pytest.mark.parametrize(
    ("rule", "cells"),
    [
        ("code_once_in_its_list", {"code": "RED"}),
        ("code_valid_from_before_valid_to", {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}),
        ("code_and_label_are_not_empty", {"label": ""}),
        ("code_confidence_is_known", {"confidence": "certain"}),
    ],
)
def test_the_database_itself_refuses_a_broken_code(folder, rule, cells):
    load(folder.write("colour", RED).path, at=AT)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Code.objects.create(
            **{"list_id": "colour", "code": "X", "label": "X", "confidence": "proposed", **cells}
        )


def test_our_own_files_load_and_hold_every_list_that_is_asked_for():
    load(OUR_FILES, at=AT)

    assert set(CodeList.objects.values_list("key", flat=True)) == {
        "sex", "ethnicity", "nationality", "substance", "route", "injecting_status", "equipment", "place",
        "intervention_type", "intervention_setting", "consent_how",
        "naloxone_kit", "naloxone_reason", "answer", "accommodation", "employment",
        "referral_source", "referral_destination", "referral_reason", "decline_reason",
    }  # fmt: skip
