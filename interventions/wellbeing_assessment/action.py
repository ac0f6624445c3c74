"""Recording wellbeing assessments, one action for one line or many; and putting one right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clients.models import Client
from ims.audit.acting import runs_again_on
from ims.codelists.instruments import Answers
from ims.core.actor import Actor
from ims.core.dates import today
from ims.providers.models import Site
from interventions.recording import Recorded, change, meant_by, record, says
from interventions.wellbeing_assessment.answers import refuse
from interventions.wellbeing_assessment.model import WellbeingAssessment


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one line says, wherever it was typed. What was not asked is not in `answers`; 0 and declined are."""

    client: Client
    on: date
    stage: str
    submission_id: UUID
    answers: Mapping[str, Answers] = field(default_factory=dict)  # by instrument and item
    accommodation: str = ""
    employment: str = ""
    site: Site | None = None
    note: str = ""


@runs_again_on("wellbeing_submission_is_saved_once")
def record_assessments(*, lines: Sequence[Assessment], at: datetime, by: Actor) -> Recorded:
    """Record wellbeing assessments: all or none, one audit event.

    A line whose submission is already held comes back in `same` and is not recorded again. Raises NotOurClient,
    NotAnAnswer.
    """
    return record(
        WellbeingAssessment,
        lines,
        what="wellbeing.recorded",
        particulars=lambda line: _particulars(line, today(at)),
        at=at,
        by=by,
    )


def change_assessment(
    *, contact: WellbeingAssessment, line: Assessment, expected_version: int, at: datetime, by: Actor
) -> WellbeingAssessment:
    """Put right what an assessment says. Raises NotOurContact, NotAnAnswer, SomeoneElseChangedIt."""
    return change(
        contact,
        line,
        expected_version=expected_version,
        what="wellbeing.changed",
        particulars=lambda held: _particulars(line, today(at), held),
        at=at,
        by=by,
    )


def says_already(contact: WellbeingAssessment, line: Assessment, by: Actor) -> bool:
    """Whether a record says what a line says. Raises NotAnAnswer."""
    return says(contact, meant_by(line, _particulars(line, line.on, contact)))


def _particulars(line: Assessment, on: date, held: WellbeingAssessment | None = None) -> dict:
    """The columns that an assessment alone has; `held` is the one that is put right. Raises NotAnAnswer."""
    refuse(line, today=on, held=held)
    return {
        "stage": line.stage,
        "accommodation": line.accommodation,
        "employment": line.employment,
        "answers": {key: dict(answers) for key, answers in line.answers.items() if answers},
    }
