"""From the columns of a file to those of a layout, by the columns' own names and what a profile says of the others."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from ims.bulk.layout import DAY, WHY_REJECTED, Column
from ims.bulk.models.profile import Profile
from ims.bulk.quantities import opened

ROW_KEY = "row_key"  # any layout may have it: the source system's own name of a row
_MONTH_FIRST = (  # the ways in which a day may be written in numbers (see core/dates.py), but for its order
    re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})([-/. ])([0-9]{4}|[0-9]{2})"),
    re.compile(r"([0-9]{2})()([0-9]{2})()([0-9]{4}|[0-9]{2})"),
)
# Without a zone: the day that a moment of another zone falls on here is another one at times.
_TIMED = re.compile(
    r"(.*[0-9])(?: +|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[ap]m)?", re.IGNORECASE
)


class WrongColumns(ValueError):
    """The columns of the file are not those of the layout. The message names them and says how to mend it."""


@dataclass(frozen=True)
class Mapped:
    """Where each column of the layout stands in a file, and how what stands there is put into our words."""

    places: Mapping[str, int]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    days: Sequence[str] = ()
    month_first: bool = False
    packs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def picker(self, names: Iterable[str]) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """Takes of a row what stands in these columns, as it was written: rows that agree in it are read alike."""
        places = [self.places[name] for name in names if name in self.places]
        if len(places) > 1:
            return itemgetter(*places)
        return (lambda row, place=places[0]: (row[place],)) if places else (lambda row: ())

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """What the layout reads of one row of the file."""
        cells = {name: row[place] for name, place in self.places.items()}
        if self.constants:
            cells = {**self.constants, **cells}
        for name, known in self.values.items():
            cells[name] = known.get(cells[name], cells[name])
        for name in self.days:
            cells[name] = self._day(cells[name])
        if self.packs and cells.get("packs"):
            cells["packs"], cells["items"] = opened(cells["packs"], self.packs, cells.get("items", ""))
        return cells

    def _day(self, cell: str) -> str:
        """Without the time that another system writes after it, and day first."""
        if ":" in cell and (timed := _TIMED.fullmatch(cell)):
            cell = timed[1]
        return _day_first(cell) if self.month_first else cell


def mapped(header: Sequence[str], columns: Iterable[Column], profile: Profile | None) -> Mapped:
    """How a file with this header is read. Raises WrongColumns: an unknown column stops the file."""
    columns = list(columns)
    known = known_names(columns)
    aliases = {plain_name(theirs): ours for theirs, ours in (profile.aliases if profile else {}).items()}
    if profile and profile.key_column:
        aliases[plain_name(profile.key_column)] = ROW_KEY
    found = [(place, meant(name, aliases, known)) for place, name in enumerate(header)]
    ours = {"", WHY_REJECTED, ROW_KEY, *known.values()}
    _refuse_unknown([header[place] for place, name in found if name not in ours and header[place]])
    read = {column.name for column in columns if not column.derived} | {ROW_KEY}
    places = {name: place for place, name in found if name in read}
    constants = _constants(columns, profile)
    _refuse_twice([name for _, name in found if name in read])
    _refuse_missing([c for c in columns if c.required and c.name not in {*places, *constants}])
    return _with_profile(places, columns, constants, profile)


def known_names(columns: Iterable[Column]) -> dict[str, str]:
    """Which column of a layout each of these plain names means."""
    return {plain_name(name): column.name for column in columns for name in (column.title, column.name)}


def meant(header: str, aliases: Mapping[str, str], known: Mapping[str, str]) -> str | None:
    """The column that a header names; "" for one that is not read; None for one that nobody knows.

    `aliases` and `known` are by plain name.
    """
    plain = plain_name(header)
    if plain in aliases:
        return aliases[plain]
    return "" if plain == WHY_REJECTED else ROW_KEY if plain == ROW_KEY else known.get(plain)


def _constants(columns: Iterable[Column], profile: Profile | None) -> dict[str, str]:
    """What every row says by the profile; consent is decided record by record (seed), so that no profile gives it."""
    in_each_row = {column.name for column in columns if column.in_each_row}
    said = profile.constants if profile else {}
    return {name: text for name, text in said.items() if name not in in_each_row}


def _with_profile(
    places, columns: Sequence[Column], constants: Mapping[str, str], profile: Profile | None
) -> Mapped:
    if profile is None:
        return Mapped(places)
    days = [column.name for column in columns if column.format == DAY and column.name in places]
    return Mapped(
        places,
        values={name: known for name, known in profile.values.items() if name in places},
        constants={name: text for name, text in constants.items() if name not in places},
        days=days,
        month_first=profile.date_order == "mdy",
        packs=profile.packs,
    )


def _refuse_unknown(names: Sequence[str]) -> None:
    if names:
        raise WrongColumns(
            f"The file has columns that this layout does not know: {_listed(names)}. "
            "Take them out of the file, or say in a profile what they are or that they are not to be read."
        )


def _refuse_twice(names: Sequence[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise WrongColumns(
            f"More than one column of the file is read as {_listed(twice)}. Leave one of them."
        )


def _refuse_missing(columns: Sequence[Column]) -> None:
    if columns:
        raise WrongColumns(
            f"The file has no column for {_listed([column.name for column in columns])}. "
            "Add it, or say in a profile what it is called there or what it is in every row."
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def plain_name(name: str) -> str:
    """Headers are compared without regard to capitals, spaces and punctuation, where they have anything else."""
    said = name.strip().lower()
    return re.sub(r"[\W_]+", "_", said).strip("_") or said


def _day_first(cell: str) -> str:
    """3/27/2026 as 27/3/2026, and 032726 as 270326; what is written otherwise, as in ISO order, is left."""
    for pattern in _MONTH_FIRST:
        if found := pattern.fullmatch(cell):
            return f"{found[3]}{found[2]}{found[1]}{found[4]}{found[5]}"
    return cell
