"""First against latest assessment of a client, as the client page shows it: a table an instrument, and a chart made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from clients.models import Client
from ims.core.actor import Actor
from ims.core.figures.charts import BarChart, bar_chart
from ims.core.figures.shown import Shown
from ims.core.figures.tables import Column, FigureTable
from interventions.wellbeing_assessment.kind import KIND
from interventions.wellbeing_assessment.outcome import Comparison, Outcome, Value, outcome
from interventions.wellbeing_assessment.words import in_words

FIRST, LATEST = "First", "Latest"


@dataclass(frozen=True)
class Figures:
    """What is shown of one instrument; no chart where no number can be compared."""

    table: FigureTable
    chart: BarChart | None


@dataclass(frozen=True)
class ShownOutcome:
    outcome: Outcome
    figures: Sequence[Figures]


def outcome_of(client: Client, actor: Actor) -> ShownOutcome | None:
    """None where the module is off or there are not two assessments. One query, and none where the module is off."""
    if KIND.key not in actor.modules or client.is_dummy:
        return None
    assessments = list(KIND.of_client(client, actor))[::-1]
    found = outcome(assessments)
    return ShownOutcome(found, _figures(found.comparisons)) if found else None


def _figures(comparisons: Sequence[Comparison]) -> list[Figures]:
    """Instrument by instrument, in the order of the comparisons."""
    groups = groupby(comparisons, key=lambda one: one.instrument.key)
    tables = [_table(list(group)) for _, group in groups]
    return [Figures(table, _chart(table)) for table in tables]


def _table(comparisons: list[Comparison]) -> FigureTable:
    return FigureTable(
        caption=comparisons[0].instrument.title,
        columns=[Column("Item"), Column(FIRST, True), Column(LATEST, True), Column("Change")],
        rows=[[one.label, _shown(one.first), _shown(one.latest), str(one.direction)] for one in comparisons],
    )


def _shown(value: Value) -> Shown | str:
    """The service's own record of one person: a number as it is, anything else in words."""
    return Shown(value) if isinstance(value, int | Decimal) else in_words(value)


def _chart(table: FigureTable) -> BarChart | None:
    pairs = zip(table.column(FIRST), table.column(LATEST), strict=True)
    bars = [
        (f"{label}, {when}", figure)
        for (label, first), (_, latest) in pairs
        if isinstance(first, Shown) and isinstance(latest, Shown)
        for when, figure in (("first", first), ("latest", latest))
    ]
    return bar_chart(f"{table.caption}: first and latest", bars) if bars else None
