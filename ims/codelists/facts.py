"""What counting needs to know of a code, list by list: the only extra columns that a list's file may have."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Cohort(StrEnum):
    """Which group of people a transaction with this drug puts somebody in, by itself."""

    PSYCHOACTIVE = "psychoactive"
    IPED = "iped"  # image and performance enhancing drugs
    NONE = "none"  # cannabis, tobacco, alcohol
    MISSING = "missing"  # the drug is not known


def whole_number(text: str) -> int:
    """A count from 0 up. Raises ValueError."""
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


def cohort(text: str) -> str:
    return Cohort(text).value


# Needles, barrels and sets are three measures that are never added: each item says what it counts as in each.
FACTS: Mapping[str, Mapping[str, Callable[[str], int | str]]] = MappingProxyType(
    {
        "substance": {"cohort": cohort},
        "equipment": {"needles": whole_number, "barrels": whole_number, "sets": whole_number},
    }
)


def columns_of(key: str) -> Mapping[str, Callable[[str], int | str]]:
    """The fact columns of a list and how each is read; most lists have none."""
    return FACTS.get(key, {})
