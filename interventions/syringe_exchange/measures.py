"""What equipment counts as: needles, barrels and sets, three measures that are never added to one another (guidance)."""

from collections.abc import Mapping

from ims.codelists import lists


def totals(given: Mapping[str, int]) -> dict[str, int]:
    """Needles, barrels and sets in the items, by the facts of the equipment list."""
    return {measure: _total(given, measure) for measure in ("needles", "barrels", "sets")}


def _total(given: Mapping[str, int], measure: str) -> int:
    return sum(
        quantity * lists.facts_of("equipment", code).get(measure, 0) for code, quantity in given.items()
    )
