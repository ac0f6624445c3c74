"""What may be shown of a count: data, so that an organisation can set it, and outside the central team only tighten it.

After national practice for drug treatment statistics: 1 to 7 hidden, 0 shown, other counts to the nearest 5.
"""

from dataclasses import dataclass, replace

from ims.core.figures.shown import Shown, Standing


class NotStricter(ValueError):
    """A change to a policy that would show more than the policy shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a published table may show. Raises ValueError when its parts contradict each other.

    threshold: counts from 1 to this are hidden.
    rounding_base: every other count is shown to the nearest multiple of this, halves upwards.
    symbol: stands where a count is hidden.
    mean_from: a mean is shown only where at least this many people are behind it.
    margin_percent: how far either way a reader must be left in doubt about a hidden volume (needles, visits) of few
        people, as a percentage of the volume. The rule is ours: national practice speaks of people only.
    """

    threshold: int = 7
    rounding_base: int = 5
    symbol: str = "*"
    mean_from: int = 8
    margin_percent: int = 50

    def __post_init__(self) -> None:
        if min(self.threshold, self.rounding_base, self.mean_from, self.margin_percent) < 1:
            raise ValueError("Every number of a policy is 1 or more.")
        if self.rounded(self.threshold + 1) == 0:
            raise ValueError(f"A count of {self.threshold + 1} would be shown as 0.")
        if not self.symbol.strip() or any(letter.isdigit() for letter in self.symbol):
            raise ValueError("The symbol for a hidden count must be seen, and must not look like a number.")

    def stricter(self, **changes: int | str) -> "Policy":
        """This policy with some parts tightened; the symbol may change freely.

        Raises NotStricter for any part that would loosen. A rounding base must be a multiple of the old one, so that
        the coarser figures cannot be laid over the finer to find what lies between.
        """
        changed = replace(self, **changes)
        for name in changes.keys() - {"symbol"}:
            if getattr(changed, name) < getattr(self, name):
                raise NotStricter(f"{name} may not go down from {getattr(self, name)} to {changes[name]}.")
        if changed.rounding_base % self.rounding_base:
            raise NotStricter(f"rounding_base must be a multiple of {self.rounding_base}.")
        return changed

    def is_small(self, count: int) -> bool:
        """Is it a count that may never be shown?"""
        return 1 <= count <= self.threshold

    def rounded(self, count: int) -> int:
        return (count + self.rounding_base // 2) // self.rounding_base * self.rounding_base

    def counts_behind(self, rounded: int) -> tuple[int, int]:
        """The least and greatest count that is shown as `rounded`: all that a reader learns from it."""
        if rounded == 0:
            return 0, 0
        least = rounded - self.rounding_base // 2
        return max(least, self.threshold + 1), least + self.rounding_base - 1

    def show(self, count: int | None) -> Shown:
        """One count standing alone. In a table use `suppression.protect`: totals can give a hidden count away."""
        if count is None:
            return Shown(None, Standing.NOT_RECORDED)
        return self.hide() if self.is_small(count) else Shown(self.rounded(count))

    def hide(self) -> Shown:
        return Shown(None, Standing.SUPPRESSED, symbol=self.symbol)
