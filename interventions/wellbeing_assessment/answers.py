"""What an assessment may say: the one judge of its answers and codes, wherever they come from.

Not asked is not there, declined is "declined", and 0 is a number: three things, of which none is taken for another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ims.codelists import lists
from ims.codelists.instruments import Answer, Answers, Item, instrument, latest_versions
from interventions.wellbeing_assessment.model import Stage

BETWEEN = "__"  # an instrument and its item, in the name of a box: "ons4__anxious"
CODED = ("accommodation", "employment")  # each is the key of its list too
NOT_ASKED = {"accommodation": "NK", "employment": "6"}  # the codes that say what an empty choice says
NOTHING: Mapping = {}


class NotAnAnswer(ValueError):
    """An assessment says what its instruments or lists do not take. The message is fit for a log; `faults` are not."""

    def __init__(self, faults: Sequence["Fault"]):
        super().__init__(f"{len(faults)} not taken")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Fault:
    name: str  # of the box
    words: str  # how it is mended


class Says(Protocol):
    """An assessment, as a line or as a record."""

    on: date
    stage: str
    accommodation: str
    employment: str
    answers: Mapping[str, Answers]


def said_by(one: Says) -> dict:
    """What an assessment says, by the names of the form."""
    answers = {
        f"{key}{BETWEEN}{item}": answer
        for key, given in one.answers.items()
        for item, answer in given.items()
    }
    return {"on": one.on, "stage": one.stage, **{name: getattr(one, name) for name in CODED}, **answers}


def codes(name: str, held: str, today: date) -> list[tuple[str, str]]:
    """The codes that may be chosen, each with its label: not the one that says what empty says, unless it is held."""
    offered = lists.choices_with(name, held, today)
    return [(code, label) for code, label in offered if code != NOT_ASKED[name] or code == held]


def how_to_mend(item: Item) -> str:
    if item.yes_no:
        return "Enter Y, N, D if the person declined, or leave it empty if not asked."
    return f"Enter {_range(item)}, D if the person declined, or leave it empty if not asked."


def refuse(line: Says, *, today: date, held: Says | None = None) -> None:
    """Raises NotAnAnswer where a line says what is not taken. `held` is the record that it puts right."""
    found = faults(line, today=today, held=said_by(held) if held else NOTHING)
    if found:
        raise NotAnAnswer(found)


def faults(line: Says, *, today: date, held: Mapping = NOTHING) -> list[Fault]:
    """Everything that is not taken of a line.

    `held` is what the record that it puts right says, by the names of the form: a code stays, though it is offered no
    more, and so does an answer on its own day.
    """
    return [*_of_stage(line), *_of_codes(line, held, today), *_of_answers(line, held)]


def _of_stage(line: Says) -> Iterator[Fault]:
    if line.stage not in Stage.values:
        yield Fault("stage", "Choose first, review or exit.")


def _of_codes(line: Says, held: Mapping, today: date) -> Iterator[Fault]:
    for name in CODED:
        code = getattr(line, name)
        if code and code not in dict(codes(name, held.get(name, ""), today)):
            not_asked = code == NOT_ASKED[name]
            yield Fault(
                name, "Leave it empty if not asked." if not_asked else f"This is not on the list of {name}."
            )


def _of_answers(line: Says, held: Mapping) -> Iterator[Fault]:
    kept = held if held.get("on") == line.on else NOTHING
    for key, given in line.answers.items():
        for item, answer in given.items():
            name = f"{key}{BETWEEN}{item}"
            words = _refusal(key, item, answer, line.on)
            if words and not (name in kept and kept[name] == answer):
                yield Fault(name, words)


def _refusal(key: str, item_key: str, answer: Answer, on: date) -> str:
    """Why an answer is not taken on a day; empty where it is."""
    one = instrument(key, on)
    if one is None:
        return _unknown(key, on)
    item = one.item(item_key)
    if item is None:
        return f"{one.title} has no such question."
    return "" if item.takes(answer) else how_to_mend(item)


def _unknown(key: str, on: date) -> str:
    title = next((one.title for one in latest_versions() if one.key == key), "")
    return f"{title} was not in use on {on:%d/%m/%Y}." if title else "There is no such instrument."


def _range(item: Item) -> str:
    if item.step == 1:
        return f"a number from {item.minimum} to {item.maximum}"
    *firsts, last = (str(number) for number in item.numbers)
    return f"{', '.join(firsts)} or {last}"
