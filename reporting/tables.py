"""The tables of the year report: the same objects for the page and the file."""

from collections.abc import Set

from ims.core.figures.charts import BarChart, bar_chart
from ims.core.figures.shown import Shown, Standing
from ims.core.figures.tables import Column, FigureTable
from reporting.year import ALL, BOTH, COHORTS, Cohort, Measure, Year

COHORT_LABELS = {
    Cohort.PSYCHOACTIVE: "Injecting psychoactive drugs",
    Cohort.IPED: "Injecting image and performance enhancing drugs",
    Cohort.NOT_STATED: "Exchange, drug not stated",
    Cohort.OTHER: "Alcohol or non-injecting drug use",
    ALL: "All",
}
MEASURE_LABELS = {
    Measure.INDIVIDUALS: "Individuals",
    Measure.VISITS: "Visits",
    Measure.NEEDLES: "Needles",
    Measure.BARRELS: "Barrels",
    Measure.SETS: "Sets",
    Measure.RETURNED: "Returned (estimate)",
}
ALL_AREAS = "All areas"
CONTROL = (
    "Counts of 1 to 7, and others that would give them away, are shown as *. Other counts are rounded to the nearest "
    "5. 0 is 0."
)
NOT_ADDING_UP = (
    "A person seen in two places is one individual in each row and one in the total, so rows need not add up."
)
FOOTNOTES = {
    Measure.INDIVIDUALS: (NOT_ADDING_UP, CONTROL),
    Measure.VISITS: ("A visit is one client at one provider on one day.", CONTROL),
    Measure.RETURNED: (
        "Estimated. More may come back than was given out. “not recorded”: nobody was asked.",
        CONTROL,
    ),
}


def tables(year: Year, *, only: Set[str] | None = None) -> list[FigureTable]:
    """Every table of a year. `only`: the authorities a commissioner answers for; None for the central team.

    A commissioner's tables are rows of the whole, so that no figure can be had by subtracting what others see.
    """
    return [
        *(_by_area(year, measure, only) for measure in Measure),
        _by_provider(year, only),
        *_without_a_client(year, only),
    ]


def _by_area(year: Year, measure: Measure, only: Set[str] | None) -> FigureTable:
    areas = {code: name for code, name in year.areas.items() if only is None or code in only}
    if only is None:
        areas |= {ALL: ALL_AREAS}
    return FigureTable(
        caption=f"{MEASURE_LABELS[measure]} by authority of residence and cohort",
        columns=[
            Column("Authority of residence"),
            *(Column(label, True) for label in COHORT_LABELS.values()),
        ],
        rows=[
            [name, *(year.shown[area, cohort, measure] for cohort in [*COHORTS, ALL])]
            for area, name in areas.items()
        ],
        footnotes=[*FOOTNOTES.get(measure, (CONTROL,)), *_overlap(year, measure, only)],
    )


def _overlap(year: Year, measure: Measure, only: Set[str] | None) -> list[str]:
    if measure is not Measure.INDIVIDUALS or only is not None:
        return []
    both = year.shown[ALL, BOTH, measure]
    return [f"In both injecting cohorts, and counted in the first: {both}."]


def _without_a_client(year: Year, only: Set[str] | None) -> list[FigureTable]:
    """Batch exchanges, exact: no person is behind them. No table where there were none."""
    found = [row for row in year.batches.values() if only is None or row["authority_code"] in only]
    measures = [Measure.NEEDLES, Measure.BARRELS, Measure.SETS, Measure.RETURNED]
    table = FigureTable(
        caption="Given out without a client, by provider",
        columns=[Column("Provider"), *(Column(MEASURE_LABELS[measure], True) for measure in measures)],
        rows=[[row["name"], *(_exact(row[measure]) for measure in measures)] for row in found],
        footnotes=[
            "Batch exchanges: stands, lockers, machines. Not in the tables above. A total of several days counts on "
            "its first day. “not recorded”: nobody counted."
        ],
    )
    return [table] if found else []


def _exact(volume: int | None) -> Shown:
    return Shown(None, Standing.NOT_RECORDED) if volume is None else Shown(volume)


def individuals_by_area(found: list[FigureTable]) -> BarChart:
    """The last column of the first table as bars, without the line of all areas, which would dwarf the others."""
    individuals = found[0]
    bars = [bar for bar in individuals.column(COHORT_LABELS[ALL]) if bar[0] != ALL_AREAS]
    return bar_chart("Individuals by authority of residence", bars)


def _by_provider(year: Year, only: Set[str] | None) -> FigureTable:
    mine = {
        provider: name
        for provider, name in year.providers.items()
        if only is None or year.provider_areas[provider] in only
    }
    total = {ALL: "All providers"} if only is None else {}
    return FigureTable(
        caption="Individuals, visits and equipment by provider",
        columns=[Column("Provider"), *(Column(label, True) for label in MEASURE_LABELS.values())],
        rows=[
            [name, *(year.shown[place, ALL, measure] for measure in Measure)]
            for place, name in (mine | total).items()
        ],
        footnotes=[NOT_ADDING_UP, CONTROL],
    )
