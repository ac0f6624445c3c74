"""A program of its own: a workbook on its standard input becomes CSV on its standard output.

workbook.py starts it with nothing of the site: no settings, no environment, and no packages but those in the folder that
it is told. It limits itself before it reads a byte, so what a hostile workbook does, it does to this process alone. No
formula is evaluated: a cell is the value that was stored with it.

The first row that it writes is a Finding with its detail; after TABLE every row of the sheet follows, blank ones too.
"""

import codecs
import csv
import io
import os
import posixpath
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from xml.etree import ElementTree

OUT_OF_MEMORY = 3  # exit code; a library that gets no memory may also abort the process
_PIECE = 1 << 20
_EXACT = 2**53  # up to here every whole number is itself, and no other one, as it is kept
_LONGEST_NAME = 100  # Excel takes 31 characters for the name of a sheet


class Finding(StrEnum):
    """What the workbook turned out to be, and what its detail is."""

    TABLE = "table"  # the name of the sheet
    DAMAGED = "damaged"
    UNSAFE_NAMES = "unsafe names"
    ENCRYPTED = "encrypted"
    OPEN_DOCUMENT = "open document"
    BINARY = "binary"
    MACROS = "macros"
    OTHER_ZIP = "other zip"
    TOO_LARGE = "too large"
    TOO_WIDE = "too wide"  # the place of the last column, from 0
    NO_CELLS = "no cells"
    FORMULA_ERROR = "formula error"  # the cell, as B7
    FORMULA_UNSAVED = "formula unsaved"  # the cell
    MORE_SHEETS = "more sheets"  # the name of the other
    MERGED = "merged"  # place of the left column from 0, top row, right column, bottom row


# What is raised over an archive that is damaged, or XML that is.
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)


class Refused(Exception):
    """The workbook is not read."""

    def __init__(self, finding: Finding, detail: object = "") -> None:
        super().__init__(finding)
        self.finding, self.detail = finding, detail


def limit(seconds: int, memory: int) -> None:
    """From here on no file can be opened or written; nor a process started, unless by root."""
    most = {"CPU": seconds, "FSIZE": 0, "CORE": 0, "NOFILE": 3, "NPROC": 0}
    if sys.platform == "linux":  # macOS takes no limit of memory
        most["AS"] = memory
    for name, value in most.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))


def look_inside(archive: zipfile.ZipFile, unpacked: int) -> None:
    """Raises Refused for what is no workbook, or says that it unpacks to more than so many bytes."""
    parts = archive.infolist()
    if any(_leads_outside(part.filename) for part in parts):
        raise Refused(Finding.UNSAFE_NAMES)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Finding.ENCRYPTED)
    if sum(part.file_size for part in parts) > unpacked:
        raise Refused(Finding.TOO_LARGE)
    if other := _other_kind(archive, {part.filename for part in parts}):
        raise Refused(other)


def _leads_outside(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return not steps[0] or ":" in steps[0] or ".." in steps


def _other_kind(archive: zipfile.ZipFile, names: set[str]) -> Finding | None:
    if "mimetype" in names and b"opendocument" in _start(archive, "mimetype"):
        return Finding.OPEN_DOCUMENT
    if "xl/workbook.bin" in names:
        return Finding.BINARY
    if not {"xl/workbook.xml", "[Content_Types].xml"} <= names:
        return Finding.OTHER_ZIP
    if "xl/vbaProject.bin" in names or b"macroEnabled" in _start(archive, "[Content_Types].xml"):
        return Finding.MACROS
    return None


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PIECE)


def first_sheet(data: bytes, calamine, columns: int):
    """The first sheet with cells among those that a person sees: what is hidden is not read.

    Raises Refused where another one has the same headings: a quarter may lie there a month a sheet.
    """
    sheets = _seen_sheets(data, calamine)
    sheet = next(sheets, None)
    if sheet is None:
        raise Refused(Finding.NO_CELLS)
    if sheet.end[1] >= columns:
        raise Refused(Finding.TOO_WIDE, sheet.end[1])
    headings = _headings(sheet)
    for other in sheets:
        if other.end[1] < columns and len(headings) > 1 and _headings(other) == headings:
            raise Refused(Finding.MORE_SHEETS, other.name[:_LONGEST_NAME])
    return sheet


def _seen_sheets(data: bytes, calamine) -> Iterator:
    """Those with cells, one at a time."""
    visible, worksheet = calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet
    book = _from(calamine.load_workbook, io.BytesIO(data))
    for listed in book.sheets_metadata:
        if listed.visible == visible and listed.typ == worksheet:
            sheet = _from(book.get_sheet_by_name, listed.name)
            if sheet.end:
                yield sheet


def _headings(sheet) -> list[str]:
    """Its first row with anything in it, in small letters."""
    for row in rows_of(sheet):
        if said := [cell.strip().lower() for cell in row if cell.strip()]:
            return said
    return []


def _from(library, argument):
    """What the library makes of it. Where it gives up it panics, with an error that is no Exception."""
    try:
        return library(argument)
    except MemoryError:
        raise
    except BaseException as error:
        raise Refused(Finding.DAMAGED) from error


_MOST_OF_A_CELL = 10_000  # bytes of markup; what is cut at the end of one piece is whole in the next
_CELL = rb"<(?:\w{1,9}:)?c\b([^>]{0,200})"
_FORMULA = rb"<(?:\w{1,9}:)?f\b[^>]{0,200}(?:/>|>[^<]{0,9000}</(?:\w{1,9}:)?f>)"
_NO_VALUE = rb"(?:<(?:\w{1,9}:)?v\s*(?:/>|></(?:\w{1,9}:)?v>)\s*)?</(?:\w{1,9}:)?c>"
_ERROR = re.compile(_CELL + rb"""(?<=\st=["']e["'])[^>]{0,200}>""")
_UNSAVED = re.compile(_CELL + rb">\s*" + _FORMULA + rb"\s*" + _NO_VALUE)
_TEXT_CELL = re.compile(rb"""\st=["']str["']""")  # an empty text is a value
_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3}\d{1,7})["']""")


def refuse_lost_values(archive: zipfile.ZipFile, sheet: str) -> None:
    """An error (#N/A), or a formula that was saved without its value, would be read as an empty cell without a word."""
    with archive.open(_part_of(archive, sheet)) as part:
        kept = b""
        while piece := part.read(_PIECE):
            text = kept + piece
            if b'="e"' in text or b"='e'" in text:
                _refuse_first(Finding.FORMULA_ERROR, _ERROR.finditer(text))
            if b"<f" in text or b":f" in text:
                unsaved = (cell for cell in _UNSAVED.finditer(text) if not _TEXT_CELL.search(cell[1]))
                _refuse_first(Finding.FORMULA_UNSAVED, unsaved)
            kept = text[-_MOST_OF_A_CELL:]


def _refuse_first(finding: Finding, cells: Iterator[re.Match[bytes]]) -> None:
    for cell in cells:
        place = _PLACE.search(cell[0])
        raise Refused(finding, place[1].decode() if place else "")


def refuse_merged(sheet) -> None:
    """Cells merged below the headings look as if each said the same, and all but the first would be read as empty."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom > sheet.start[0]:
            raise Refused(Finding.MERGED, f"{left},{top + 1},{right},{bottom + 1}")


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where a sheet lies in the archive: the workbook names its relation, and the relations name the part."""
    # Entities cannot do more here than anything else in a workbook: the process has its limits.
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    (relation,) = (
        value
        for listed in book.iter()
        if listed.tag.endswith("}sheet") and listed.get("name") == sheet
        for key, value in listed.items()
        if key.endswith("}id")
    )
    (target,) = (listed.get("Target") for listed in relations if listed.get("Id") == relation)
    path = posixpath.normpath(posixpath.join("/xl", target))[1:]
    return {name.lower(): name for name in archive.namelist()}[path.lower()]


def rows_of(sheet) -> Iterator[list[str]]:
    """Every row from the first of the sheet, as text, beginning with column A."""
    before = [""] * sheet.start[1]
    for row in sheet.iter_rows():
        cells = [cell if type(cell) is str else _AS_TEXT[type(cell)](cell) for cell in row]
        yield before + cells if before else cells


def _number(value: float) -> str:
    """As a spreadsheet shows it: fifteen digits, a whole number without a point and with all its digits.

    Other programs than spreadsheets write keys of sixteen digits, two of which must not become one.
    """
    if value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))
    return format(value, ".15g")


def _moment(value: datetime) -> str:
    """To the second: a time is stored as a fraction of a day and comes out a little beside it."""
    if value.microsecond >= 500_000 and value.year < 9999:  # after that year there is no next second
        value += timedelta(seconds=1)
    value = value.replace(microsecond=0)
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _time(value: time) -> str:
    return _moment(datetime.combine(date(2000, 1, 1), value))[11:]


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


_AS_TEXT = {
    float: _number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    date: date.isoformat,
    time: _time,
    timedelta: _duration,
}


def table_in(data: bytes, calamine, *, unpacked: int, columns: int):
    """The sheet to be read. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            look_inside(archive, unpacked)
            sheet = first_sheet(data, calamine, columns)
            refuse_lost_values(archive, sheet.name)
            refuse_merged(sheet)
            return sheet
    except _DAMAGES as error:
        raise Refused(Finding.DAMAGED) from error


def main(packages: str, *numbers: str) -> None:
    sys.path.append(packages)
    import python_calamine

    codecs.lookup("cp437")  # names in archives are in it, and a codec is a file that cannot be opened later
    seconds, memory, unpacked, columns = map(int, numbers)
    limit(seconds, memory)
    with open(1, "w", buffering=_PIECE, encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        try:
            sheet = table_in(sys.stdin.buffer.read(), python_calamine, unpacked=unpacked, columns=columns)
        except Refused as refused:
            write.writerow([refused.finding, refused.detail])
            return
        write.writerow([Finding.TABLE, sheet.name[:_LONGEST_NAME]])
        write.writerows(rows_of(sheet))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
