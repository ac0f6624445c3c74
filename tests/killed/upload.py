"""A file that is sent to a site that is killed: its rows, and what the database holds of it."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from ims.bulk.models.upload import State
from tests.bulk.files import table, workbook
from tests.bulk.sending import HEADINGS
from tests.killed.site import KilledSite

ROWS, EACH = 1000, 5  # rows of a file, and about each of its people


@dataclass(frozen=True)
class File:
    """Contacts of people whom nobody knows; the references of all of them begin with its own."""

    name: str
    today: date
    rows: int = ROWS

    @cached_property
    def text(self) -> str:
        return HEADINGS + "".join(self._row(number) for number in range(self.rows))

    def _row(self, number: int) -> str:
        person, visit = divmod(number, EACH)
        born = date(1950, 1, 1) + timedelta(days=37 * person % 20_000)
        on = self.today - timedelta(days=1 + visit)
        who = f"{chr(65 + person % 22)},{chr(66 + person // 22 % 22)},{born:%d/%m/%Y},M,yes,{self.name}-{person:05}"
        return f"{who},{on:%d/%m/%Y},SYR_FIXED_1={1 + visit},HEROIN\n"

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"

    @property
    def data(self) -> bytes:
        return self.text.encode()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class Workbook(File):
    """The same as a spreadsheet keeps it."""

    @property
    def file_name(self) -> str:
        return f"{self.name}.xlsx"

    @cached_property
    def data(self) -> bytes:
        return workbook(table(line.split(",") for line in self.text.splitlines()))


# What is held of a file, in every table that an upload of contacts writes to.
HELD = """
WITH upload AS (SELECT * FROM bulk_upload WHERE sha256 = %(sha256)s),
     client AS (SELECT * FROM clients_client WHERE own_reference LIKE %(name)s || '-%%'),
     exchange AS (SELECT * FROM interventions_syringeexchange WHERE client_id IN (SELECT id FROM client))
SELECT (SELECT string_agg(state, ' and ') FROM upload),
       (SELECT count(*) FROM client),
       (SELECT count(*) FROM clients_historicalclient WHERE own_reference LIKE %(name)s || '-%%'),
       (SELECT count(*) FROM clients_consentdecision WHERE client_id IN (SELECT id FROM client)),
       (SELECT count(*) FROM exchange),
       (SELECT count(*) FROM interventions_historicalsyringeexchange WHERE client_id IN (SELECT id FROM client)),
       (SELECT count(*) FROM audit_event
        WHERE what = 'upload.applied' AND subjects && ARRAY(SELECT id FROM upload)),
       (SELECT count(*) FROM bulk_uploadrow WHERE upload_id IN (SELECT id FROM upload)),
       (SELECT coalesce(sum(length(data)), 0)::int FROM bulk_uploadfile WHERE upload_id IN (SELECT id FROM upload))
"""
# Rows whose one row of history does not name the one event by which the file was recorded.
AT_ODDS = """
WITH event AS (SELECT id::text FROM audit_event WHERE what = 'upload.applied'
                 AND subjects && ARRAY(SELECT id FROM bulk_upload WHERE sha256 = %(sha256)s)),
     client AS (SELECT * FROM clients_client WHERE own_reference LIKE %(name)s || '-%%')
SELECT (SELECT count(*) FROM client
        WHERE 1 <> (SELECT count(*) FROM clients_historicalclient AS row JOIN event ON event.id = row.history_change_reason
                    WHERE row.id = client.id)),
       (SELECT count(*) FROM interventions_syringeexchange AS exchange
        WHERE client_id IN (SELECT id FROM client)
          AND 1 <> (SELECT count(*) FROM interventions_historicalsyringeexchange AS row
                    JOIN event ON event.id = row.history_change_reason WHERE row.id = exchange.id))
"""


@dataclass(frozen=True)
class Held:
    """How much the database holds of a file, all of it read at one moment."""

    state: str | None  # of its one upload; None where there is none
    clients: int
    clients_history: int
    decisions: int
    exchanges: int
    exchanges_history: int
    acts: int  # events that it was recorded
    staged: int  # rows as they were written
    stored: int  # bytes

    @property
    def is_unrecorded(self) -> bool:
        """Whether nothing at all is recorded, whatever lies in staging."""
        return self == Held(self.state, 0, 0, 0, 0, 0, 0, self.staged, self.stored)


def all_of(file: File) -> Held:
    """Everything once, nothing of it left in staging."""
    people = file.rows // EACH
    return Held(State.APPLIED, people, people, people, file.rows, file.rows, 1, 0, 0)


def checked(file: File) -> Held:
    """Nothing recorded, and every row kept once until somebody confirms."""
    return Held(State.CHECKED, 0, 0, 0, 0, 0, 0, file.rows, 0)


def held(site: KilledSite, file: File) -> Held:
    """The parts of it agree."""
    asked = {"sha256": file.sha256, "name": file.name}
    assert site.ask(AT_ODDS, **asked) == [(0, 0)]
    return Held(*site.ask(HELD, **asked)[0])
