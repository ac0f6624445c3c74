"""Wellbeing assessments as rows of a file: a column an item of every instrument, empty where it was not asked."""

from collections.abc import Sequence
from dataclasses import replace

from ims.bulk.layout import Column
from ims.codelists.instruments import DECLINED, NO, YES, Instrument, Item, every_item
from ims.core.actor import Actor
from interventions.uploading.layout import KindLayout
from interventions.uploading.reading import InFile
from interventions.wellbeing_assessment.form import BETWEEN
from interventions.wellbeing_assessment.kind import KIND

CODED = {"accommodation": "SUPPORTED", "employment": "12"}  # each with an example
# One person's answers, in the order of the items; one of them was declined.
_EXAMPLES = {
    "audit": "2 1 1 0 0 0 1 0 0 0",
    "audit_c": "2 1 1",
    "ons4": "6 7 6 4",
    "swemwbs": "3 3 2 3 3 4 3",
    "top_days": "4 12 2 0 0 8 0 28 10 N 0 declined N N 0 0 N N",
    "top_scales": "12 11 10",
}


def _columns() -> Sequence[Column]:
    coded = [
        Column(name, name.capitalize(), "Code; empty is not asked", example, list_key=name)
        for name, example in CODED.items()
    ]
    stage = Column(
        "stage", "Stage", "first, review or exit", "first", True, words=("first", "review", "exit")
    )
    return [stage, *coded, *(_of_item(one, item) for one, item in every_item())]


def _of_item(one: Instrument, item: Item) -> Column:
    least, most = item.minimum, item.maximum
    words = f"{YES}, {NO}" if item.yes_no else f"{least} to {most}"
    title = f"{one.title}: {item.label}"
    empty = "empty is not asked" if item.yes_no else "empty is not asked, which is not 0"
    return Column(f"{one.key}_{item.key}", title, f"{words}, or declined; {empty}", _example(one, item))


def _example(one: Instrument, item: Item) -> str:
    return _EXAMPLES[one.key].split()[one.items.index(item)]


OWN = {column.name: column for column in _columns()}
_BOXES = {f"{one.key}_{item.key}": f"{one.key}{BETWEEN}{item.key}" for one, item in every_item()}
_COLUMNS = {box: column for column, box in _BOXES.items()}


_YES_OR_NO = {_BOXES[f"{one.key}_{item.key}"] for one, item in every_item() if item.yes_no}
_AS_ASKED = {"y": YES, "yes": YES, "n": NO, "no": NO, "d": DECLINED, "declined": DECLINED}


def typed(cells, actor) -> dict[str, str]:
    """On the page yes and no are chosen; in a file they are written, and in several ways."""
    answers = {box: cells[column] for column, box in _BOXES.items() if cells.get(column)}
    for box in _YES_OR_NO & set(answers):
        answers[box] = _AS_ASKED.get(answers[box].lower(), answers[box])
    return {**answers, **{name: cells.get(name, "") for name in ("stage", *CODED)}}


class AssessmentLayout(KindLayout):
    """Every item has its column, as in the Local Extract, whichever instruments a service asks."""

    def columns(self, actor: Actor | None = None) -> list[Column]:
        """An example only where the service asks it: it is refused what it does not ask."""
        columns = super().columns(actor)
        if actor is None:
            return columns
        asked = KIND.options(actor, None)["instruments"]
        not_asked = {f"{one.key}_{item.key}" for one, item in every_item() if one.key not in asked}
        return [replace(one, example="") if one.name in not_asked else one for one in columns]


HOW = InFile(KIND, typed, column_of=lambda box: _COLUMNS.get(box, box))
LAYOUT = AssessmentLayout(HOW, OWN)
