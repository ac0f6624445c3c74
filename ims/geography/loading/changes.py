"""What the new edition says that the one before did not."""

from dataclasses import dataclass, field

from django.db import connection

from ims.geography.models import Authority, Edition


@dataclass(frozen=True, slots=True)
class Moved:
    """Postcodes that went from one authority to another, by their names; "" is no authority."""

    before: str
    after: str
    postcodes: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts against the edition before. `moved` names only pairs that touch the nine authorities of the area.

    `unlisted` are authority codes, with their postcodes, that the project's list of authorities does not hold.
    """

    new: int = 0
    gone: int = 0
    changed_authority: int = 0
    moved: list[Moved] = field(default_factory=list)
    unlisted: dict[str, int] = field(default_factory=dict)


def changes_between(previous: Edition | None, edition: Edition) -> Changes:
    with connection.cursor() as cursor:
        # Nothing is known yet of the new rows, and the planner would guess that there is one.
        cursor.execute("SET LOCAL enable_nestloop = off")
        new, gone = _counted(cursor, previous, edition)
        moves = _moves(cursor, previous, edition)
        cursor.execute(_UNLISTED, [edition.pk])
        unlisted = dict(cursor.fetchall())
        cursor.execute("SET LOCAL enable_nestloop = on")
    return Changes(new, gone, sum(postcodes for *_, postcodes in moves), _in_area(moves), unlisted)


def _counted(cursor, previous: Edition | None, edition: Edition) -> tuple[int, int]:
    cursor.execute(_COUNTED, [previous and previous.pk, edition.pk])
    return cursor.fetchone()


def _moves(cursor, previous: Edition | None, edition: Edition) -> list[tuple[str, str, int]]:
    cursor.execute(_MOVED, [previous and previous.pk, edition.pk])
    return cursor.fetchall()


def _in_area(moves: list[tuple[str, str, int]]) -> list[Moved]:
    ours = set(Authority.objects.in_area().values_list("code", flat=True))
    names = dict(Authority.objects.values_list("code", "name"))
    return [
        Moved(names.get(before, before), names.get(after, after), postcodes)
        for before, after, postcodes in moves
        if before in ours or after in ours
    ]


_BOTH = """
FROM (SELECT postcode, authority_code FROM geography_postcode WHERE edition_id = %s) AS before
{join} JOIN (SELECT postcode, authority_code FROM geography_postcode WHERE edition_id = %s) AS after USING (postcode)
"""
_COUNTED = f"""
SELECT
    count(*) FILTER (WHERE before.postcode IS NULL),
    count(*) FILTER (WHERE after.postcode IS NULL)
{_BOTH.format(join="FULL")}
"""
_MOVED = f"""
SELECT
    before.authority_code,
    after.authority_code,
    count(*)
{_BOTH.format(join="INNER")}
WHERE before.authority_code <> after.authority_code
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2
"""
_UNLISTED = """
SELECT
    authority_code,
    count(*)
FROM geography_postcode
WHERE edition_id = %s
    AND authority_code <> ''  -- no grid reference, so no authority: not a code that is missing
    AND authority_code NOT IN (SELECT code FROM geography_authority)
GROUP BY 1
ORDER BY 1
"""
