"""The figures of one financial year, under disclosure control: the only form in which they leave this module.

Measures: individuals, visits, and needles, barrels, sets and returned, which are never added to one another. Counting
rules: a person has one cohort over the year, so cohorts add up; a person may live in two authorities and go to three
providers in a year, so those do not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from ims.core.figures.additive import Cell, Relation
from ims.core.figures.policy import Policy
from ims.core.figures.shown import Shown
from ims.core.figures.suppression import protect
from reporting.reading import rows

POLICY = Policy()


class Measure(StrEnum):
    INDIVIDUALS = "individuals"
    VISITS = "visits"
    NEEDLES = "needles"
    BARRELS = "barrels"
    SETS = "sets"
    RETURNED = "returned"


class Cohort(StrEnum):
    """After the published ones; the third row is for transactions whose drug nobody stated."""

    PSYCHOACTIVE = "psychoactive"
    IPED = "iped"
    NOT_STATED = "not_stated"
    OTHER = "other"


ALL = "all"
BOTH, FIRST_ONLY = "both", "first only"
ELSEWHERE, NOT_KNOWN = "elsewhere", "not_known"
COHORTS = tuple(Cohort)
# grouping(area, cohort, provider_id) of the statement: which of the three a row was added up over.
AREA_AND_COHORT, AREA, COHORT, PROVIDER, TOTAL = 0b001, 0b011, 0b101, 0b110, 0b111


@dataclass(frozen=True)
class Year:
    """One year's figures. Keys of `shown`: (area or provider, cohort, measure), each with ALL for a total."""

    since: date
    areas: Mapping[str, str]  # code to name, in the order of the page
    providers: Mapping[int, str]
    provider_areas: Mapping[int, str]
    shown: Mapping[tuple, Shown]
    batches: Mapping[int, Mapping] = field(
        default_factory=dict
    )  # by provider; nobody is behind them, so nothing is hidden


def year(start: int) -> Year:
    """The figures of the year from 1 April `start`. Raises BeingRebuilt."""
    counted = rows(_statement(), _days(start))
    areas = {row["code"]: row["name"] for row in rows(_AREAS, {})} | {
        ELSEWHERE: "Elsewhere",
        NOT_KNOWN: "Not known",
    }
    batches = {row["provider_id"]: row for row in rows(_BATCHES, _days(start))}
    seen = {row["provider_id"] for row in counted if row["level"] == PROVIDER}
    providers = [row for row in rows(_PROVIDERS, {}) if row["provider_id"] in seen]
    return Year(
        since=date(start, 4, 1),
        areas=areas,
        providers={row["provider_id"]: row["name"] for row in providers},
        provider_areas={row["provider_id"]: row["authority_code"] for row in providers},
        shown=protected(counted, areas),
        batches=batches,
    )


def _days(start: int) -> dict[str, date]:
    return {"since": date(start, 4, 1), "until": date(start + 1, 4, 1)}


def protected(counted: list[dict], areas: Mapping[str, str], policy: Policy = POLICY) -> dict[tuple, Shown]:
    """What may be shown of the counted rows: every table of the year protected together."""
    cells = _cells(counted, areas)
    places = list(dict.fromkeys(key[0] for key in cells))
    return protect(cells, _relations(places, list(areas)), policy)


def _cells(counted: list[dict], areas: Mapping[str, str]) -> dict[tuple, Cell]:
    cells = {
        (area, cohort, measure): _cell(area, cohort, measure, None)
        for area in [*areas, ALL]
        for cohort in [*COHORTS, ALL]
        for measure in Measure
    }
    in_both = 0
    for row in counted:
        place = row["provider_id"] if row["level"] == PROVIDER else row["area"] or ALL
        cohort = row["cohort"] or ALL
        cells |= {(place, cohort, m): _cell(place, cohort, m, row[m.value]) for m in Measure}
        in_both = row["in_both"] if row["level"] == TOTAL else in_both
    first = cells[ALL, Cohort.PSYCHOACTIVE, Measure.INDIVIDUALS].value or 0
    return cells | {
        (ALL, BOTH, Measure.INDIVIDUALS): Cell(in_both),
        (ALL, FIRST_ONLY, Measure.INDIVIDUALS): Cell(first - in_both),
    }


def _cell(place, cohort, measure: Measure, value: int | None) -> Cell:
    if value is None and measure is not Measure.RETURNED:
        value = 0  # nobody came; of what was brought back, nobody was asked
    people = None if measure is Measure.INDIVIDUALS else (place, cohort, Measure.INDIVIDUALS)
    return Cell(value, people)


def _relations(places: list, areas: list[str]) -> list[Relation]:
    """Who adds up to what. People in cohorts do exactly; in areas and at providers they overlap."""
    providers = [place for place in places if place not in areas and place != ALL]
    relations = [
        Relation(
            (ALL, Cohort.PSYCHOACTIVE, Measure.INDIVIDUALS),
            ((ALL, BOTH, Measure.INDIVIDUALS), (ALL, FIRST_ONLY, Measure.INDIVIDUALS)),
        )
    ]
    for measure in Measure:
        overlapping = measure is Measure.INDIVIDUALS
        for place in [*areas, ALL]:
            relations.append(Relation((place, ALL, measure), tuple((place, c, measure) for c in COHORTS)))
        for cohort in [*COHORTS, ALL]:
            parts = tuple((area, cohort, measure) for area in areas)
            relations.append(Relation((ALL, cohort, measure), parts, overlapping))
        if providers:
            parts = tuple((provider, ALL, measure) for provider in providers)
            relations.append(Relation((ALL, ALL, measure), parts, overlapping))
    return relations


@cache
def _statement() -> str:
    return (Path(__file__).parent / "year.sql").read_text()


_AREAS = "SELECT code, name FROM reporting.authority WHERE in_area ORDER BY name"
_PROVIDERS = "SELECT provider_id, name, authority_code FROM reporting.provider ORDER BY name"
_BATCHES = """
SELECT provider_id, provider.name, provider.authority_code, sum(needles) AS needles, sum(barrels) AS barrels,
    sum(sets) AS sets, sum(returned) AS returned
FROM reporting.batch
INNER JOIN reporting.provider USING (provider_id)
WHERE "on" >= %(since)s AND "on" < %(until)s
GROUP BY provider_id, provider.name, provider.authority_code
ORDER BY provider.name
"""
