"""The true counts of a year, before anything is hidden: so that a counting rule can be tried with one person."""

from dataclasses import dataclass
from datetime import date

from reporting import year as report
from reporting.reading import rows
from reporting.year import Cohort


@dataclass(frozen=True)
class Counted:
    individuals: int = 0
    visits: int = 0
    needles: int = 0
    barrels: int = 0
    sets: int = 0
    returned: int | None = None
    in_both: int = 0


def _counted(start: int, level: int, **which) -> Counted:
    dates = {"since": date(start, 4, 1), "until": date(start + 1, 4, 1)}
    for row in rows(report._statement(), dates):
        if row["level"] == level and all(row[name] == value for name, value in which.items()):
            return Counted(**{name: row[name] for name in Counted.__dataclass_fields__})
    return Counted()


def total(start: int = 2026) -> Counted:
    return _counted(start, report.TOTAL)


def of_area(code: str, start: int = 2026) -> Counted:
    """An authority's code, "not_known" or "elsewhere"."""
    return _counted(start, report.AREA, area=code)


def of_cohort(cohort: Cohort, start: int = 2026) -> Counted:
    return _counted(start, report.COHORT, cohort=cohort)


def of_provider(provider, start: int = 2026) -> Counted:
    return _counted(start, report.PROVIDER, provider_id=provider.pk)
