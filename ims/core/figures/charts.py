"""A bar chart laid out on the server from figures already protected, for `components/bar_chart.html` to draw.

Only presentation attributes, no style and no script, so that it passes a strict content security policy and prints.
A bar that is not shown gets the same short dashed box whatever lies behind it, and says why in words beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ims.core.figures.shown import Shown

WIDTH, LONGEST_BAR, UNSHOWN_BAR = 640, 520, 16  # what is left beside the longest bar is room for its number
ROW_HEIGHT, BAR_HEIGHT, LABEL_BASELINE = 44, 18, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. Places and lengths are text in units of the drawing, so that no locale puts a comma in them."""

    label: str
    figure: str
    is_shown: bool
    length: str
    label_y: str
    bar_y: str
    figure_x: str
    figure_y: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """title and description are what a screen reader says of it; the figures are in the table the chart goes with."""

    title: str
    description: str
    width: str
    height: str
    bar_height: str
    bars: tuple[Bar, ...]


def bar_chart(title: str, figures: Sequence[tuple[str, Shown]]) -> BarChart:
    """Horizontal bars from nought, one a figure, as long as what is shown of it: never as the count behind it."""
    longest = max((figure.value for _, figure in figures if figure.is_shown), default=0)
    return BarChart(
        title=title,
        description="; ".join(f"{label}: {_in_words(figure)}" for label, figure in figures),
        width=str(WIDTH),
        height=str(ROW_HEIGHT * len(figures)),
        bar_height=str(BAR_HEIGHT),
        bars=tuple(_bar(place, label, figure, longest) for place, (label, figure) in enumerate(figures)),
    )


def _bar(place: int, label: str, figure: Shown, longest: int | Decimal) -> Bar:
    length = UNSHOWN_BAR
    if figure.is_shown:
        length = round(LONGEST_BAR * figure.value / longest) if longest else 0
    top = place * ROW_HEIGHT
    return Bar(
        label=label,
        figure=str(figure),
        is_shown=figure.is_shown,
        length=str(length),
        label_y=str(top + LABEL_BASELINE),
        bar_y=str(top + LABEL_BASELINE + 6),
        figure_x=str(length + 8),
        figure_y=str(top + LABEL_BASELINE + 20),
    )


def _in_words(figure: Shown) -> str:
    return "hidden, too few people" if figure.is_suppressed else str(figure)
