"""How much of a file is read, and the refusal of a whole file."""

from dataclasses import dataclass

SAVE_AGAIN = "Save it again as CSV or as an Excel workbook (.xlsx) without a password."


class Unreadable(ValueError):
    """The file as a whole cannot be read. The message says what is wrong and how to mend it, in plain words."""


@dataclass(frozen=True)
class Limits:
    """The most that is read of a file, and what opening a workbook may take."""

    bytes: int = 50_000_000
    rows: int = 1_000_000
    """Below the headings, blank ones included."""
    columns: int = 500
    cell: int = 10_000
    """Characters."""
    seconds: int = 60
    """Of a workbook's own computing, and of waiting for it."""
    memory: int = 1_500_000_000
    """Bytes that opening a workbook may take; the site's own process keeps none of them."""
