"""Supplies of naloxone as rows of a file."""

from ims.bulk.layout import QUANTITIES, Column
from ims.bulk.quantities import quantities
from interventions.naloxone.form import KIT
from interventions.naloxone.kind import KIND
from interventions.uploading.layout import KindLayout
from interventions.uploading.reading import InFile

OWN = {
    column.name: column
    for column in (
        Column("kits", "Kits", QUANTITIES, "NASAL=1", True, list_key="naloxone_kit"),
        Column(
            "supply",
            "First supply or resupply",
            "first or resupply",
            "first",
            True,
            words=("first", "resupply"),
        ),
        Column(
            "reason",
            "Why again",
            "Code; of a resupply alone; empty is not asked",
            "",
            list_key="naloxone_reason",
        ),
        Column("training", "Training given", "Code; empty is not asked", "Y", list_key="answer"),
        Column(
            "used",
            "Was the last kit used",
            "Code; of a resupply alone; empty is not asked",
            "",
            list_key="answer",
        ),
    )
}


def typed(cells, actor) -> dict[str, str]:
    kits = {KIT + code: number for code, number in quantities(cells.get("kits", "")).items()}
    return {**kits, **{name: cells.get(name, "") for name in ("supply", "reason", "training", "used")}}


HOW = InFile(KIND, typed, lambda box: "kits" if box.startswith(KIT) else box, KIT)
LAYOUT = KindLayout(HOW, OWN)
