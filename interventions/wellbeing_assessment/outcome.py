"""First against latest: what became of each score and item between two assessments of one person.

Only what was answered with a number, or with yes or no, both times can be compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ims.codelists.instruments import DECLINED, NO, YES, Answer, Answers, Instrument, in_force
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
    """One score or item at first and latest; None where it was not asked or could not be worked out.

    `least` and `most` are the ends of its scale, of numbers. `is_read`: a practitioner reads it as the outcome, which
    is the score where an instrument has one, and else each item.
    """

    instrument: Instrument
    label: str
    first: Value
    latest: Value
    least: int | Decimal
    most: int | Decimal
    less_is_better: bool
    is_read: bool

    @property
    def direction(self) -> Direction:
        return direction(self.first, self.latest, less_is_better=self.less_is_better)


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
        if before or after:
            yield from _of_items(one, before, after)
            yield from _of_scores(one, before, after)


def _of_items(one: Instrument, before: Answers, after: Answers) -> Iterator[Comparison]:
    has_scores = bool(scores(one, {}))
    for item in one.items:
        values = before.get(item.key), after.get(item.key)
        yield Comparison(
            one, item.label, *values, item.minimum, item.maximum, item.reversed, is_read=not has_scores
        )


def _of_scores(one: Instrument, before: Answers, after: Answers) -> Iterator[Comparison]:
    pairs = list(zip(scores(one, before), scores(one, after), strict=True))
    for was, now in pairs:
        is_last = was is pairs[-1][0]
        yield Comparison(
            one, was.label, was.value, now.value, was.least, was.most, was.reversed, is_read=is_last
        )
