"""What the answers to an instrument amount to. Pure: nothing is read and nothing is kept.

What was declined or not asked is never counted as nought: a score that needs it is None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from ims.codelists.instruments import Answers, Instrument


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is None where an answer that it needs is missing; `reversed`: less of it is better.

    `least` and `most` are what it can be, whoever answers.
    """

    key: str
    label: str
    value: int | Decimal | None
    least: int | Decimal
    most: int | Decimal
    band: str = ""
    reversed: bool = False


def scores(instrument: Instrument, answers: Answers) -> list[Score]:
    """The scores of an instrument, those that cannot be worked out among them. The last is the one that is read."""
    return SCORERS[instrument.scorer](instrument, answers)


def _apart(instrument: Instrument, answers: Answers) -> list[Score]:
    """Each item stands for itself, so there is no score."""
    return []


def _total(instrument: Instrument, answers: Answers) -> list[Score]:
    total = _sum_of_all(instrument, answers)
    band = "" if total is None else instrument.band_of("total", total)
    least = sum(item.minimum for item in instrument.items)
    most = sum(item.maximum for item in instrument.items)
    return [Score("total", "Total", total, least, most, band, _less_is_better(instrument))]


def _converted(instrument: Instrument, answers: Answers) -> list[Score]:
    raw = _sum_of_all(instrument, answers)
    metric = None if raw is None else instrument.conversion[raw]
    less = _less_is_better(instrument)
    table = instrument.conversion
    return [
        Score("raw", "Raw score", raw, min(table), max(table), reversed=less),
        Score("metric", "Metric score", metric, min(table.values()), max(table.values()), reversed=less),
    ]


def _sum_of_all(instrument: Instrument, answers: Answers) -> int | None:
    """The sum of the items; None unless each has a number."""
    given = [answers.get(item.key) for item in instrument.items]
    return sum(given) if all(isinstance(answer, int) for answer in given) else None


def _less_is_better(instrument: Instrument) -> bool:
    return all(item.reversed for item in instrument.items)


SCORERS: Mapping[str, Callable[[Instrument, Answers], list[Score]]] = MappingProxyType(
    {"apart": _apart, "total": _total, "converted": _converted}
)
