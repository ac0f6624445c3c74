"""Code lists as forms and pages read them: from memory, without a query while what is held is fresh.

A process reads all lists once. At most once a minute it asks the database whether anything was loaded since (one small
query), so a new edition reaches every process within a minute. Where nothing is loaded, every list is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic
from types import MappingProxyType

from django.db import connection

from ims.codelists.models import Code, Rule

FRESH_FOR = 60.0  # seconds
NO_FACTS: Mapping[str, int | str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One code, in force from `valid_from` to `valid_to`, both days included."""

    code: str
    label: str
    group: str
    valid_from: date | None
    valid_to: date | None
    facts: Mapping[str, int | str]

    def is_in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and not self.is_retired(on)

    def is_retired(self, on: date) -> bool:
        return self.valid_to is not None and self.valid_to < on


@dataclass(frozen=True, slots=True)
class _Held:
    """Everything that is loaded, by list and code in their order, and when it was last known to be so."""

    stamp: int
    checked_at: float  # seconds of the monotonic clock
    lists: Mapping[str, Mapping[str, Entry]]
    rules: tuple[Rule, ...]  # in the order of publication


_held: _Held | None = None


def choices(key: str, on: date) -> list[tuple[str, str]]:
    """The codes of a list that may be chosen on a day, each with its label, in the order of the list."""
    return [(entry.code, entry.label) for entry in _entries(key).values() if entry.is_in_force(on)]


def choices_with(key: str, held: str, on: date) -> list[tuple[str, str]]:
    """The same, and the code that a record holds, which may have left the list since."""
    offered = choices(key, on)
    if held and held not in dict(offered):
        offered = [*offered, (held, f"{label_of(key, held)} (no longer in use)")]
    return offered


def grouped_choices(key: str, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same, group by group in the order of first appearance; codes without a group under ""."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in _entries(key).values():
        if entry.is_in_force(on):
            groups.setdefault(entry.group, []).append((entry.code, entry.label))
    return list(groups.items())


def label_of(key: str, code: str) -> str:
    """What a code is called, retired ones included; a code that is not in the list is its own label."""
    entry = _entries(key).get(code)
    return entry.label if entry else code


def facts_of(key: str, code: str) -> Mapping[str, int | str]:
    """What counting needs to know of a code (see facts.py); nothing for a code that is not in the list."""
    entry = _entries(key).get(code)
    return entry.facts if entry else NO_FACTS


def is_in_force(key: str, code: str, on: date) -> bool:
    """Whether a code may be chosen on a day. False for a code that is not in the list."""
    entry = _entries(key).get(code)
    return entry is not None and entry.is_in_force(on)


def published_rules() -> tuple[Rule, ...]:
    """Every rule that was ever published, in the order of publication (see rules.py)."""
    return _fresh().rules


def forget() -> None:
    """Read everything again at the next question, as after loading."""
    global _held
    _held = None


def _entries(key: str) -> Mapping[str, Entry]:
    """One list, by code. An unknown list is an empty one, from which nothing can be chosen."""
    return _fresh().lists.get(key, {})


def _fresh() -> _Held:
    """What is held, read or checked again where it has to be. Two threads at once do the same work twice."""
    global _held
    held, now = _held, monotonic()
    if held is None or now - held.checked_at >= FRESH_FOR:
        stamp = _stamp()
        same = held and held.stamp == stamp
        lists, rules = (held.lists, held.rules) if same else (_read(), tuple(Rule.objects.order_by("pk")))
        _held = held = _Held(stamp, now, lists, rules)
    return held


def _stamp() -> int:
    """Grows with every load and every rule. Asked before reading, so that a change in between is seen later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(sum(version), 0) FROM codelists_codelist) + (SELECT count(*) FROM codelists_rule)"
        )
        return cursor.fetchone()[0]


def _read() -> Mapping[str, Mapping[str, Entry]]:
    lists: dict[str, dict[str, Entry]] = {}
    for row in Code.objects.order_by("list_id", "sort", "id").values(
        "list_id", "code", "label", "group", "valid_from", "valid_to", "facts"
    ):
        key = row.pop("list_id")
        lists.setdefault(key, {})[row["code"]] = Entry(**row | {"facts": MappingProxyType(row["facts"])})
    return lists
