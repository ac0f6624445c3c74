"""Which edition is this? What its own papers say, else what its name says."""

import re
from pathlib import PurePosixPath

from ims.geography.loading.files import FileRefused, Source

_VERSION = re.compile(r"(?m)^\s*DATASET VERSION NUMBER:\s*(20\d\d\.\d)")  # "2025.4.0"
_QUARTER = re.compile(r"(?<!\d)20\d\d\.\d(?!\d)")
_MONTHS = "January February March April May June July August September October November December".split()
_WRITTEN_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)  # "Feb(?:ruary)?"
_MONTH_AND_YEAR = re.compile(rf"(?i)(?<![a-z])({_WRITTEN_MONTH})[ _-]*(20\d\d)")
_YEAR_AND_MONTH = re.compile(r"(?<!\d)(20\d\d)[_-]?(0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"20\d\d")


def edition_of(source: Source) -> str:
    """The edition's name: "2025.4" or "February 2025". Raises FileRefused where nothing tells."""
    if found := _VERSION.search(source.metadata):
        return found[1]
    for name in [source.name, *source.members]:
        if edition := _in_name(PurePosixPath(name).name):
            return edition
    raise FileRefused(
        f"Neither the name of {source.name!r} nor its contents say which edition it is. Say it, for example "
        "--edition 2025.4."
    )


def year_of(edition: str) -> int | None:
    """The year in an edition's name, for the copyright line."""
    found = _YEAR.search(edition)
    return int(found[0]) if found else None


def _in_name(name: str) -> str:
    if found := _QUARTER.search(name):
        return found[0]
    if found := _MONTH_AND_YEAR.search(name):
        month = next(month for month in _MONTHS if month[:3].lower() == found[1][:3].lower())
        return f"{month} {found[2]}"
    if found := _YEAR_AND_MONTH.search(name):
        return f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    return ""
