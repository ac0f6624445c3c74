"""Rules of what may be recorded, as data: each has the day from which contacts are judged by it.

The kinds of rule are declared beside what they rule (settings.VALIDATION_RULES); an officer publishes one with a start.
What was recorded before is never touched, and a contact is judged by the rules of its own day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.utils.module_loading import import_string

from ims.codelists import lists
from ims.codelists.models import Rule

CODE_RETIRED = "code_retired"


class NoSuchRule(ValueError):
    """A rule of a kind that nobody declared, or with a limit or code that its kind does not take."""


class Shape(StrEnum):
    """How a rule judges."""

    STATED = "stated"  # there has to be a value
    AT_MOST = "at_most"  # a number may not be more than the limit
    NOT_CODE = "not_code"  # a code may not be used


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of rule. `contact` and `name` say what is judged: of which kind of contact, which value."""

    key: str
    label: str  # as an officer chooses it: "The drug of an exchange must be stated"
    words: str  # as a refusal goes on: "the drug must be stated"; {limit} where there is one
    shape: Shape
    contact: str = ""
    name: str = ""
    field: str = ""  # the box that has to be mended, where it is not called like the value


@dataclass(frozen=True, slots=True)
class Said:
    """What a contact says of what can be ruled, the same of a form, a line of the grid and a record."""

    contact: str
    values: Mapping[str, str | int | None]
    codes: frozenset[str]  # "substance:HEROIN"


@dataclass(frozen=True, slots=True)
class Refusal:
    field: str  # "" where it is no box in particular
    words: str


RETIRED = RuleKind(CODE_RETIRED, "Retire a code", "“{label}” is no longer used", Shape.NOT_CODE)


def kinds() -> dict[str, RuleKind]:
    """Every kind of rule by key. Raises ImportError."""
    declared = [kind for path in settings.VALIDATION_RULES for kind in import_string(path)]
    return {kind.key: kind for kind in [*declared, RETIRED]}


def kind_of(rule: Rule) -> RuleKind:
    """Raises NoSuchRule."""
    try:
        return kinds()[rule.key]
    except KeyError:
        raise NoSuchRule(rule.key) from None


def in_force(on: date) -> list[Rule]:
    """The rules that judge a contact of a day: of those begun, the one with the latest start, then latest published."""
    begun: dict[tuple, Rule] = {}
    for rule in sorted(lists.published_rules(), key=lambda rule: (rule.valid_from, rule.pk)):
        if rule.valid_from <= on:
            begun[rule.key, rule.subject] = rule
    return [rule for rule in begun.values() if rule.is_on]


def to_come(today: date) -> list[Rule]:
    """What is published and has not begun, liftings too, by start; without those superseded before they begin."""
    latest = {
        (rule.key, rule.subject, rule.valid_from): rule
        for rule in lists.published_rules()
        if rule.valid_from > today
    }
    return sorted(latest.values(), key=lambda rule: (rule.valid_from, rule.pk))


def refusals(said: Said, on: date) -> list[Refusal]:
    """Why a contact of a day is refused, a line a rule; nothing where it may be recorded. No query while fresh."""
    found = []
    for rule in in_force(on):
        if breaks(said, rule):
            kind = kind_of(rule)
            words = f"From {rule.valid_from.day}/{rule.valid_from:%-m/%Y} {phrase(rule)}."
            found.append(Refusal(kind.field or kind.name, words))
    return found


def breaks(said: Said, rule: Rule) -> bool:
    """Whether a contact is not as the rule wants it. What a rule is not about, and one lifted, breaks nothing."""
    kind = kind_of(rule)
    if not rule.is_on or (kind.contact and kind.contact != said.contact):
        return False
    if kind.shape is Shape.NOT_CODE:
        return rule.subject in said.codes
    if kind.name not in said.values:
        return False
    value = said.values[kind.name]
    if kind.shape is Shape.STATED:
        return value is None or value == ""
    return value is not None and value > rule.limit


def phrase(rule: Rule) -> str:
    """The rule in the middle of a sentence: "the drug must be stated"."""
    key, _, code = rule.subject.partition(":")
    limit = "" if rule.limit is None else f"{rule.limit:,}"
    return kind_of(rule).words.format(limit=limit, label=lists.label_of(key, code))


def in_words(rule: Rule) -> str:
    """The rule as a line of a table."""
    kind = kind_of(rule)
    words = kind.label if kind.shape is Shape.AT_MOST and not rule.is_on else phrase(rule)
    return f"{words[0].upper()}{words[1:]}" if rule.is_on else f"Lifted: {words}"


def codes(key: str, used: Iterable[str]) -> frozenset[str]:
    """Codes of a list as `Said` names them; an empty one is none."""
    return frozenset(f"{key}:{code}" for code in used if code)


def check(rule: Rule) -> None:
    """Whether a rule is one that its kind takes. Raises NoSuchRule."""
    shape = kind_of(rule).shape
    key, _, code = rule.subject.partition(":")
    if (shape is Shape.AT_MOST and rule.is_on) != (rule.limit is not None):
        raise NoSuchRule("limit")
    if (shape is Shape.NOT_CODE) != bool(rule.subject) or (code and lists.label_of(key, code) == ""):
        raise NoSuchRule("subject")
