"""What a folder of code lists says: lists.csv names the lists, and `<key>.csv` holds the codes of each.

Everything is read and checked before anything is written. Rows are numbered as a spreadsheet shows them.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError

from ims.codelists.facts import columns_of
from ims.codelists.models import MIXED, Code, CodeList
from ims.core.csvio import plain

MANIFEST = "lists.csv"
LIST_COLUMNS = ["key", "title", "edition", "source"]
CODE_COLUMNS = ["code", "label", "since", "until", "group", "confidence", "note", "maps_to"]


class BadFile(ValueError):
    """A file cannot be taken. The message names the file and, where there is one, the row."""

    def __init__(self, file: str, row: int | None, why: str):
        super().__init__(f"{file}, row {row}: {why}" if row else f"{file}: {why}")


@dataclass(frozen=True, slots=True)
class ListFile:
    """One list and its codes as its file has them, checked and not saved."""

    list: CodeList
    codes: list[Code]


def read_folder(folder: Path) -> list[ListFile]:
    """Every list of the folder, in the order of lists.csv. Raises BadFile."""
    lists = _read_lists(folder)
    named = {MANIFEST, *(f"{one.key}.csv" for one in lists)}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in named:
            raise BadFile(MANIFEST, None, f"does not name {path.name}")
    return [_read_list(folder, one) for one in lists]


def edition_day(edition: str) -> date:
    """The day an edition begins: "2026-11" begins on 1 November 2026. Raises ValueError."""
    return _day(f"{edition}-01" if re.fullmatch(r"\d{4}-\d\d", edition) else edition)


def _read_lists(folder: Path) -> list[CodeList]:
    rows = _rows(folder / MANIFEST, LIST_COLUMNS)
    lists = [_code_list(number, cells) for number, cells in rows]
    if not lists:
        raise BadFile(MANIFEST, None, "names no list")
    _refuse_repeated(MANIFEST, [one.key for one in lists])
    return lists


def _code_list(number: int, cells: dict[str, str]) -> CodeList:
    made = CodeList(**cells, sort=number, confidence=MIXED)
    try:
        edition_day(made.edition)
        made.clean_fields()
    except ValidationError as error:
        raise BadFile(MANIFEST, number, _said(error)) from None
    except ValueError:
        raise BadFile(MANIFEST, number, f"edition “{made.edition}” is not a month such as 2026-11") from None
    return made


def _read_list(folder: Path, one: CodeList) -> ListFile:
    name = f"{one.key}.csv"
    facts = columns_of(one.key)
    codes = [_code(name, n, cells, facts) for n, cells in _rows(folder / name, [*CODE_COLUMNS, *facts])]
    if not codes:
        raise BadFile(name, None, "has no codes")
    _refuse_repeated(name, [code.code for code in codes])
    sure = {code.confidence for code in codes}
    one.confidence = sure.pop() if len(sure) == 1 else MIXED
    return ListFile(one, codes)


def _code(file: str, number: int, cells: dict[str, str], facts: dict) -> Code:
    try:
        made = Code(
            code=cells["code"],
            label=cells["label"],
            valid_from=_day_or_none(cells["since"]),
            valid_to=_day_or_none(cells["until"]),
            group=cells["group"],
            confidence=cells["confidence"],
            note=cells["note"],
            maps_to=cells["maps_to"],
            facts={name: _fact(name, read, cells[name]) for name, read in facts.items()},
            sort=number,
        )
        made.clean_fields(exclude={"list"})
    except ValidationError as error:
        raise BadFile(file, number, _said(error)) from None
    except ValueError as error:
        raise BadFile(file, number, str(error)) from None
    if made.valid_from and made.valid_to and made.valid_from > made.valid_to:
        raise BadFile(file, number, "until is before since")
    return made


def _fact(name: str, read, text: str) -> int | str:
    try:
        return read(text)
    except ValueError:
        raise ValueError(f"{name} cannot be “{text}”") from None


def _day_or_none(text: str) -> date | None:
    return _day(text) if text else None


def _day(text: str) -> date:
    """A day as 2026-11-05 only: data files leave nothing to guess."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError(f"“{text}” is not a day such as 2026-11-05")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"there is no such day as {text}") from None


def _rows(path: Path, columns: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number. The columns are exactly these, in any order."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFile(path.name, None, f"cannot be read as CSV in UTF-8 ({type(error).__name__})") from None
    header = rows[0] if rows else []
    if sorted(header) != sorted(columns):
        raise BadFile(path.name, 1, f"columns must be {', '.join(columns)}; found {', '.join(header)}")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise BadFile(path.name, number, f"has {len(row)} cells, not {len(header)}")
        yield number, {name: plain(cell.strip()) for name, cell in zip(header, row, strict=True)}


def _refuse_repeated(file: str, keys: list[str]) -> None:
    first: dict[str, int] = {}
    for number, key in enumerate(keys, start=2):
        if key in first:
            raise BadFile(file, number, f"“{key}” is already in row {first[key]}")
        first[key] = number


def _said(error: ValidationError) -> str:
    return "; ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
