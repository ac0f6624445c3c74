"""What the tests of `seed` share: the run itself, the shape of the tables, and a fingerprint of what was made."""

from dataclasses import dataclass
from datetime import date

from django.core.management import call_command
from django.db import connection

from clients.models import Client, ConsentDecision
from ims.record.kinds import KINDS as KINDS_OF_CONTACT
from referrals.models import ReferralStatus

CLIENTS, CONTACTS, PROVIDERS = 300, 3000, 4
MORE_CONTACTS = 12_000
BEGINS, UNTIL = date(2022, 4, 1), date(2025, 4, 1)
KINDS = tuple(kind.model for kind in KINDS_OF_CONTACT)
TRACKED = (Client, ConsentDecision, *KINDS, ReferralStatus)


def run_seed(**options) -> None:
    asked = {"clients": CLIENTS, "contacts": CONTACTS, "years": 3, "until": UNTIL, "verbosity": 0}
    call_command("seed", **asked | options)


def rows(query: str, *parameters) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


@dataclass(frozen=True)
class Shape:
    """Every index, constraint and trigger by the name of its table, and whether each is in force."""

    things: frozenset

    @classmethod
    def now(cls) -> "Shape":
        return cls(frozenset(row for query in _SHAPE for row in rows(query)))

    def of_the_tables_in(self, other: "Shape") -> "Shape":
        """Without tables that the other does not know: months of the audit that were made meanwhile."""
        known = {table for table, *_ in other.things}
        return Shape(frozenset(thing for thing in self.things if thing[0] in known))


_OURS = "relnamespace = 'public'::regnamespace"
_SHAPE = (
    f"""SELECT relname, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid, indisready
    FROM pg_index INNER JOIN pg_class ON pg_class.oid = indrelid WHERE {_OURS}""",
    f"""SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid), convalidated
    FROM pg_constraint INNER JOIN pg_class ON pg_class.oid = conrelid WHERE {_OURS}""",
    f"""SELECT relname, tgname, tgenabled
    FROM pg_trigger INNER JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND {_OURS}""",
)


def fingerprint() -> dict[str, str]:
    """A digest of each table that `seed` fills, without the numbers that the database gives."""
    return {table: rows(_DIGEST.format(table=table))[0][0] for table in _FILLED}


_FILLED = [
    "providers_provider", "providers_site", "interventions_pack",
    *(model._meta.db_table for model in TRACKED),
    *(model.history.model._meta.db_table for model in TRACKED),
    "audit_event",
]  # fmt: skip
_DIGEST = """
SELECT md5(string_agg(line, '' ORDER BY line COLLATE "C"))
FROM (
    SELECT (
        SELECT string_agg(key || regexp_replace(value, '"pack": [0-9]+', '"pack"', 'g'), ',' ORDER BY key)
        FROM jsonb_each_text(to_jsonb(one))
        WHERE key NOT IN ('id', 'subjects', 'history_change_reason') AND (right(key, 3) <> '_id' OR key IN ('ims_id', 'submission_id'))
    ) AS line
    FROM {table} AS one
) AS lines
"""
