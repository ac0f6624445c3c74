"""Wellbeing assessments as rows of a file: a column an item of every instrument, empty where it was not asked."""

from collections.abc import Sequence

from ims.bulk.layout import Column
from ims.codelists.instruments import Instrument, Item, every_item
from interventions.uploading.layout import KindLayout
from interventions.uploading.reading import InFile
from interventions.wellbeing_assessment.form import BETWEEN
from interventions.wellbeing_assessment.kind import KIND

CODED = ("accommodation", "employment")


def _columns() -> Sequence[Column]:
    coded = [Column(name, name.capitalize(), "Code; empty is not asked", "", list_key=name) for name in CODED]
    stage = Column(
        "stage", "Stage", "first, review or exit", "first", True, words=("first", "review", "exit")
    )
    return [stage, *coded, *(_of_item(one, item) for one, item in every_item())]


def _of_item(one: Instrument, item: Item) -> Column:
    least, most = item.minimum, item.maximum
    words = "yes, no" if item.yes_no else f"{least} to {most}"
    title = f"{one.title}: {item.label}"
    return Column(
        f"{one.key}_{item.key}", title, f"{words}, or declined; empty is not asked, which is not 0", ""
    )


OWN = {column.name: column for column in _columns()}
_BOXES = {f"{one.key}_{item.key}": f"{one.key}{BETWEEN}{item.key}" for one, item in every_item()}
_COLUMNS = {box: column for column, box in _BOXES.items()}


def typed(cells, actor) -> dict[str, str]:
    answers = {box: cells[column] for column, box in _BOXES.items() if cells.get(column)}
    return {**answers, **{name: cells.get(name, "") for name in ("stage", *CODED)}}


HOW = InFile(KIND, typed, column_of=lambda box: _COLUMNS.get(box, box))
LAYOUT = KindLayout(HOW, OWN)
