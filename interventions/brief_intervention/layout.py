"""Brief interventions as rows of a file."""

from ims.bulk.layout import Column
from interventions.brief_intervention.kind import KIND
from interventions.uploading.layout import KindLayout
from interventions.uploading.reading import InFile

OWN = {
    column.name: column
    for column in (
        Column("type", "What was done", "Code", "ADVICE", True, list_key="intervention_type"),
        Column("setting", "Setting", "Code, or empty", "", list_key="intervention_setting"),
        Column("minutes", "Minutes", "Whole number; empty is not recorded", "10"),
    )
}


def typed(cells, actor) -> dict:
    """A row is one intervention; the form has a box for each of several."""
    types = (cells["type"],) if cells.get("type") else ()
    return {"types": types, "setting": cells.get("setting", ""), "minutes": cells.get("minutes", "")}


HOW = InFile(KIND, typed, column_of=lambda box: "type" if box == "types" else box)
LAYOUT = KindLayout(HOW, OWN)
