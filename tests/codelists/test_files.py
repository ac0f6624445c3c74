"""A bad file changes nothing and says which file and row is bad."""

from datetime import UTC, datetime

import pytest

from ims.codelists.files import BadFile, edition_day
from ims.codelists.loading import load
from ims.codelists.models import Code, CodeList

AT = datetime(2026, 11, 5, 12, tzinfo=UTC)
RED = "RED,Red,,,,proposed,,"
EQUIPMENT = "code,label,since,until,group,confidence,note,maps_to,needles,barrels,sets"


def good_first(folder):
    """A good list stands before the bad one, so that something would be saved by a load that stops half-way."""
    return folder.write("fruit", "PEAR,Pear,,,,proposed,,")


def assert_refused(folder, because):
    before = list(CodeList.objects.values()), list(Code.objects.order_by("id").values())
    with pytest.raises(BadFile, match=because):
        load(folder.path, at=AT)
    assert (list(CodeList.objects.values()), list(Code.objects.order_by("id").values())) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "because"),
    [
        ([RED, "RED,Red again,,,,proposed,,"], r"colour\.csv, row 3: “RED” is already in row 2"),
        ([RED, "BLUE,Blue,01/02/2026,,,proposed,,"], r"colour\.csv, row 3: “01/02/2026” is not a day"),
        (["BLUE,Blue,20260201,,,proposed,,"], r"colour\.csv, row 2: “20260201” is not a day"),
        (["BLUE,Blue,,2026-02-30,,proposed,,"], r"colour\.csv, row 2: there is no such day as 2026-02-30"),
        (["BLUE,Blue,2026-02-02,2026-02-01,,proposed,,"], r"colour\.csv, row 2: until is before since"),
        (["BLUE,Blue,,,,certain,,"], r"colour\.csv, row 2: confidence: .*certain"),
        (["BLUE,Blue,,,,,,"], r"colour\.csv, row 2: confidence"),
        ([",Blue,,,,proposed,,"], r"colour\.csv, row 2: code"),
        (["BLUE,,,,,proposed,,"], r"colour\.csv, row 2: label"),
        ([f"{'B' * 31},Blue,,,,proposed,,"], r"colour\.csv, row 2: code"),
        (["BLUE,Blue,,,,proposed"], r"colour\.csv, row 2: has 6 cells, not 8"),
        ([RED, "BLUE,Blue,,,,proposed,,,"], r"colour\.csv, row 3: has 9 cells, not 8"),
        ([], r"colour\.csv: has no codes"),
    ],
)
def test_a_bad_row_changes_nothing_and_is_named(folder, rows, because):
    assert_refused(good_first(folder).write("colour", *rows), because)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    [
        "code,label,since,until,group,confidence,note,maps_to,shade",
        "code,label,since,until,group,confidence,note",
        "code,code,since,until,group,confidence,note,maps_to",
        "",
    ],
)
def test_columns_that_are_unknown_missing_or_twice_stop_the_file(folder, header):
    assert_refused(
        good_first(folder).write("colour", header=header), r"colour\.csv, row 1: columns must be code, label"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("needles", ["", "-1", "1.5", "one", "²", "٣"])
def test_a_count_has_to_be_a_whole_number(folder, needles):
    folder.write("equipment", f"SYR,Syringe,,,,proposed,,,{needles},1,1", header=EQUIPMENT)

    assert_refused(folder, rf"equipment\.csv, row 2: needles cannot be “{needles}”")


@pytest.mark.django_db
def test_a_drug_has_to_say_its_cohort(folder):
    header = "code,label,since,until,group,confidence,note,maps_to,cohort"
    folder.write("substance", "HEROIN,Heroin,,,,proposed,,,opioid", header=header)

    assert_refused(folder, r"substance\.csv, row 2: cohort cannot be “opioid”")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("colour,Colour,November,Made up", r"lists\.csv, row 2: edition “November”"),
        ("colour,Colour,2026-13,Made up", r"lists\.csv, row 2: edition “2026-13”"),
        ("../colour,Colour,2026-11,Made up", r"lists\.csv, row 2: key"),
        ("colour,,2026-11,Made up", r"lists\.csv, row 2: title"),
        ("colour,Colour,2026-11,", r"lists\.csv, row 2: source"),
        ("colour,Colour,2026-11", r"lists\.csv, row 2: has 3 cells, not 4"),
        ("fruit,Fruit,2026-11,Made up", r"lists\.csv: does not name colour\.csv"),
    ],
)
def test_a_bad_line_of_the_manifest_changes_nothing_and_is_named(folder, line, because):
    folder.write("colour", RED).write_raw("lists.csv", "key,title,edition,source", line)

    assert_refused(folder, because)


@pytest.mark.django_db
def test_a_list_named_twice_is_refused(folder):
    line = "colour,Colour,2026-11,Made up"
    folder.write("colour", RED).write_raw("lists.csv", "key,title,edition,source", line, line)

    assert_refused(folder, r"lists\.csv, row 3: “colour” is already in row 2")


@pytest.mark.django_db
def test_a_folder_without_a_manifest_or_without_a_named_list_is_refused(folder):
    assert_refused(folder, r"lists\.csv: cannot be read")

    folder.write("colour", RED)
    (folder.path / "colour.csv").unlink()

    assert_refused(folder, r"colour\.csv: cannot be read")


@pytest.mark.django_db
def test_a_file_that_is_not_utf_8_is_refused(folder):
    good_first(folder).write("colour", RED)
    (folder.path / "colour.csv").write_bytes("code,label\nT,Türkiye\n".encode("latin-1"))

    assert_refused(folder, r"colour\.csv: cannot be read as CSV in UTF-8")


@pytest.mark.django_db
def test_a_file_saved_by_a_spreadsheet_with_its_mark_in_front_is_read(folder):
    folder.write("colour", "RED,Türkisch,,,,proposed,,")
    path = folder.path / "colour.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8-sig"))

    load(folder.path, at=AT)

    assert Code.objects.get(list="colour").label == "Türkisch"


def test_an_edition_begins_on_the_first_of_its_month_or_on_its_day():
    assert edition_day("2026-11").isoformat() == "2026-11-01"
    assert edition_day("2026-11-05").isoformat() == "2026-11-05"
