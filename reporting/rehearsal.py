"""How many of the last year's reportable contacts a rule would refuse, by provider: counts, and nothing of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ims.codelists.models import Rule
from ims.codelists.rules import kind_of
from reporting.reading import rows

DAYS = 365


@dataclass(frozen=True, slots=True)
class AtProvider:
    name: str
    looked_at: int
    failing: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    since: date
    until: date
    providers: Sequence[AtProvider]

    @property
    def looked_at(self) -> int:
        return sum(one.looked_at for one in self.providers)

    @property
    def failing(self) -> int:
        return sum(one.failing for one in self.providers)


def rehearse(rule: Rule, today: date) -> Rehearsal:
    """The last 365 days up to today, each contact judged as if the rule had been in force. Raises BeingRebuilt."""
    kind = kind_of(rule)
    since = today - timedelta(days=DAYS - 1)
    asked = {
        "contact": kind.contact,
        "shape": kind.shape.value,
        "name": kind.name,
        "limit": rule.limit,
        "subject": rule.subject,
        "is_on": rule.is_on,
        "since": since,
        "until": today,
    }
    return Rehearsal(since, today, [AtProvider(**row) for row in rows(_COUNTED, asked)])


_COUNTED = """
SELECT
    provider.name,
    count(*) AS looked_at,
    count(*) FILTER (
        WHERE %(is_on)s AND CASE %(shape)s
            WHEN 'stated' THEN rehearsal.said ->> %(name)s = ''
            WHEN 'at_most' THEN nullif(rehearsal.said ->> %(name)s, '')::bigint > %(limit)s::bigint
            ELSE %(subject)s = ANY (rehearsal.codes)
        END
    ) AS failing
FROM reporting.rehearsal
INNER JOIN reporting.provider USING (provider_id)
WHERE rehearsal."on" BETWEEN %(since)s AND %(until)s
    AND (%(contact)s = '' OR rehearsal.contact = %(contact)s)
GROUP BY provider.provider_id, provider.name
ORDER BY provider.name
"""
