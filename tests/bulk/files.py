"""Files as providers send them, made by hand: a workbook is written part by part, so that any part can be odd."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape

from ims.bulk.reading.sheet import Limits, Sheet, open_sheet
from ims.bulk.reading.table import column_letters

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_HIDDEN = ' state="hidden"'
PLAIN, DAY, MOMENT, TIME, DURATION = range(5)  # styles of a cell
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/>'
    '<xf numFmtId="164"/></cellXfs></styleSheet>'
)


def text(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def number(place: str, value: object, style: int = PLAIN) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def table(rows: Iterable[Iterable[object]]) -> str:
    """The rows of a sheet, from A1."""
    return "".join(
        "<row>"
        + "".join(_cell(f"{column_letters(column)}{row}", value) for column, value in enumerate(cells))
        + "</row>"
        for row, cells in enumerate(rows, 1)
    )


def _cell(place: str, value: object) -> str:
    return text(place, value) if isinstance(value, str) else number(place, value)


def workbook(
    *sheets: str,
    hidden: Iterable[int] = (),
    parts: Mapping[str, str | bytes] | None = None,
    of_type: str = _TYPE,
    properties: str = "",
    prolog: str = "",
) -> bytes:
    """A workbook whose sheets hold these rows. `parts` are put beside the others, or instead of one."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="Sheet {n}" sheetId="{n}" r:id="r{n}"{_HIDDEN * (n - 1 in hidden)}/>' for n in numbers
    )
    everything = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{of_type}"/></Types>',
        "_rels/.rels": _relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'{prolog}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {f"r{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
            | {"styles": ("styles", "styles.xml"), "strings": ("sharedStrings", "sharedStrings.xml")}
        ),
        "xl/styles.xml": _STYLES,
    }
    for n, rows in zip(numbers, sheets, strict=True):
        everything[f"xl/worksheets/sheet{n}.xml"] = sheet_part(rows)
    return zipped(everything | dict(parts or {}))


def sheet_part(rows: str) -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def shared_strings(*words: str, before: str = "") -> str:
    return before + f'<sst xmlns="{_MAIN}">' + "".join(f"<si><t>{each}</t></si>" for each in words) + "</sst>"


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    listed = (
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(listed)}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(data: bytes, name: str = "march.csv", **limits) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings and all rows."""
    with open_sheet(data, name=name, limits=Limits(**limits)) as sheet:
        return sheet.header, list(sheet.rows)


def facts(data: bytes) -> Sheet:
    """What the page says of the file. Its rows are closed."""
    with open_sheet(data, name="march.csv", limits=Limits()) as sheet:
        return sheet
