"""What became of a figure once the policy had been applied: the only form in which a figure reaches a page or file.

It never holds the true count, so nothing that prints it, compares it or stores it can let one out.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ims.core.figures.policy import Policy


class Standing(StrEnum):
    """Whether there is a figure, and if not, why not."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    NOT_RECORDED = "not recorded"  # nobody asked; distinct from a recorded nought
    NOT_APPLICABLE = "not applicable"  # such as a percentage of nobody


@dataclass(frozen=True, slots=True)
class Shown:
    """A rounded figure, or the reason there is none. `str()` is for people: "1,235", "*", "0", "54%", "not recorded"."""

    value: int | Decimal | None
    standing: Standing = Standing.SHOWN
    unit: str = ""
    symbol: str = "*"

    @property
    def is_shown(self) -> bool:
        return self.standing is Standing.SHOWN

    @property
    def is_suppressed(self) -> bool:
        return self.standing is Standing.SUPPRESSED

    def plain(self) -> str:
        """For a file that a machine reads: no thousands separators and no unit."""
        return str(self.value) if self.is_shown else str(self)

    def __str__(self) -> str:
        if self.is_shown:
            return f"{self.value:,}{self.unit}"
        return self.symbol if self.is_suppressed else self.standing.value


def percentage(part: Shown, whole: Shown) -> Shown:
    """`part` as a whole percentage of `whole`, both as shown; hidden if either is.

    Not clamped at 100: people bring back other people's works (108.9% in Cheshire and Merseyside, 1991-2001).
    """
    return _missing(part, whole) or Shown(_quotient(100 * part.value, whole.value, "1"), unit="%")


def mean_of(total: Shown, people: Shown, policy: "Policy") -> Shown:
    """`total` for each of `people`, both as shown, to one decimal; hidden if either is, or if the people may be too few."""
    if people.value and policy.counts_behind(people.value)[0] < policy.mean_from:
        return policy.hide()
    return _missing(total, people) or Shown(_quotient(total.value, people.value, "0.1"))


def _missing(part: Shown, whole: Shown) -> Shown | None:
    """Why there can be no quotient, if there cannot. Hidden comes first: it must not show through another reason."""
    absent = [figure for figure in (part, whole) if not figure.is_shown]
    absent.sort(key=lambda figure: not figure.is_suppressed)
    if absent:
        return absent[0]
    return None if whole.value else Shown(None, Standing.NOT_APPLICABLE)


def _quotient(part: int | Decimal, whole: int | Decimal, step: str) -> Decimal:
    return (Decimal(part) / Decimal(whole)).quantize(Decimal(step), rounding=ROUND_HALF_UP)
