"""First against latest assessment of a client, as the client page shows it: a table an instrument, and what is read of it
drawn on its scale.

A chart has one scale: items and totals, and items of different range, are never in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from clients.models import Client
from ims.core.actor import Actor
from ims.core.figures.shown import Shown
from ims.core.figures.tables import Column, FigureTable
from ims.record.pair_chart import Pair, PairChart, pair_chart
from interventions.wellbeing_assessment.kind import KIND
from interventions.wellbeing_assessment.outcome import Comparison, Outcome, Value, outcome
from interventions.wellbeing_assessment.words import in_words

FIRST, LATEST = "First", "Latest"


@dataclass(frozen=True)
class Figures:
    """What is shown of one instrument: everything as a table, and a chart a scale; none where no number can be compared."""

    table: FigureTable
    charts: Sequence[PairChart]


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
    each = [list(group) for _, group in groups]
    return [Figures(_table(group), charts_of(group)) for group in each]


def _table(comparisons: list[Comparison]) -> FigureTable:
    return FigureTable(
        caption=comparisons[0].instrument.title,
        columns=[Column("Item"), Column(FIRST, True), Column(LATEST, True), Column("Change")],
        rows=[[one.label, _shown(one.first), _shown(one.latest), str(one.direction)] for one in comparisons],
    )


def _shown(value: Value) -> Shown | str:
    """The service's own record of one person: a number as it is, anything else in words."""
    return Shown(value) if isinstance(value, int | Decimal) else in_words(value)


def charts_of(comparisons: Sequence[Comparison]) -> list[PairChart]:
    """What is read of one instrument, where there was a number both times: a chart a scale."""
    scales: dict[tuple, list[Comparison]] = {}
    for one in comparisons:
        if one.is_read and isinstance(one.first, int | Decimal) and isinstance(one.latest, int | Decimal):
            scales.setdefault((one.least, one.most), []).append(one)
    return [_chart(group, least, most) for (least, most), group in scales.items()]


def _chart(group: list[Comparison], least: int | Decimal, most: int | Decimal) -> PairChart:
    pairs = [Pair(_label(one), one.first, one.latest) for one in group]
    return pair_chart(f"{group[0].instrument.title}: first and latest", pairs, least=least, most=most)


def _label(one: Comparison) -> str:
    return f"{one.label} (less is better)" if one.less_is_better else one.label
