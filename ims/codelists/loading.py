"""Loading code lists from files: the same files twice change nothing, and a bad file changes nothing at all.

A code that was loaded once stays. Where a newer file no longer has it, it is retired: its last day is the day on which
that file's edition begins. What is corrected in a code is told, so that a person can see that it still means the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.db import models, transaction

from ims.audit import events
from ims.codelists import lists
from ims.codelists.files import MANIFEST, BadFile, ListFile, edition_day, read_folder
from ims.codelists.models import Code, CodeList

OUR_FILES = Path(__file__).parent / "data"
_OF_A_LIST = ["title", "edition", "source", "confidence", "sort"]
_OF_A_CODE = ["label", "valid_from", "valid_to", "group", "confidence", "note", "maps_to", "facts", "sort"]

Differences = dict[str, tuple]  # name of a field: what it was, what it is


@dataclass(frozen=True, slots=True)
class Outcome:
    """What loading did to one list. What changed and what was retired is told in words, a code a line."""

    key: str
    same: int
    new: Sequence[str]
    changed: Sequence[str]
    retired: Sequence[str]
    written: bool  # whether anything was; a mere change of order is written and not told


def load(folder: Path = OUR_FILES, *, at: datetime) -> list[Outcome]:
    """Bring the lists of a folder to what its files say; lists that it does not name stay as they are.

    All or nothing, with one audit event if anything changed. Raises BadFile.
    """
    outcomes = _write(read_folder(folder), at)
    lists.forget()
    return outcomes


@transaction.atomic
def _write(files: list[ListFile], at: datetime) -> list[Outcome]:
    held = {one.key: one for one in CodeList.objects.select_for_update()}
    outcomes = [_load(file, held.get(file.list.key)) for file in files]
    if any(outcome.written for outcome in outcomes):
        events.record("codelists.loaded", at=at, by=None, **_totals(outcomes))
    return outcomes


def _totals(outcomes: list[Outcome]) -> dict[str, int]:
    return {
        "lists": sum(outcome.written for outcome in outcomes),
        "new": sum(len(outcome.new) for outcome in outcomes),
        "changed": sum(len(outcome.changed) for outcome in outcomes),
        "retired": sum(len(outcome.retired) for outcome in outcomes),
    }


def _load(file: ListFile, held: CodeList | None) -> Outcome:
    if held is None:
        file.list.save(force_insert=True)
        return _load_codes(file, {})
    _refuse_older(file.list, held)
    differences = _take(held, file.list, _OF_A_LIST)
    outcome = _load_codes(file, {code.code: code for code in held.codes.all()})
    if differences or outcome.written:
        held.version += 1
        held.save()
    told = _told("the list", differences)
    return replace(outcome, changed=[*told, *outcome.changed], written=bool(differences) or outcome.written)


def _load_codes(file: ListFile, held: dict[str, Code]) -> Outcome:
    new = [code for code in file.codes if code.code not in held]
    taken = {code.code: _take(held[code.code], code, _OF_A_CODE) for code in file.codes if code.code in held}
    kept = {code.code for code in file.codes}
    retired = _retire(
        [code for code in held.values() if code.code not in kept], edition_day(file.list.edition)
    )
    _save(file.list.key, new, [held[code] for code, differences in taken.items() if differences] + retired)
    told = [line for code, differences in taken.items() for line in _told(code, differences)]
    return Outcome(
        key=file.list.key,
        same=len(taken) - len(told),
        new=[code.code for code in new],
        changed=told,
        retired=[f"{code.code}: “{code.label}”, last day {code.valid_to}" for code in retired],
        written=bool(new or retired or any(taken.values())),
    )


def _save(key: str, new: list[Code], touched: list[Code]) -> None:
    for code in new:
        code.list_id = key
    Code.objects.bulk_create(new)
    Code.objects.bulk_update(touched, _OF_A_CODE)


def _retire(codes: list[Code], day: date) -> list[Code]:
    """Give codes that a file no longer has their last day. Returns those that had not ended by then."""
    retired = []
    for code in codes:
        ends = max(day, code.valid_from or day)
        if code.valid_to is None or code.valid_to > ends:
            code.valid_to = ends
            retired.append(code)
    return retired


def _take(held: models.Model, file: models.Model, names: list[str]) -> Differences:
    """Give what is held the values of the file. Returns what differed."""
    was_and_is = {name: (getattr(held, name), getattr(file, name)) for name in names}
    differences = {name: pair for name, pair in was_and_is.items() if pair[0] != pair[1]}
    for name, (_, now) in differences.items():
        setattr(held, name, now)
    return differences


def _told(what: str, differences: Differences) -> list[str]:
    """One line of what changed, or none. The order is left out: it moves whenever something is put in above."""
    words = [f"{name} “{was}” → “{now}”" for name, (was, now) in differences.items() if name != "sort"]
    return [f"{what}: {', '.join(words)}"] if words else []


def _refuse_older(file: CodeList, held: CodeList) -> None:
    """An older file would retire codes that are in use. Raises BadFile."""
    if edition_day(file.edition) < edition_day(held.edition):
        raise BadFile(
            MANIFEST,
            None,
            f"“{file.key}” is of edition {file.edition}; edition {held.edition} is loaded already",
        )
