"""First and latest of one scale, item under item, laid out on the server for `record/pair_chart.html` to draw.

Only for what a service recorded of one person: nothing here hides small numbers (for counts see ims.core.figures).
Lengths along the scale are percentages and everything else is in pixels, so that words keep their size on a phone. Only
presentation attributes, no style and no script, so that it passes a strict content security policy and prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal

SCALE = 62  # percent of the width; what is left beside it is room for "19.25 latest" on a phone
BAR_HEIGHT, PAIR_HEIGHT = 14, 66
LABEL_BASELINE, FIRST_TOP, LATEST_TOP, FIGURE_BASELINE = 14, 20, 38, 12


@dataclass(frozen=True, slots=True)
class Pair:
    label: str
    first: Number
    latest: Number


@dataclass(frozen=True, slots=True)
class Bar:
    """Places and lengths are text, so that no locale puts a comma in them."""

    when: str
    figure: str
    length: str
    bar_y: str
    figure_y: str


@dataclass(frozen=True, slots=True)
class DrawnPair:
    label: str
    label_y: str
    first: Bar
    latest: Bar


@dataclass(frozen=True, slots=True)
class PairChart:
    """title and description are what a screen reader says of it; the numbers are in the table the chart goes with."""

    title: str
    caption: str
    description: str
    height: str
    pairs: tuple[DrawnPair, ...]
    scale: str = f"{SCALE}%"
    bar_height: str = str(BAR_HEIGHT)
    figure_x: str = f"{SCALE + 2}%"


def pair_chart(title: str, pairs: Sequence[Pair], *, least: Number, most: Number) -> PairChart:
    """Bars as long as the way from the least to the most that the scale has, never as long as the longest of them."""
    caption = f"From {_plain(least)} to {_plain(most)}"
    said = (f"{pair.label}: first {pair.first}, latest {pair.latest}" for pair in pairs)
    return PairChart(
        title=title,
        caption=caption,
        description=f"{caption}. {'; '.join(said)}",
        height=str(PAIR_HEIGHT * len(pairs)),
        pairs=tuple(_drawn(place * PAIR_HEIGHT, pair, least, most) for place, pair in enumerate(pairs)),
    )


def _drawn(top: int, pair: Pair, least: Number, most: Number) -> DrawnPair:
    first = _bar("first", pair.first, top + FIRST_TOP, least, most)
    latest = _bar("latest", pair.latest, top + LATEST_TOP, least, most)
    return DrawnPair(pair.label, str(top + LABEL_BASELINE), first, latest)


def _bar(when: str, number: Number, top: int, least: Number, most: Number) -> Bar:
    length = SCALE * (number - least) / (most - least)
    return Bar(when, str(number), f"{length:.2f}%", str(top), str(top + FIGURE_BASELINE))


def _plain(number: Number) -> str:
    """35 for 35.00."""
    return f"{Decimal(number).normalize():f}"
