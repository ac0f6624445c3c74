"""One measure: two things done alternately, and how many times longer the first may take than the second."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

WARM_UP = 20  # pairs whose times are thrown away: connections are opened, templates compiled, pages read into memory

# Does its thing once, makes sure that it was really done, and returns the seconds that it took.
Timed = Callable[[], float]


class Wrong(RuntimeError):
    """Something was not as it has to be for a measure to mean anything. The message says what."""


@dataclass(frozen=True)
class Measure:
    """Two lists of times of the same length, in seconds, and the bound of the ratio of their medians.

    `is_rate`: what is measured is so many a second and ours may not be less than the bound.
    """

    name: str
    ours: list[float]
    reference: list[float]
    bound: float
    is_rate: bool = False
    scale: float = 1000  # as they are printed: milliseconds

    @property
    def ratio(self) -> float:
        """As it is printed: a line that says 3.00 of 3.0 is not short."""
        return round(median(self.ours) / median(self.reference), 2)

    @property
    def is_short(self) -> bool:
        return self.ratio < self.bound if self.is_rate else self.ratio > self.bound

    def line(self) -> str:
        """name, ours, reference (milliseconds unless said otherwise), ratio, bound, ok or short; between tabs."""
        sides = [f"{median(side) * self.scale:.2f}" for side in (self.ours, self.reference)]
        verdict = "short" if self.is_short else "ok"
        return "\t".join([self.name, *sides, f"{self.ratio:.2f}", f"{self.bound:.1f}", verdict])

    def spread(self) -> str:
        """The middle half of both sides, which says how quiet the machine was."""
        sides = [_middle(side, self.scale) for side in (self.ours, self.reference)]
        return f"{len(self.ours)} pairs; the middle half of ours {sides[0]}, reference {sides[1]}"


def compare(name: str, ours: Timed, reference: Timed, *, bound: float, pairs: int) -> Measure:
    """Do both alternately, `pairs` times; who is first changes every time, so that neither always follows the other."""
    sides, times = [ours, reference], [[], []]
    for turn in range(WARM_UP + pairs):
        for side in (0, 1) if turn % 2 else (1, 0):
            times[side].append(sides[side]())
    return Measure(name, times[0][WARM_UP:], times[1][WARM_UP:], bound)


def _middle(times: list[float], scale: float) -> str:
    if len(times) < 2:
        return f"{times[0] * scale:.2f}"
    first, _, third = quantiles(times, n=4)
    return f"{first * scale:.2f} to {third * scale:.2f}"
