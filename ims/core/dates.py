"""Days are days in Europe/London; the clock is read at the edge and passed in.

A two-digit year is taken as the latest year that is not after this one: in 2026, 26 is 2026 and 27 is 1927. The
page echoes the date in full, so that the guess is seen.
"""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class NotADay(ValueError):
    """The text is no date. The message says how to mend it."""


def today(at: datetime | None = None) -> date:
    """The day in London at a moment; now, if none is given."""
    return (at.astimezone(LONDON) if at else datetime.now(LONDON)).date()


_WRITTEN = [
    re.compile(
        r"(?P<day>[0-9]{1,2})[-/. ](?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4}|[0-9]{2})"
    ),  # 5/5/1985, 5.5.85
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),  # 1985-05-05
    re.compile(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4}|[0-9]{2})"),  # 050585, 05051985
]
_NAMED = re.compile(r"(?P<day>[0-9]{1,2}) ?(?P<month>[a-z]{3,9}) ?(?P<year>[0-9]{4}|[0-9]{2})", re.IGNORECASE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def parse_day(text: str, *, today: date) -> date:
    """The day that a person wrote in British or ISO order. Raises NotADay."""
    text = text.strip()
    if named := _NAMED.fullmatch(text):
        return _day(named["day"], _month_number(named["month"]), named["year"], today)
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(text):
            return _day(found["day"], found["month"], found["year"], today)
    raise NotADay("Enter a date as day, month and year, for example 5/5/1985 or 050585.")


def _month_number(name: str) -> str:
    if name[:3].lower() not in _MONTHS:
        raise NotADay("Enter the month as a number or its name, for example 5 May 1985.")
    return str(_MONTHS.index(name[:3].lower()) + 1)


def _day(day: str, month: str, year: str, today: date) -> date:
    try:
        return date(full_year(year, today), int(month), int(day))
    except ValueError:
        raise NotADay(f"There is no such day as {day}/{month}/{year}. Check the day and the month.") from None


def full_year(year: str, today: date) -> int:
    """The year that two digits, or four, mean: the latest that is not after this one."""
    if len(year) == 4:
        return int(year)
    this_century = today.year // 100 * 100 + int(year)
    return this_century if this_century <= today.year else this_century - 100


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def start_of_financial_year(day: date) -> date:
    """The 1 April on or before a day: commissioners' years run from April to March."""
    return date(day.year - ((day.month, day.day) < (4, 1)), 4, 1)
