"""CSV as any spreadsheet writes it."""

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ims.bulk.reading.sheet import Limits, Unreadable, open_sheet
from ims.core.csvio import write_rows
from tests.bulk.files import facts, read
from tests.bulk.leftovers import nothing_left  # noqa: F401 - asks after every test

ROWS = [["Date", "Client", "Out"], ["01/03/2026", "AB05051985M", "10"], ["02/03/2026", "7Q4", ""]]
READ = (ROWS[0], [(2, ROWS[1]), (3, ROWS[2])])
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows (cp1252)",
    "utf-16": "UTF-16",
    "utf-16-be": "UTF-16",
}


def written(rows, delimiter=",", line_end="\r\n"):
    """As a spreadsheet writes them that was given our own file."""
    text = io.StringIO(newline="")
    ours = csv.reader(io.StringIO("".join(write_rows(rows)), newline=""))
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(ours)
    return text.getvalue()


def encoded(text, codec):
    return ("\ufeff" + text if codec == "utf-16-be" else text).encode(codec)


@pytest.mark.parametrize("codec", ENCODINGS)
@pytest.mark.parametrize("delimiter", ",;\t|")
def test_every_dialect_reads_the_same_and_is_named(codec, delimiter):
    rows = [*ROWS, ["03/03/2026", "Zoë", "£5 – José’s"]]
    data = encoded(written(rows, delimiter), codec)

    assert read(data) == (rows[0], [(n, row) for n, row in enumerate(rows[1:], 2)])
    assert (facts(data).kind, facts(data).encoding, facts(data).delimiter) == (
        "csv",
        ENCODINGS[codec],
        delimiter,
    )


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_every_line_end_is_one(line_end):
    assert read(written(ROWS, line_end=line_end).encode()) == READ


def test_line_ends_may_be_mixed():
    assert read(b"Date,Client,Out\r\n01/03/2026,AB05051985M,10\r02/03/2026,7Q4,\n") == READ


def test_the_last_row_needs_no_line_end():
    assert read(written(ROWS).strip().encode()) == READ


def test_a_delimiter_inside_quotes_divides_nothing():
    data = b'"Name; first; last",Date\r\n"Smith; John; J",01/03/2026\r\n'

    assert read(data)[0] == ["Name; first; last", "Date"]


def test_headings_with_commas_in_them_are_told_by_the_rows_below():
    data = b"Name, given, family;Date\nSmith, John;01/03/2026\nJones, Ann;02/03/2026\n"

    assert read(data)[0] == ["Name, given, family", "Date"]


def test_commas_in_numbers_do_not_divide_a_file_of_semicolons():
    assert read(b"Client;Grams\n7Q4;1,5\n7Q5;2,5\n")[1] == [(2, ["7Q4", "1,5"]), (3, ["7Q5", "2,5"])]


def test_a_line_of_white_space_above_the_headings_hides_no_delimiter():
    assert read(b"  \r\nClient;Out\r\n7Q4;1\r\n") == (["Client", "Out"], [(3, ["7Q4", "1"])])


def test_a_file_of_one_column_is_read():
    assert read(b"IMS ID\nAB12\nCD34\n") == (["IMS ID"], [(2, ["AB12"]), (3, ["CD34"])])


def test_the_line_that_tells_excel_the_delimiter_is_no_row():
    assert read(b"sep=;\r\nClient;Out, in\r\n7Q4;1\r\n") == (["Client", "Out, in"], [(2, ["7Q4", "1"])])


def test_rows_are_numbered_as_the_spreadsheet_shows_them():
    data = b'\n,,\nDate,Note\n1/3/2026,"two\r\nlines"\n\n , \n2/3/2026,b\n'

    assert read(data) == (["Date", "Note"], [(4, ["1/3/2026", "two\r\nlines"]), (7, ["2/3/2026", "b"])])


def test_a_short_row_is_made_as_wide_as_the_headings():
    assert read(b"a,b,c\n1\n")[1] == [(2, ["1", "", ""])]


def test_a_row_with_something_right_of_the_headings_shows_it():
    assert read(b"a,b,,\n1,2,,\n1,2,,x,\n") == (["a", "b"], [(2, ["1", "2"]), (3, ["1", "2", "", "x"])])


def test_columns_with_nothing_in_them_need_no_heading():
    assert read(b"a,,,b\n1,,,2\n") == (["a", "", "", "b"], [(2, ["1", "", "", "2"])])


def test_cells_are_trimmed_of_every_white_space():
    assert read("a ,\xa0b\n \t1,2\xa0\u2003\n".encode()) == (["a", "b"], [(2, ["1", "2"])])


def test_our_own_mark_of_text_is_taken_off():
    assert read(b"'=a,b\n'+44 151,'quoted'\n") == (["=a", "b"], [(2, ["+44 151", "'quoted'"])])


awkward = st.text(st.sampled_from("'\"=+-@\t\r\n ,;|a\xa0é")) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)
in_windows = st.text(st.sampled_from("'\"=+-@\t\r\n ,;|aéüÅ"))


@given(st.data(), st.sampled_from(list(ENCODINGS)), st.sampled_from(",;\t|"))
def test_what_we_write_is_read_back_the_same(data, codec, delimiter):
    cell = in_windows if codec == "cp1252" else awkward
    rows = data.draw(st.lists(st.tuples(st.just("x"), cell, cell).map(list), min_size=1, max_size=5))

    found = read(encoded(written([["Date", "Client", "Note"], *rows], delimiter), codec))

    assert found == (
        ["Date", "Client", "Note"],
        [(n, [cell.strip() for cell in row]) for n, row in enumerate(rows, 2)],
    )


@pytest.mark.parametrize("codec", ENCODINGS)
@pytest.mark.parametrize("shift", range(4))
def test_a_letter_is_whole_wherever_it_stands_in_a_long_file(codec, shift):
    letters = "x" * shift + "aé" * 100
    data = encoded("a,b\r\n" + f"1,{letters}\r\n" * 6_000, codec)

    assert len(data) > 1 << 20
    assert read(data)[1][-1] == (6_001, ["1", letters])


def test_the_first_letter_of_windows_may_come_late():
    rows = b"a,b\r\n".ljust(16, b"\n") + b"1,xxxxxxxxxxx\r\n\n" * ((1 << 16) - 1)
    data = rows[:-3] + b"Zo\xeb" + b"y\r\n"

    assert data.index(b"\xeb") == (1 << 20) - 1
    assert read(data)[1][-1][1] == ["1", "xxxxxxxxxxxZoëy"]


def test_a_damaged_letter_is_placed_in_a_long_file():
    data = "a,é\n".encode() + "1,é\n".encode() * 300_000 + b"1,\xc3x\n"

    with pytest.raises(Unreadable, match="Near row 300002 is a damaged letter"):
        read(data)


def test_a_long_file_is_never_in_memory_as_a_whole():
    data = written([ROWS[0], *[["01/03/2026", "7Q4", "a long note, " * 10]] * 100_000]).encode()

    tracemalloc.start()
    with open_sheet(data, name="long.csv", limits=Limits()) as sheet:
        count = sum(1 for _ in sheet.rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 100_000
    assert peak < len(data) / 4
