"""Where made-up people live: postcodes of the current edition, pseudo-postcodes, and none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from random import Random

from django.db import connection

from ims.geography.models import Edition
from ims.geography.postcodes import NO_FIXED_ABODE, NOT_KNOWN
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.shares import HOMES, pick

MOST_AN_AREA = 2000  # postcodes
# For an edition that holds none outside the area; also "unlisted", which it will rarely hold.
ELSEWHERE = ("M1 1AE", "PR1 2HE", "WN1 1BB", "LL11 1AY", "SY13 1QU", "BL1 1RU", "ST5 1QX", "CW99 9ZZ")


class NoPostcodes(LookupError):
    """No edition of the postcode lookup is loaded, or it holds nothing of the area."""


class Homes:
    """Draws postcodes."""

    def __init__(self, by_area: Mapping[str, Sequence[str]]):
        self._outside = by_area.get("") or ELSEWHERE
        self._by_area = {code: postcodes for code, postcodes in by_area.items() if code}
        self._inside = [postcode for postcodes in self._by_area.values() for postcode in postcodes]
        if not self._inside:
            raise NoPostcodes

    def draw(self, chance: Random, authority_code: str) -> str:
        """A postcode for somebody who goes to a service of that authority, or "" where none was asked."""
        match pick(chance, HOMES):
            case "here":
                return chance.choice(self._by_area.get(authority_code) or self._inside)
            case "in the area":
                return chance.choice(self._inside)
            case "outside":
                return chance.choice(self._outside)
            case "unlisted":
                return chance.choice(ELSEWHERE)
            case "no fixed abode":
                return NO_FIXED_ABODE
            case "refused":
                return NOT_KNOWN
            case _:
                return ""


def homes(plan: Plan) -> Homes:
    """Postcodes of the current edition, the same ones for the same plan. Raises NoPostcodes."""
    edition = Edition.objects.current().first()
    if edition is None:
        raise NoPostcodes
    by_area = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SOME_OF_EACH_AREA, {"edition": edition.pk, "most": MOST_AN_AREA, "salt": plan.salt()})
        for area, postcode in cursor.fetchall():
            by_area[area].append(postcode)
    return Homes(by_area)


# Everything outside the nine authorities is one area, named ''.
_SOME_OF_EACH_AREA = """
SELECT area, postcode
FROM (
    SELECT
        area,
        postcode,
        row_number() OVER (PARTITION BY area ORDER BY hashtextextended(postcode, %(salt)s), postcode) AS place
    FROM (
        SELECT
            CASE WHEN authority.in_area THEN authority.code ELSE '' END AS area,
            found.postcode
        FROM geography_postcode AS found
        INNER JOIN geography_authority AS authority ON authority.code = found.authority_code
        WHERE found.edition_id = %(edition)s AND found.terminated_on IS NULL
    ) AS of_area
) AS shuffled
WHERE place <= %(most)s
ORDER BY area, place
"""
