"""In which authority does somebody live, by the current edition of the postcode lookup?

The answer is copied into a record with its edition and never looked up again for that record: last year's report does
not move when a postcode or the lookup changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from ims.geography.postcodes import is_pseudo, normalise


@dataclass(frozen=True, slots=True)
class Residence:
    """What the lookup says of a postcode.

    `is_known` is False for a well-formed postcode that the current edition does not hold. The authority is empty for
    that, for a pseudo-postcode, and where the publisher gives none. `edition_id` says which edition was asked: None
    for a pseudo-postcode, for no postcode, and while nothing is loaded. The name of an authority outside the
    project's list is its code.
    """

    postcode: str
    authority_code: str = ""
    lsoa_code: str = ""
    ward_code: str = ""
    edition_id: int | None = None
    is_known: bool = False
    authority_name: str = ""


def authority_of(postcode: str) -> Residence:
    """Where a postcode lies, in one query; "" is not known. Raises MalformedPostcode."""
    return authorities_of([postcode])[postcode]


def authorities_of(postcodes: Iterable[str]) -> dict[str, Residence]:
    """The same for many, in one query, under the postcodes as they were given. Raises MalformedPostcode."""
    normal = {given: normalise(given) if given else "" for given in postcodes}
    asked = {postcode for postcode in normal.values() if postcode and not is_pseudo(postcode)}
    found = _look_up(asked) if asked else {}
    return {given: found.get(postcode) or _without_area(postcode) for given, postcode in normal.items()}


def _without_area(postcode: str) -> Residence:
    return Residence(postcode, is_known=bool(postcode))


def _look_up(postcodes: set[str]) -> dict[str, Residence]:
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_UP, [list(postcodes)])
        return {row[0]: Residence(*row) for row in cursor.fetchall()} or {
            postcode: Residence(postcode) for postcode in postcodes
        }


# Starts from the edition, so that an unknown postcode still says which edition did not know it. There is at most one
# current edition by constraint: LIMIT tells the planner, which otherwise reads the whole table.
_LOOK_UP = """
SELECT
    asked.postcode,
    coalesce(found.authority_code, ''),
    coalesce(found.lsoa_code, ''),
    coalesce(found.ward_code, ''),
    edition.id,
    found.id IS NOT NULL,
    coalesce(authority.name, found.authority_code, '')
FROM (SELECT id FROM geography_edition WHERE is_current LIMIT 1) AS edition
CROSS JOIN unnest(%s::text[]) AS asked (postcode)
LEFT JOIN geography_postcode AS found ON found.edition_id = edition.id AND found.postcode = asked.postcode
LEFT JOIN geography_authority AS authority ON authority.code = found.authority_code
"""
