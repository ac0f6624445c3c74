"""What is refused as a whole file, and in which words; what looks odd and is read all the same."""

import io
import tracemalloc
import zipfile

import pytest

from ims.bulk.reading.sheet import Limits, Unreadable, open_sheet
from tests.bulk.files import (
    MACROS_TYPE,
    number,
    read,
    shared_strings,
    sheet_part,
    table,
    text,
    workbook,
    zipped,
)
from tests.bulk.leftovers import nothing_left  # noqa: F401 - asks after every test

MEMORY = 200_000_000  # enough for a small workbook
LONG_CELL = "a cell has more than 10,000 characters. Shorten it."
HEADINGS = ["Date", "Client"]
GOOD = table([HEADINGS, ["01/03/2026", "7Q4"]])
AGAIN = "Save it again as CSV or as an Excel workbook (.xlsx) without a password."
AS_UTF_8 = "Save it again as “CSV UTF-8” or as an Excel workbook (.xlsx)."
IN_EXCEL = "Open it in Excel, choose Save As, then “Excel Workbook (.xlsx)” or “CSV UTF-8”."
AS_XLSX = "Open it, choose Save As, then “Excel Workbook (.xlsx)” or “CSV UTF-8”."
QUOTATION = (
    'a cell begins with a quotation mark (") that is not closed where the cell ends. Close it or take it out.'
)
DAMAGED = f"The workbook is damaged or was not made by a spreadsheet program. {AGAIN}"
TOO_LARGE = (
    "The workbook becomes too large when it is opened. "
    "Copy your table alone into a new workbook, or save it as CSV, or split it into smaller files."
)
NAMES_FIRST = "Put the name of each column into the first row."
RIGHT_OF_TABLE = "Delete the columns right of your table, then save it again."
NOTHING = "The file has no cell with anything in it. Choose the file that your rows are in."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LAUGHS = '<!DOCTYPE sst [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def in_utf_16(word):
    return word.encode("utf-16-le") + b"\0\0"


def with_strings(part):
    """A workbook whose second column is the first of its shared strings."""
    rows = table([HEADINGS]) + '<row><c r="A2"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row>'
    return workbook(rows, parts={"xl/sharedStrings.xml": part})


def without_its_end():
    whole = workbook(GOOD)
    return whole[: len(whole) // 2]


def with_a_changed_byte():
    """The contents of its sheet no longer agree with their checksum."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as good:
        for name in good.namelist():
            archive.writestr(name, good.read(name))
    return file.getvalue().replace(b"01/03/2026", b"01/03/2027", 1)


def with_a_password():
    """As packing programs do it; Excel wraps its workbooks otherwise."""
    locked = bytearray(workbook(GOOD))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.index(signature) + flags] |= 1
    return bytes(locked)


def that_says_it_is_small():
    """Its list of contents says that the sheet has 1,000 bytes."""
    bomb = bytearray(
        workbook("", parts={"xl/worksheets/sheet1.xml": sheet_part(number("A1", 1) * 1_000_000)})
    )
    entry = bomb.rindex(b"PK\1\2", 0, bomb.rindex(b"xl/worksheets/sheet1.xml"))
    bomb[entry + 24 : entry + 28] = (1_000).to_bytes(4, "little")
    return bytes(bomb)


TEXTS = {
    "empty": (b"", "The file is empty. Choose the file that your rows are in."),
    "one byte": (b"x", "The file has headings in row 1 and no rows below them. Add your rows."),
    "one byte that is a number": (b"7", f"Row 1 has no headings, only numbers. {NAMES_FIRST}"),
    "one byte that is no letter": (
        b"\0",
        f"The file has bytes that no text has: it is damaged or not a table. {AGAIN}",
    ),
    "only a byte order mark": (b"\xef\xbb\xbf", NOTHING),
    "only blank rows": (b"\r\n,,\r\n ,\r\n", NOTHING),
    "nul bytes": (
        b"a,b\n1,\0\n",
        f"The file has bytes that no text has: it is damaged or not a table. {AGAIN}",
    ),
    "nul in utf-16": (
        "a,b\n1,x\0y\n".encode("utf-16"),
        f"Row 2, column B: a character that no text has (NUL). {AGAIN}",
    ),
    "utf-16 without its mark": (
        "Date,Client\n1,2\n".encode("utf-16-le"),
        f"The file is Unicode text (UTF-16) without its mark at the start. {AS_UTF_8}",
    ),
    "utf-16 cut in a letter": (
        "Date,Client\n1,2\n".encode("utf-16")[:-1],
        f"The file is damaged near its byte 32. {AS_UTF_8}",
    ),
    "utf-8 with a damaged letter": (
        "Date,Née\n1,é\n2,é".encode()[:-1],
        f"Near row 3 is a damaged letter. {AS_UTF_8}",
    ),
    "no letter of windows": (b"a,b\r\n1,\x81\r\n", f"Near row 2 is a letter that cannot be read. {AS_UTF_8}"),
    "a quote never closed": (b'a,b\n1,x\n2,"y\n3,z\n', f"Row 3: {QUOTATION}"),
    "a quote closed by the next one": (b'a,b\n1,"x\n2,"y"\n3,z\n', f"Row 2: {QUOTATION}"),
    "a quote that swallows a long file": (b'a,b\n1,"x\n' + b"2,y\n" * 100_000, f"Row 2: {QUOTATION}"),
    "a field of 10 MB": (
        b"a,b\n1," + b"x" * 10_000_000 + b"\n",
        "Row 2: a cell has more than 10,000 characters. Shorten it.",
    ),
    "a field of 200 KB": (
        b"a,b\n1," + b"x" * 200_000 + b"\n",
        "Row 2: a cell has more than 10,000 characters. Shorten it.",
    ),
    "a field of 10,001 characters": (
        b"a,b\n1," + b"x" * 10_001 + b"\n",
        "Row 2, column B: more than 10,000 characters. Shorten it. "
        'If it runs over several rows, a quotation mark (") is missing.',
    ),
    "a million columns": (b"x," * 1_000_000, f"Row 1: more than 500 columns. {RIGHT_OF_TABLE}"),
    "501 columns": (
        ",".join(f"c{n}" for n in range(501)).encode() + b"\n1\n",
        f"Row 1: more than 500 columns. {RIGHT_OF_TABLE}",
    ),
    "a row of 501 columns": (b"a,b\n1" + b",x" * 500, f"Row 2: more than 500 columns. {RIGHT_OF_TABLE}"),
    "a row that never ends": (b"a,b\n" + b'"\n",' * 1_000_000, f"Row 2: {QUOTATION}"),
    "only headings": (
        b"\nDate,Client\n\n",
        "The file has headings in row 2 and no rows below them. Add your rows.",
    ),
    "a date for a heading": (
        b"7Q4,01/02/2026\n7Q5,02/02/2026\n",
        f"Row 1 has no headings: column B is a date. {NAMES_FIRST}",
    ),
    "a moment for a heading": (
        b"7Q4,2026-02-01 14:30\n7Q5,x\n",
        f"Row 1 has no headings: column B is a date. {NAMES_FIRST}",
    ),
    "numbers for headings": (
        b"1,2.5,,14:30\n1,2,,3\n",
        f"Row 1 has no headings, only numbers. {NAMES_FIRST}",
    ),
    "a title above the headings": (
        b"Exchanges in March\n\nDate,Client\n1,2\n",
        "Row 1 has one heading and row 3 has more cells. "
        "If it is a title, delete every row above your headings.",
    ),
    "data below a blank heading": (
        b"Date,,Client\n1,,2\n3,x,4\n",
        "Row 3 has something in column B, which has no heading. Give the column a heading or empty it.",
    ),
    "a heading twice": (
        b"Date,Client,DATE \n1,2,3\n",
        "Columns A and C are both called “DATE”. Rename or delete one of them.",
    ),
    "a heading twice but for white space": (
        b'Date in,Client,"Date\n in"\n1,2,3\n',
        "Columns A and C are both called “Date\n in”. Rename or delete one of them.",
    ),
}
OTHER_KINDS = {
    "xls": (OLE + in_utf_16("Workbook"), f"The file is an old Excel workbook (.xls). {IN_EXCEL}"),
    "xls of Excel 5": (OLE + in_utf_16("Book"), f"The file is an old Excel workbook (.xls). {IN_EXCEL}"),
    "a workbook with a password": (
        OLE + in_utf_16("EncryptionInfo") + in_utf_16("EncryptedPackage"),
        f"The workbook is protected by a password. {AGAIN}",
    ),
    "doc": (
        OLE + in_utf_16("WordDocument"),
        f"The file is a document of an old Office program, not a table. {AGAIN}",
    ),
    "pdf": (b"%PDF-1.7\n", f"The file is a PDF, not a table. {AGAIN}"),
    "png": (b"\x89PNG\r\n\x1a\n", f"The file is a picture (PNG), not a table. {AGAIN}"),
    "jpeg": (b"\xff\xd8\xff\xe0", f"The file is a picture (JPEG), not a table. {AGAIN}"),
    "gif": (b"GIF89a", f"The file is a picture (GIF), not a table. {AGAIN}"),
    "gzip": (b"\x1f\x8b\x08", f"The file is a compressed file (gzip), not a table. {AGAIN}"),
    "rtf": (b"{\\rtf1", f"The file is a text document (RTF), not a table. {AGAIN}"),
    "a web page called .xls": (
        b"\xef\xbb\xbf\r\n<HTML><table>",
        f"The file is a web page, whatever it is called. {IN_EXCEL}",
    ),
    "xml": (
        b'<?xml version="1.0"?><Workbook/>',
        f"The file is an XML file, whatever it is called. {IN_EXCEL}",
    ),
    "ods": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}),
        f"The file is an OpenDocument file (such as .ods). {AS_XLSX}",
    ),
    "xlsb": (
        zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}),
        f"The file is a binary Excel workbook (.xlsb). {AS_XLSX}",
    ),
    "xlsm": (workbook(GOOD, of_type=MACROS_TYPE), f"The workbook may hold macros (.xlsm). {AS_XLSX}"),
    "macros in a workbook": (
        workbook(GOOD, parts={"xl/vbaProject.bin": b"x"}),
        f"The workbook may hold macros (.xlsm). {AS_XLSX}",
    ),
    "zip": (
        zipped({"march.csv": "a,b\n1,2\n"}),
        f"The file is a zip file, not a table. Unpack it and choose the table inside. {AGAIN}",
    ),
    "an empty zip": (zipped({}), f"The file is an empty zip file, not a table. {AGAIN}"),
}
WORKBOOKS = {
    "without its end": (without_its_end(), DAMAGED),
    "with a changed byte": (with_a_changed_byte(), DAMAGED),
    "a bomb that says it is small": (that_says_it_is_small(), DAMAGED),
    "with a password": (with_a_password(), f"The workbook is protected by a password. {AGAIN}"),
    "not even a zip": (b"PK\x03\x04 nothing else", DAMAGED),
    "names that lead outside": (
        workbook(GOOD, parts={"../../etc/cron.d/x": "x"}),
        f"The file has parts with unsafe names: no spreadsheet program made it. {AGAIN}",
    ),
    "names of the whole machine": (
        workbook(GOOD, parts={"/etc/passwd": "x"}),
        f"The file has parts with unsafe names: no spreadsheet program made it. {AGAIN}",
    ),
    "a billion laughs": (with_strings(shared_strings("&i;", before=f"{LAUGHS}]>")), DAMAGED),
    "a billion laughs in its list of sheets": (
        workbook(GOOD, prolog=f"{LAUGHS}]>", properties="&i;"),
        DAMAGED,
    ),
    "an entity from a file": (
        with_strings(
            shared_strings("&x;", before='<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
        ),
        DAMAGED,
    ),
    "no sheet with a cell": (
        workbook("", ""),
        "The workbook has no sheet with anything in it, apart from hidden ones. Choose the file that your rows are in.",
    ),
    "a hidden sheet alone": (
        workbook(GOOD, hidden=[0]),
        "The workbook has no sheet with anything in it, apart from hidden ones. Choose the file that your rows are in.",
    ),
    "only white space": (workbook(text("A1", " ")), NOTHING),
    "only headings": (
        workbook(table([HEADINGS])),
        "The file has headings in row 1 and no rows below them. Add your rows.",
    ),
    "a heading twice": (
        workbook(table([["Date", "date"], [1, 2]])),
        "Columns A and B are both called “date”. Rename or delete one of them.",
    ),
    "an error of a formula": (
        workbook(GOOD + '<row r="7"><c r="B7" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'),
        "Cell B7 shows an error of a formula, such as #N/A. Put it right or empty it.",
    ),
    "a formula without a value": (
        workbook(GOOD + '<row r="7"><c r="B7"><f>1+1</f></c></row>'),
        "Cell B7 is a formula that was saved without its value. "
        "Open the workbook in Excel and save it again, or paste values over the formulas.",
    ),
    "a formula without a value, as another program writes it": (
        workbook(GOOD + '<row r="7"><c r="B7"><f>1+1</f><v></v></c></row>'),
        "Cell B7 is a formula that was saved without its value. "
        "Open the workbook in Excel and save it again, or paste values over the formulas.",
    ),
    "something far to the right": (
        workbook(GOOD + text("XFD1", "x")),
        f"Something stands in column XFD, and the most is 500 columns. {RIGHT_OF_TABLE}",
    ),
    "something in the far corner": (workbook(GOOD + text("XFD1048576", "x")), TOO_LARGE),
    "a place that is none": (workbook(GOOD + text("ZZZZZZZ99999999999", "x")), DAMAGED),
    "a character that no text has": (
        workbook(table([HEADINGS, ["1", "x_x0000_y"]])),
        f"Row 2, column B: a character that no text has (NUL). {AGAIN}",
    ),
    "a long cell": (
        workbook(table([HEADINGS, ["1", "x" * 10_001]])),
        "Row 2, column B: more than 10,000 characters. Shorten it. "
        'If it runs over several rows, a quotation mark (") is missing.',
    ),
}


def rows_of(cases):
    return [pytest.param(*case, id=name) for name, case in cases.items()]


@pytest.mark.parametrize(("data", "words"), rows_of(TEXTS))
def test_a_text_that_is_no_table_is_refused_in_plain_words(data, words):
    with pytest.raises(Unreadable) as refusal:
        read(data)

    assert str(refusal.value) == words


@pytest.mark.parametrize(("data", "words"), rows_of(OTHER_KINDS))
@pytest.mark.parametrize("name", ["march.csv", "march.zip"])
def test_another_kind_of_file_is_refused_by_its_name(data, words, name):
    with pytest.raises(Unreadable) as refusal:
        read(data, name)

    assert str(refusal.value) == words


@pytest.mark.parametrize(("data", "words"), rows_of(WORKBOOKS))
def test_an_odd_workbook_is_refused_in_plain_words(data, words):
    with pytest.raises(Unreadable) as refusal:
        read(data, "march.xlsx", memory=MEMORY)

    assert str(refusal.value) == words


def test_a_zip_that_is_called_a_workbook_is_a_damaged_workbook():
    with pytest.raises(Unreadable) as refusal:
        read(zipped({"xl/other.xml": "x"}), "march.XLSX")

    assert str(refusal.value) == DAMAGED


def test_a_workbook_called_csv_is_a_workbook():
    assert read(workbook(GOOD), "march.csv")[1] == [(2, ["01/03/2026", "7Q4"])]


def test_a_csv_called_a_workbook_is_a_csv():
    assert read(b"Date,Client\n01/03/2026,7Q4\n", "march.xlsx")[1] == [(2, ["01/03/2026", "7Q4"])]


def test_a_file_of_too_many_bytes_is_refused():
    with pytest.raises(Unreadable) as refusal:
        read(b"x" * 2_500_001, bytes=2_500_000)

    assert str(refusal.value) == (
        "The file has 2.6 MB and the most is 2.5 MB. Split it into smaller files, each with the headings."
    )


@pytest.mark.parametrize("data", [b"a,b\n1,2\n\n3,4\n", workbook(table([["a", "b"], [1, 2], [], [3, 4]]))])
def test_a_file_of_too_many_rows_is_refused(data):
    assert len(read(data, rows=3)[1]) == 2

    with pytest.raises(Unreadable) as refusal:
        read(data, rows=2)

    assert str(refusal.value) == (
        "The file has more than 2 rows, blank ones included. Split it into smaller files, each with the headings."
    )


def test_a_workbook_that_says_it_unpacks_to_very_much_is_not_unpacked():
    bomb = workbook(GOOD, parts={"xl/worksheets/sheet1.xml": sheet_part(number("A1", 1) * 1_000_000)})

    assert len(bomb) < 200_000
    with pytest.raises(Unreadable) as refusal:
        read(bomb, bytes=1_000_000)

    assert str(refusal.value) == TOO_LARGE


def test_a_workbook_that_needs_more_memory_than_it_may_take_is_refused():
    long = with_strings(shared_strings("x" * 40_000_000))

    with pytest.raises(Unreadable) as refusal:
        read(long, memory=MEMORY)
    assert str(refusal.value) == TOO_LARGE

    with pytest.raises(Unreadable) as refusal:
        read(long, memory=10 * MEMORY)
    assert str(refusal.value) == f"Row 2: {LONG_CELL}"


@pytest.mark.parametrize("odd", ["a million columns", "a row that never ends", "a field of 10 MB"])
def test_a_hostile_text_takes_little_memory(odd):
    data, _ = TEXTS[odd]

    tracemalloc.start()
    with pytest.raises(Unreadable), open_sheet(data, name="odd.csv", limits=Limits()) as sheet:
        list(sheet.rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 5_000_000
