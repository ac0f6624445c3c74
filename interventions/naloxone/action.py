"""Recording supplies of naloxone, one action for one line or many; and putting one right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clients.models import Client
from ims.audit.acting import runs_again_on
from ims.core.actor import Actor
from ims.providers.models import Site
from interventions.naloxone.model import Naloxone
from interventions.recording import Recorded, change, meant_by, record, says


@dataclass(frozen=True, slots=True)
class SuppliedKits:
    """What one line says, wherever it was typed. `reason` and `used` are of a resupply alone."""

    client: Client
    on: date
    kits: Mapping[str, int]  # by code of the list naloxone_kit
    supply: str
    submission_id: UUID
    reason: str = ""
    training: str = ""  # empty: not asked. Never N.
    used: str = ""  # empty: not asked. Never N.
    site: Site | None = None
    note: str = ""


@runs_again_on("naloxone_submission_is_saved_once")
def record_naloxone(*, lines: Sequence[SuppliedKits], at: datetime, by: Actor) -> Recorded:
    """Record supplies of naloxone: all or none, one audit event.

    A line whose submission is already held comes back in `same` and is not recorded again. Raises NotOurClient.
    """
    return record(Naloxone, lines, what="naloxone.recorded", particulars=_particulars, at=at, by=by)


def change_naloxone(
    *, contact: Naloxone, line: SuppliedKits, expected_version: int, at: datetime, by: Actor
) -> Naloxone:
    """Put right what a supply says. Raises NotOurContact, SomeoneElseChangedIt."""
    return change(
        contact,
        line,
        expected_version=expected_version,
        what="naloxone.changed",
        particulars=lambda held: _particulars(line),
        at=at,
        by=by,
    )


def says_already(contact: Naloxone, line: SuppliedKits, by: Actor) -> bool:
    """Whether a record says what a line says."""
    return says(contact, meant_by(line, _particulars(line)))


def _particulars(line: SuppliedKits) -> dict:
    return {
        "kits": {code: n for code, n in line.kits.items() if n},
        "supply": line.supply,
        "reason": line.reason,
        "training": line.training,
        "used": line.used,
    }
