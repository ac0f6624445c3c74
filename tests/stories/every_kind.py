"""What a form of each kind leaves open, and how not asked, declined and nought look wherever they are read.

Quantities of items, packs and kits are not here: an empty box and 0 both say that none was given out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ims.codelists.instruments import Instrument, Item, every_item

QUANTITIES = ("item_", "pack_", "kit_")
SHARED = {"csrfmiddlewaretoken", "form_owner", "submission_id", "sure", "on", "site", "note"}
BATCHES = "batch_exchange"


class Answer(StrEnum):
    NOT_ASKED = "not asked"
    DECLINED = "declined"
    NOUGHT = "nought, or no"
    ANSWERED = "something else"


class Said(NamedTuple):
    """What is typed, and what it becomes; nothing is said on the page where `line` is empty."""

    typed: str
    line: str  # on the client's page, or in the list of batches
    printed: str  # in the Client Detailed Record
    filed: str  # in the Local Extract


@dataclass(frozen=True)
class Box:
    """A box that may stay empty, under its name in the form and its column of the file."""

    name: str
    says: Mapping[Answer, Said]
    column: str = ""

    def said(self, answer: Answer) -> Said:
        """Where the box does not take an answer, nothing is chosen."""
        return self.says.get(answer, self.says[Answer.NOT_ASKED])


@dataclass(frozen=True)
class Told:
    """`always`: what has to be typed besides. `cells` and `grid`: the same of a line of the grid, and its boxes."""

    always: Mapping[str, str]
    boxes: Sequence[Box]
    cells: Mapping[str, str] | None = None
    grid: Sequence[str] = ()

    def answers(self) -> list[Answer]:
        """Those that at least one of the boxes takes."""
        return [answer for answer in Answer if any(answer in box.says for box in self.boxes)]


def _box(name: str, *, column: str = "", **said: tuple[str, str, str, str]) -> Box:
    return Box(name, {Answer[key.upper()]: Said(*words) for key, words in said.items()}, column or name)


def _item(one: Instrument, item: Item) -> Box:
    """Of an instrument of which nothing was asked the page says nothing, and the Record that it was not asked."""
    if item.yes_no:
        other, other_words = Answer.NOUGHT, ("N", "no", "N")
    else:
        other = Answer.NOUGHT if 0 in item.numbers else Answer.ANSWERED
        other_words = (str(item.numbers[0]),) * 3
    says = {
        Answer.NOT_ASKED: Said("", "", f"{one.title} not asked", ""),
        Answer.DECLINED: _words(item, "declined" if item.yes_no else "D", "declined", "declined"),
        other: _words(item, *other_words),
    }
    return Box(f"{one.key}__{item.key}", says, f"{one.key}_{item.key}")


def _words(item: Item, typed: str, words: str, filed: str) -> Said:
    return Said(typed, f"{item.label} {words}", f"{item.label} {words}", filed)


# fmt: off
EVERY_KIND: Mapping[str, Told] = {
    "syringe_exchange": Told({"item_FOIL": "1"}, [
        _box("returned",
             not_asked=("", "brought back: not asked", "Brought back (estimate) not asked", ""),
             nought=("0", "brought back: 0", "Brought back (estimate) 0", "0")),
        _box("others",
             not_asked=("", "", "Collected for other people not asked", ""),
             nought=("0", "for nobody else", "Collected for other people 0", "0"),
             answered=("1", "for 1 other", "Collected for other people 1", "1")),
        _box("drug",
             not_asked=("", "", "Drug not asked", ""),
             declined=("NK", "Not known / not stated", "Drug Not known / not stated", "NK")),
        _box("place",
             not_asked=("", "", "Place not recorded", ""),
             answered=("GYM", "Gym", "Place Gym", "GYM")),
    ], cells={"what": "item_FOIL", "number": "1"}, grid=["returned"]),  # in the grid an empty drug is the usual one
    "brief_intervention": Told({"types": "WOUND"}, [
        _box("minutes",
             not_asked=("", "time not recorded", "Time spent not recorded", ""),
             nought=("0", "0 minutes", "Time spent 0 minutes", "0")),
        _box("setting",
             not_asked=("", "", "Setting not recorded", ""),
             answered=("5", "Prison", "Setting Prison", "5")),
    ], cells={"type": "WOUND"}, grid=["minutes", "setting"]),
    "naloxone": Told({"kit_NASAL": "1", "supply": "again"}, [
        _box("reason",
             not_asked=("", "", "Reason not asked", ""),
             answered=("LOST", "Resupply (lost)", "Reason Lost", "LOST")),
        *(_box(name,
               not_asked=("", line, f"{label} not asked", ""),
               declined=("DECLINED", f"{label.lower()}: declined", f"{label} Declined", "DECLINED"),
               nought=("N", f"{label.lower()}: no", f"{label} No", "N"))
          for name, label, line in [("training", "Training given", "training given: not asked"),
                                    ("used", "Last kit used", "")]),
    ]),
    "wellbeing_assessment": Told({"stage": "review"}, [
        _box("accommodation",
             not_asked=("", "", "Accommodation not asked", ""),
             declined=("NS", "accommodation: not stated (declined)", "Accommodation Not stated (declined)", "NS"),
             answered=("SQUAT", "accommodation: squatting", "Accommodation Squatting", "SQUAT")),
        _box("employment",
             not_asked=("", "", "Employment not asked", ""),
             declined=("99", "employment: not stated", "Employment Not stated", "99"),
             answered=("10", "employment: homemaker", "Employment Homemaker", "10")),
        *(_item(one, item) for one, item in every_item()),
    ]),
    "referral_in": Told({"source": "4"}, [
        _box("reason",
             not_asked=("", "reason not recorded", "Reason not recorded", ""),
             answered=("HOUSING", "Housing", "Reason Housing", "HOUSING")),
    ]),
    "referral_out": Told({"reason": "HOUSING", "destination": "GP", "partner": ""}, [
        _box("agreed", column="agreed_to_share",
             not_asked=("", "", "Agreed to the service being told not asked", "not asked"),
             nought=("no", "agreed: no", "Agreed to the service being told no", "no"),
             answered=("yes", "agreed: yes", "Agreed to the service being told yes", "yes")),
        _box("agreed_how",
             not_asked=("", "", "", ""),
             answered=("written", "agreed: yes, written", "told yes, written", "written")),
    ]),
    BATCHES: Told({"item_FOIL": "1"}, [
        _box("returned",
             not_asked=("", "brought back: not counted", "", ""),
             nought=("0", "brought back: 0", "", "0")),
        _box("until", not_asked=("", "", "", ""), answered=("15/06/2026", "to 15/06/2026", "", "2026-06-15")),
        _box("place", not_asked=("", "", "", ""), answered=("GYM", "Gym", "", "GYM")),
    ]),
}
# fmt: on
