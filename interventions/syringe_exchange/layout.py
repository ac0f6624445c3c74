"""Syringe exchanges as rows of a file."""

from collections.abc import Mapping

from ims.bulk.layout import QUANTITIES, Column
from ims.bulk.quantities import is_number, quantities
from ims.core import dates
from ims.core.actor import Actor
from interventions.syringe_exchange.boxes import ITEM, PACK
from interventions.syringe_exchange.kind import KIND
from interventions.syringe_exchange.packs import Bill, bills_of
from interventions.uploading.layout import KindLayout
from interventions.uploading.reading import InFile, NotTyped

OWN = {
    column.name: column
    for column in (
        Column("packs", "Packs", "Names of your packs and numbers: Blue=2", ""),
        Column(
            "items",
            "Items given out",
            f"{QUANTITIES}; what was in packs included",
            "SYR_FIXED_1=10",
            list_key="equipment",
        ),
        Column("returned", "Brought back", "Whole number; empty is not asked, which is not 0", "5"),
        Column("others", "Collected for others", "People; empty is not asked, which is not 0", ""),
        Column("drug", "Drug at this visit", "Code, or empty", "HEROIN", list_key="substance"),
        Column("place", "Place", "Code, or empty", "", list_key="place"),
    )
}


def typed(cells: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """Packs into their boxes, and into those of equipment what was given out beside them. Raises NotTyped."""
    packs = _packs(cells["packs"], actor) if cells.get("packs") else []
    items = quantities(cells.get("items", ""))
    beside = _beside(items, packs) if packs else items
    return {
        **{f"{PACK}{bill.pack_id}": number for bill, number in packs},
        **{ITEM + code: number for code, number in beside.items()},
        **{name: cells.get(name, "") for name in ("returned", "others", "drug", "place")},
    }


def _packs(cell: str, actor: Actor) -> list[tuple[Bill, str]]:
    """Raises NotTyped. One query for each way in which a row is filled in that names a pack."""
    in_use = {bill.name.lower(): bill for bill in bills_of(actor).in_use(dates.today())}
    named = quantities(cell)
    for name in named:
        if name.lower() not in in_use:
            raise NotTyped("packs", f"“{name}” is not one of your packs in use.")
    return [(in_use[name.lower()], number) for name, number in named.items()]


def _beside(items: Mapping[str, str], packs: list[tuple[Bill, str]]) -> dict[str, str]:
    """What was given out beside the packs; all in packs, where the row names no items. Raises NotTyped."""
    if not items:
        return {}
    beside = dict(items)
    for bill, number in packs:
        for code, n in bill.items.items():
            if is_number(number) and is_number(beside.get(code, "0")):
                beside[code] = str(int(beside.get(code, "0")) - n * int(number))
    short = next((code for code, number in beside.items() if number.startswith("-")), None)
    if short:
        raise NotTyped("items", f"The packs hold more {short} than the row says was given out. Check both.")
    return {code: number for code, number in beside.items() if number != "0"}


def _column_of(box: str) -> str:
    return "items" if box.startswith(ITEM) else "packs" if box.startswith(PACK) else box


HOW = InFile(KIND, typed, _column_of, ITEM)
LAYOUT = KindLayout(HOW, OWN)
