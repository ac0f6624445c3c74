"""Authorities and the groups above them, from files.

The authorities ship with the project. The groups do too, as a proposal; an installation may have a file of its own.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import IntegrityError, transaction

from ims.audit.acting import unique_violation
from ims.codelists.models import Confidence
from ims.geography.models import AreaGroup, AreaGroupKind, AreaGroupMember, Authority

AUTHORITY_FILE = Path(__file__).parent / "data" / "authorities.csv"
GROUP_FILE = Path(__file__).parent / "data" / "area_groups.csv"
GROUP_COLUMNS = ["code", "name", "kind", "authority_code", "valid_from", "valid_to", "confidence"]


class GroupsRefused(Exception):
    """The file of groups is not loaded and nothing has changed. The message names the row and what to mend."""


class _Member(NamedTuple):
    row: int
    code: str
    name: str
    kind: str
    authority_code: str
    valid_from: date
    valid_to: date | None
    confidence: str


def load_authorities() -> int:
    """Make the table say what data/authorities.csv says, and return how many. Never removes one: records name them."""
    with AUTHORITY_FILE.open(encoding="utf-8", newline="") as file:
        authorities = [
            Authority(
                code=row["code"],
                name=row["name"],
                in_area=row["in_area"] == "1",
                region_code=row["region_code"],
                region=row["region"],
                confidence=row["confidence"],
                sort=int(row["sort"]),
            )
            for row in csv.DictReader(file)
        ]
    changing = [field.name for field in Authority._meta.fields if not field.primary_key]
    Authority.objects.bulk_create(
        authorities, update_conflicts=True, unique_fields=["code"], update_fields=changing
    )
    return len(authorities)


@transaction.atomic
def load_groups(path: Path = GROUP_FILE) -> int:
    """Make every group in a file have the members the file gives it, and return how many groups.

    Lines that begin with # are remarks. Groups that the file does not name stay as they are. Raises GroupsRefused.
    """
    members = list(_members(path))
    codes = dict.fromkeys(member.code for member in members)
    for code in codes:
        _load_group([member for member in members if member.code == code])
    return len(codes)


def _load_group(members: list[_Member]) -> None:
    first = members[0]
    for member in members:
        if (member.name, member.kind, member.confidence) != (first.name, first.kind, first.confidence):
            raise _refusal(member.row, f"describes {member.code} otherwise than row {first.row} does")
    facts = {"name": first.name, "kind": first.kind, "confidence": first.confidence}
    group, _ = AreaGroup.objects.update_or_create(code=first.code, defaults=facts)
    wanted = sorted((member.authority_code, member.valid_from, member.valid_to) for member in members)
    if wanted != sorted(group.members.values_list("authority", "valid_from", "valid_to")):
        group.members.all().delete()
        for member in members:
            _add_member(group, member)


def _add_member(group: AreaGroup, member: _Member) -> None:
    try:
        with transaction.atomic():
            AreaGroupMember.objects.create(
                group=group,
                authority_id=member.authority_code,
                valid_from=member.valid_from,
                valid_to=member.valid_to,
            )
    except IntegrityError as error:
        if unique_violation(error) == "area_group_member_once_at_a_time":
            raise _refusal(
                member.row, f"puts {member.authority_code} into {group.code} twice on one day"
            ) from None
        raise


def _members(path: Path) -> Iterator[_Member]:
    known = set(Authority.objects.values_list("code", flat=True))
    for number, cells in _rows(path):
        row = dict(zip(GROUP_COLUMNS, cells, strict=True))
        if row["authority_code"] not in known:
            raise _refusal(number, f"names an authority that is not in the list: {row['authority_code']!r}")
        yield _member(number, row)


def _member(number: int, row: dict[str, str]) -> _Member:
    for column, choices in {"kind": AreaGroupKind, "confidence": Confidence}.items():
        if row[column] not in choices.values:
            raise _refusal(
                number, f"has {row[column]!r} for {column}: use one of {', '.join(choices.values)}"
            )
    if not row["code"] or not row["name"]:
        raise _refusal(number, "has no code or no name")
    joined = _day(number, row["valid_from"])
    left = _day(number, row["valid_to"]) if row["valid_to"] else None
    if left and left < joined:
        raise _refusal(number, "ends before it begins")
    return _Member(
        number, row["code"], row["name"], row["kind"], row["authority_code"], joined, left, row["confidence"]
    )


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows below the header, which is checked. Raises GroupsRefused."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GroupsRefused(f"{path.name!r} cannot be read as text: {error}.") from None
    numbered = [
        (number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")
    ]
    parsed = [(number, next(csv.reader([line]))) for number, line in numbered]
    if not parsed or parsed[0][1] != GROUP_COLUMNS:
        raise GroupsRefused(f"The first row of {path.name!r} must be: {','.join(GROUP_COLUMNS)}.")
    for number, cells in parsed[1:]:
        if len(cells) != len(GROUP_COLUMNS):
            raise _refusal(number, f"has {len(cells)} columns in place of {len(GROUP_COLUMNS)}")
        yield number, [cell.strip() for cell in cells]


def _day(number: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _refusal(number, f"has {text!r} for a day: write it as 2009-04-01") from None


def _refusal(number: int, what: str) -> GroupsRefused:
    return GroupsRefused(f"Row {number} {what}.")
