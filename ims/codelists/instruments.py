"""Outcome instruments as data: a file a version in data_instruments/, read once.

An instrument is its items with their ranges, its rule for what is missing, how it is scored, and its bands. The words
of most questions belong to others: items have short labels of our own, and a licence holder may load the words in a
folder of its own (settings.INSTRUMENT_TEXTS), JSON files {instrument: {item: text}}.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings

OUR_FILES = Path(__file__).parent / "data_instruments"
DECLINED = "declined"
YES, NO = "Y", "N"

_WORDS = ("key", "title", "version", "citation", "licence", "missing", "scorer")

Answer = int | str  # a number, YES, NO or DECLINED; what was not asked is not there at all
Answers = Mapping[str, Answer]  # by item


class BadTexts(ValueError):
    """A licence holder's texts cannot be taken. The message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `reversed`: less of it is better. An item of yes or no has no range."""

    key: str
    label: str
    reversed: bool = False
    yes_no: bool = False
    minimum: int = 0
    maximum: int = 1
    step: int = 1

    def takes(self, answer: Answer) -> bool:
        """Whether this is an answer to it; declining is one."""
        if answer == DECLINED:
            return True
        if self.yes_no:
            return answer in (YES, NO)
        return type(answer) is int and answer in self.numbers  # True is an int too, and no number

    @property
    def numbers(self) -> range:
        return range(self.minimum, self.maximum + 1, self.step)


@dataclass(frozen=True, slots=True)
class Band:
    """What a value from `low` to `high`, both included, is called; `of` names the item or the score."""

    of: str
    low: int
    high: int
    label: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Instrument:
    key: str
    title: str
    version: str
    valid_from: date | None
    valid_to: date | None
    citation: str  # whose it is, as the owner wants it said wherever it is used
    licence: str  # on what terms it may be used
    missing: str  # what becomes of a score where an answer is missing, in words
    scorer: str  # a name of scoring.SCORERS
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    conversion: Mapping[int, Decimal]  # from the sum of the items to a metric score

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def band_of(self, of: str, value: Answer) -> str:
        """The band that a number lies in; empty where there is none."""
        if not isinstance(value, int):
            return ""
        found = (band.label for band in self.bands if band.of == of and band.low <= value <= band.high)
        return next(found, "")

    def is_in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


def instrument(key: str, on: date) -> Instrument | None:
    """An instrument as it was on a day; None for one that there is not."""
    return next((one for one in _all() if one.key == key and one.is_in_force(on)), None)


def in_force(on: date) -> list[Instrument]:
    """Every instrument of a day, in the order of their keys."""
    return [one for one in _all() if one.is_in_force(on)]


def every_item() -> list[tuple[Instrument, Item]]:
    """Every item of every version, each named once, as an extract has a column for it."""
    found = {(one.key, item.key): (one, item) for one in _all() for item in one.items}
    return list(found.values())


def latest_versions() -> list[Instrument]:
    """One of each instrument, the latest."""
    return list({one.key: one for one in _all()}.values())


def text_of(one: Instrument, item: Item) -> str:
    """What the form asks: the licence holder's words where there are any, else our label. Raises BadTexts."""
    return _texts(settings.INSTRUMENT_TEXTS).get(one.key, {}).get(item.key, item.label)


def attribution_of(one: Instrument) -> str:
    """Whose it is, on what terms, and whose words are shown: what stands wherever it is filled in. Raises BadTexts."""
    loaded = _texts(settings.INSTRUMENT_TEXTS).get(one.key, {})
    ours = [item for item in one.items if item.key not in loaded]
    words = "Some of the words shown are our own." if loaded else "The words shown are our own."
    return " ".join([one.citation, one.licence, *([words] if ours else [])])


@cache
def _all() -> tuple[Instrument, ...]:
    """Every version of every instrument, older versions first."""
    read = [_instrument(json.loads(path.read_text("utf-8"))) for path in sorted(OUR_FILES.glob("*.json"))]
    return tuple(sorted(read, key=lambda one: (one.key, one.valid_from or date.min)))


def _instrument(said: dict) -> Instrument:
    bands = [Band(b["of"], b["from"], b["to"], b["label"], b["confidence"]) for b in said["bands"]]
    return Instrument(
        **{name: said[name] for name in _WORDS},
        valid_from=_day(said["valid_from"]),
        valid_to=_day(said["valid_to"]),
        items=tuple(Item(**item) for item in said["items"]),
        bands=tuple(bands),
        conversion={int(raw): Decimal(metric) for raw, metric in said["conversion"].items()},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _texts(folder: Path | None) -> Mapping[str, Mapping[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.json")) if folder else ():
        for key, items in _read(path).items():
            texts.setdefault(key, {}).update(items)
    return texts


def _read(path: Path) -> dict[str, dict[str, str]]:
    """The texts of one file, for items that there are. Raises BadTexts."""
    known = {(one.key, item.key) for one, item in every_item()}
    try:
        said = json.loads(path.read_text("utf-8"))
        named = {(key, item): text for key, items in said.items() for item, text in items.items()}
    except (OSError, ValueError, AttributeError) as fault:
        raise BadTexts(f"{path.name} is not JSON of instruments and their items") from fault
    for (key, item), text in named.items():
        if (key, item) not in known or not isinstance(text, str):
            raise BadTexts(f"{path.name}: there is no item {item} of {key}, or its text is no text")
    return said
