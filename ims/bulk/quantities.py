"""Quantities as one cell of a file writes them: CODE=10;CODE=5."""

from collections import Counter
from collections.abc import Mapping

BETWEEN, OF = ";", "="
MOST_DIGITS = 9


def quantities(cell: str) -> dict[str, str]:
    """How many of what, as it was typed; a code without a number is one of it. Of a code named twice, both added."""
    found: dict[str, str] = {}
    for part in cell.split(BETWEEN):
        code, _, number = (piece.strip() for piece in part.partition(OF))
        if code:
            found[code] = _added(found[code], number or "1") if code in found else number or "1"
    return found


def is_number(text: str) -> bool:
    """Whether it can be reckoned with; Python makes no number of thousands of digits, and a form takes nine."""
    return len(text) <= MOST_DIGITS and text.isascii() and text.isdecimal()


def _added(one: str, other: str) -> str:
    """Two that are no numbers stay as they are typed, so that whoever reads them says so."""
    return str(int(one) + int(other)) if is_number(one) and is_number(other) else f"{one}+{other}"


def in_one_cell(found: Mapping[str, object]) -> str:
    return BETWEEN.join(f"{code}{OF}{number}" for code, number in found.items())


def opened(packs: str, contents: Mapping[str, Mapping[str, int]], items: str) -> tuple[str, str]:
    """Packs whose contents are known become items: what is left of the packs, and all the items, as cells."""
    left, given = {}, Counter()
    for name, number in quantities(packs).items():
        if name in contents and is_number(number):
            given.update({code: n * int(number) for code, n in contents[name].items()})
        else:
            left[name] = number
    if not given:
        return packs, items
    return in_one_cell(left), BETWEEN.join(filter(None, [items, in_one_cell(given)]))
