"""First against latest: what became of each score and item between two assessments of one person.

Only what was answered with a number, or with yes or no, both times can be compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ims.codelists.instruments import DECLINED, NO, YES, Answer, Instrument, in_force
from ims.codelists.scoring import scores
from interventions.wellbeing_assessment.model import Stage, WellbeingAssessment

Value = Answer | Decimal | None
_AS_NUMBERS = {YES: 1, NO: 0}


class Direction(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NOT_COMPARABLE = "cannot be compared"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One score or item at first and latest; None where it was not asked or could not be worked out."""

    instrument: Instrument
    label: str
    first: Value
    latest: Value
    direction: Direction


@dataclass(frozen=True, slots=True)
class Outcome:
    first: WellbeingAssessment
    latest: WellbeingAssessment
    comparisons: Sequence[Comparison]


def outcome(assessments: Sequence[WellbeingAssessment]) -> Outcome | None:
    """Compare the assessments of one person, earliest first; None where there are not two.

    The first is the latest one of stage First, because a person may come back after an exit; the earliest where
    there is none.
    """
    if len(assessments) < 2:
        return None
    starts = [one for one in assessments if one.stage == Stage.FIRST]
    first, latest = (starts or assessments[:1])[-1], assessments[-1]
    if first is latest:
        return None
    return Outcome(first, latest, list(_comparisons(first, latest)))


def direction(first: Value, latest: Value, *, less_is_better: bool) -> Direction:
    """Whether it went better or worse."""
    if None in (first, latest) or DECLINED in (first, latest):
        return Direction.NOT_COMPARABLE
    change = _AS_NUMBERS.get(latest, latest) - _AS_NUMBERS.get(first, first)
    if not change:
        return Direction.SAME
    return Direction.BETTER if (change < 0) == less_is_better else Direction.WORSE


def _comparisons(first: WellbeingAssessment, latest: WellbeingAssessment) -> Iterator[Comparison]:
    """Of every instrument that either of the two answered, its items and then its scores."""
    for one in in_force(latest.on):
        before, after = first.answers.get(one.key, {}), latest.answers.get(one.key, {})
        if not before and not after:
            continue
        for item in one.items:
            yield _compared(one, item.label, before.get(item.key), after.get(item.key), item.reversed)
        for was, now in zip(scores(one, before), scores(one, after), strict=True):
            yield _compared(one, was.label, was.value, now.value, was.reversed)


def _compared(one: Instrument, label: str, first: Value, latest: Value, less_is_better: bool) -> Comparison:
    return Comparison(one, label, first, latest, direction(first, latest, less_is_better=less_is_better))
