"""What equipment counts as: needles, barrels and sets, three measures that are never added to one another (guidance)."""

from collections.abc import Mapping

from ims.codelists import lists


def totals(given: Mapping[str, int]) -> dict[str, int]:
    """Needles, barrels and sets in the items, by the facts of the equipment list."""
    counted = [(quantity, lists.facts_of("equipment", code)) for code, quantity in given.items()]
    return {
        measure: sum(quantity * facts.get(measure, 0) for quantity, facts in counted)
        for measure in ("needles", "barrels", "sets")
    }
