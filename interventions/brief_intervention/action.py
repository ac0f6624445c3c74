"""Recording brief interventions, one action for one line or many; and putting one right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clients.models import Client
from ims.audit.acting import runs_again_on
from ims.core.actor import Actor
from ims.providers.models import Site
from interventions.brief_intervention.model import BriefIntervention
from interventions.recording import Recorded, change, meant_by, record, says


@dataclass(frozen=True, slots=True)
class Intervention:
    """What one line says, wherever it was typed."""

    client: Client
    on: date
    type: str
    submission_id: UUID
    setting: str = ""
    minutes: int | None = None
    site: Site | None = None
    note: str = ""


@runs_again_on("brief_intervention_submission_is_saved_once")
def record_brief_interventions(*, lines: Sequence[Intervention], at: datetime, by: Actor) -> Recorded:
    """Record brief interventions: all or none, one audit event.

    A line whose submission is already held comes back in `same` and is not recorded again. Raises NotOurClient.
    """
    return record(
        BriefIntervention, lines, what="brief_intervention.recorded", particulars=_particulars, at=at, by=by
    )


def change_brief_intervention(
    *, contact: BriefIntervention, line: Intervention, expected_version: int, at: datetime, by: Actor
) -> BriefIntervention:
    """Put right what a brief intervention says. Raises NotOurContact, SomeoneElseChangedIt."""
    return change(
        contact,
        line,
        expected_version=expected_version,
        what="brief_intervention.changed",
        particulars=lambda held: _particulars(line),
        at=at,
        by=by,
    )


def says_already(contact: BriefIntervention, line: Intervention, by: Actor) -> bool:
    """Whether a record says what a line says."""
    return says(contact, meant_by(line, _particulars(line)))


def _particulars(line: Intervention) -> dict:
    return {"type": line.type, "setting": line.setting, "minutes": line.minutes}
