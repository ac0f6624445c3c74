"""What is recorded of a wellbeing assessment, for the public reference page."""

from ims.codelists.instruments import Instrument, Item, every_item, latest_versions
from ims.codelists.reference import Field
from ims.codelists.scoring import Score, scores

_R = "Wellbeing assessment"
_M = "wellbeing_assessment"


def _format(item: Item) -> str:
    if item.yes_no:
        return "Y, N, declined, or empty"
    return f"{item.minimum} to {item.maximum}, declined, or empty"


def _field(one: Instrument, item: Item) -> Field:
    meaning = f"{one.title}. Empty is not asked, which is neither 0 nor declined."
    return Field(_R, f"{one.key}_{item.key}", item.label, meaning, _format(item), module=_M, source="added")


def _score(one: Instrument, score: Score) -> Field:
    meaning = f"{one.title}. Empty unless every item has a number."
    name = f"{one.key}_{score.key}"
    return Field(_R, name, score.label, meaning, "Number, or empty", module=_M, source="derived")


# fmt: off
FIELDS = [
    Field(_R, "on", "Date of contact", "Never in the future.", "Day, month, year", module=_M, source="added"),
    Field(_R, "site", "Site", "Where the service worked.", "One of its sites", module=_M, source="added"),
    Field(_R, "stage", "Stage", "First against latest is the outcome.", "first, review or exit",
          module=_M, source="added"),
    Field(_R, "accommodation", "Accommodation", "Empty is not asked; declined has a code.", "Code",
          list_key="accommodation", module=_M, source="added"),
    Field(_R, "employment", "Employment", "Empty is not asked; declined has a code.", "Code",
          list_key="employment", module=_M, source="added"),
    *(_field(one, item) for one, item in every_item()),
    *(_score(one, score) for one in latest_versions() for score in scores(one, {})),
    Field(_R, "note", "Note", "Never reported, never extracted to analysts.", "Text", module=_M, source="added"),
]
# fmt: on
