"""The attributor: initials, date of birth and sex, by which a person is known and nothing else is.

Seed: "the individual's actual initials, date of birth and sex (attributer), rather than a pseudonym". Written as
text it is initials, day, month, year and sex: AB05051985M.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ims.core import dates


class NotAnAttributor(ValueError):
    """The text is no attributor. The message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Attributor:
    first_initial: str
    last_initial: str
    born: date
    sex: str

    def text(self) -> str:
        """AB05051985M."""
        born = (
            self.born
        )  # not by its format, which takes ten times as long and is asked of every row of a file
        return f"{self.first_initial}{self.last_initial}{born.day:02}{born.month:02}{born.year:04}{self.sex}"

    def is_dummy(self) -> bool:
        """Whether these are the initials and date of birth kept for people who object, of whatever sex."""
        return (self.first_initial, self.last_initial, self.born) == ("X", "X", DUMMY_BORN)


# Seed, right to object: initials "X X" and date of birth 05/05/1955.
DUMMY_BORN = date(1955, 5, 5)

_WRITTEN = re.compile(r"([A-Z])[ .]*([A-Z])[ .]*([0-9][0-9/.\- ]{4,8}[0-9]) *([MF])")


def parse_attributor(text: str, *, today: date) -> Attributor:
    """Read `ab050585m`, `AB 05/05/1985 M` and the like. Raises NotAnAttributor."""
    found = _WRITTEN.fullmatch(text.strip().upper())
    if not found:
        raise NotAnAttributor("Enter two initials, the date of birth and M or F, for example ab050585m.")
    first, last, born, sex = found.groups()
    try:
        return Attributor(first, last, dates.parse_day(born, today=today), sex)
    except dates.NotADay as fault:
        raise NotAnAttributor(str(fault)) from None


class Likeness(StrEnum):
    """How two attributors resemble each other, in words that follow "This client …"."""

    SAME = "has the same initials, date of birth and sex"
    DAY_AND_MONTH = "has day and month of birth the other way round"
    INITIALS = "has the initials the other way round"
    SEX = "has the other sex"
    ONE_DIGIT = "has one digit of the date of birth different"


def likeness(one: Attributor, other: Attributor) -> Likeness | None:
    """How alike two attributors are: the same, one slip apart, or None."""
    if one == other:
        return Likeness.SAME
    if replace(other, sex=one.sex) == one:
        return Likeness.SEX
    if one.sex == other.sex and one.born == other.born:
        swapped = (other.last_initial, other.first_initial) == (one.first_initial, one.last_initial)
        return Likeness.INITIALS if swapped else None
    if replace(other, born=one.born) != one:
        return None
    return _likeness_of_days(one.born, other.born)


def _likeness_of_days(one: date, other: date) -> Likeness | None:
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Likeness.DAY_AND_MONTH
    different = sum(a != b for a, b in zip(f"{one:%d%m%Y}", f"{other:%d%m%Y}", strict=True))
    return Likeness.ONE_DIGIT if different == 1 else None


def slips_of(born: date) -> set[date]:
    """Every day that is the given one, has day and month swapped, or differs in one digit."""
    return {born, *_days(_swapped(born)), *_days(*_one_digit_off(born))}


def _swapped(born: date) -> str:
    return f"{born:%m%d%Y}"


def _one_digit_off(born: date) -> Iterator[str]:
    written = f"{born:%d%m%Y}"
    for place, digit in enumerate(written):
        yield from (
            written[:place] + other + written[place + 1 :] for other in "0123456789" if other != digit
        )


def _days(*written: str) -> Iterator[date]:
    for text in written:
        try:
            yield date(int(text[4:]), int(text[2:4]), int(text[:2]))
        except ValueError:
            continue
