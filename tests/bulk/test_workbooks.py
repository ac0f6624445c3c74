"""Excel workbooks: what a person sees in the first sheet is what is read."""

import pytest

from ims.bulk.reading.limits import Unreadable
from tests.bulk.files import (
    DAY,
    DURATION,
    MOMENT,
    TIME,
    facts,
    number,
    read,
    shared_strings,
    sheet_part,
    table,
    text,
    workbook,
)
from tests.bulk.leftovers import nothing_left  # noqa: F401 - asks after every test

ROWS = [["Date", "Client", "Out"], ["01/03/2026", "AB05051985M", "10"], ["02/03/2026", "7Q4", ""]]


def cell_that_is(markup, **of_workbook):
    """A cell B2 of a workbook, as it is read."""
    return read(workbook(table([["a", "b"]]) + f"<row>{text('A2', 'x')}{markup}</row>", **of_workbook))[1][0][
        1
    ][1]


def test_a_workbook_reads_like_the_same_rows_in_csv():
    assert read(workbook(table(ROWS))) == (ROWS[0], [(2, ROWS[1]), (3, ROWS[2])])


def test_the_page_can_say_which_sheet_was_read():
    sheet = facts(workbook("", table(ROWS)))

    assert (sheet.kind, sheet.tab, sheet.encoding, sheet.delimiter) == ("xlsx", "Sheet 2", "", "")


def test_a_hidden_sheet_is_passed_over():
    assert read(workbook(table([["codes", "words"], [1, 2]]), table(ROWS), hidden=[0]))[0] == ROWS[0]


@pytest.mark.parametrize(
    ("markup", "cell"),
    [
        (number("B2", "7"), "7"),
        (number("B2", "7.0"), "7"),
        (number("B2", "-12"), "-12"),
        (number("B2", "1.5"), "1.5"),
        (number("B2", "0.30000000000000004"), "0.3"),
        (number("B2", "123456789012345"), "123456789012345"),
        (number("B2", "1234567890123457"), "1234567890123457"),
        (number("B2", "1.234567890123457E+15"), "1234567890123457"),
        (number("B2", "-0"), "0"),
        (number("B2", "46082", DAY), "2026-03-01"),
        (number("B2", "46082.604166666664", MOMENT), "2026-03-01 14:30"),
        (number("B2", "46082.60416666", MOMENT), "2026-03-01 14:30"),
        (number("B2", "46082.60417824074", MOMENT), "2026-03-01 14:30:01"),
        (number("B2", "2958465.9999999", MOMENT), "9999-12-31 23:59:59"),
        (number("B2", "0.604166666666666", TIME), "14:30"),
        (number("B2", "1.5", DURATION), "36:00"),
        (number("B2", "1.50001157407407", DURATION), "36:00:01"),
        ('<c r="B2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B2" t="b"><v>0</v></c>', "FALSE"),
        (text("B2", "\xa0 L1 8JQ "), "L1 8JQ"),
        (text("B2", "two\nlines"), "two\nlines"),
        (text("B2", "'+44 151"), "+44 151"),
        (text("B2", '"quoted", and "so on'), '"quoted", and "so on'),
        ('<c r="B2"/>', ""),
    ],
)
def test_a_cell_is_read_as_a_person_sees_it(markup, cell):
    assert cell_that_is(markup) == cell


def test_days_of_a_workbook_that_counts_from_1904_are_the_same_days():
    assert cell_that_is(number("B2", "44620", DAY), properties='<workbookPr date1904="1"/>') == "2026-03-01"


@pytest.mark.parametrize(
    ("formula", "cell"),
    [
        ('<c r="B2"><f>1+1</f><v>3</v></c>', "3"),
        ('<c r="B2" t="str"><f>HYPERLINK("x")</f><v>x</v></c>', "x"),
        ('<c r="B2" t="str"><f>IF(A1="","","x")</f><v></v></c>', ""),
        ('<c r="B2"><f t="shared" si="0"/><v>4</v></c>', "4"),
    ],
)
def test_a_formula_is_the_value_stored_with_it_and_is_never_worked_out(formula, cell):
    assert cell_that_is(formula) == cell


def test_a_text_like_a_formula_stays_text():
    assert cell_that_is(text("B2", "=1+1")) == "=1+1"


def test_rows_and_columns_keep_their_places_where_a_table_begins_further_in():
    rows = f"<row>{text('B3', 'Date')}{text('C3', 'Client')}</row><row>{text('C5', '7Q4')}{number('D5', 1)}</row>"

    assert read(workbook(rows)) == (["", "Date", "Client"], [(5, ["", "", "7Q4", "1"])])


def test_words_shared_by_cells_are_read():
    strings = shared_strings("Client", "7Q4")
    cells = "".join(f'<row><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in (1, 2))

    assert read(workbook(cells, parts={"xl/sharedStrings.xml": strings})) == (["Client"], [(2, ["7Q4"])])


def test_an_error_in_a_hidden_sheet_is_nobody_s_concern():
    error = '<row><c r="A1" t="e"><v>#N/A</v></c></row>'

    assert read(workbook(error, table(ROWS), hidden=[0]))[0] == ROWS[0]


@pytest.mark.parametrize("place", [(1 << 20) - 10, (1 << 20) + 10, 3 << 20])
def test_an_error_is_found_wherever_it_stands_in_a_long_sheet(place):
    error = '<c r="C9" s="1" t="e"><v>#N/A</v></c>'
    sheet = sheet_part(table([["a", "b"]]) + f"<!--pad--><row>{error}</row>")
    sheet = sheet.replace("pad", "x" * (place + len("pad") - sheet.index(error)))
    data = workbook("", parts={"xl/worksheets/sheet1.xml": sheet})

    assert sheet.index(error) == place
    with pytest.raises(ValueError, match="Cell C9 shows an error"):
        read(data)


class TestWhatWouldBeLost:
    """A workbook in which a part would be read as nothing, without a word, is refused whole."""

    def test_cells_merged_below_the_headings(self):
        with pytest.raises(Unreadable) as refused:
            read(with_merged("B2:B3"))

        assert str(refused.value) == (
            "Cells B2:B3 are merged, and only the first of them says anything. Unmerge them and fill in each."
        )

    def test_headings_may_be_merged_with_what_is_beside_them(self):
        assert read(with_merged("C1:D1")) == read(workbook(table(ROWS)))

    def test_rows_in_another_sheet(self):
        with pytest.raises(Unreadable) as refused:
            read(workbook(table(ROWS), table([["Codes", "Words"], [1, 2]]), table(ROWS)))

        assert str(refused.value) == (
            "The workbook has another sheet with the same headings, “Sheet 3”, and only one is read. "
            "Put all rows into one sheet, or send each sheet as a file of its own."
        )

    def test_other_sheets_may_stand_behind_the_first_and_a_hidden_one_may_be_like_it(self):
        notes = table([["Notes"], ["of March"]])

        assert read(workbook(table(ROWS), notes, table(ROWS), hidden=[2])) == read(workbook(table(ROWS)))


def with_merged(cells: str) -> bytes:
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'
    part = sheet_part(table(ROWS)).replace("</sheetData>", merged)
    return workbook("", parts={"xl/worksheets/sheet1.xml": part})
