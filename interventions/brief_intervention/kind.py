"""Brief interventions as the spanning pages show them."""

from ims.codelists import lists
from ims.core.kind import Column, Kind
from interventions.brief_intervention.action import (
    change_brief_intervention,
    record_brief_interventions,
    says_already,
)
from interventions.brief_intervention.form import BriefInterventionForm, held
from interventions.brief_intervention.model import BriefIntervention
from interventions.brief_intervention.row import InterventionRow
from interventions.brief_intervention.rules import said_by


def _minutes(done: BriefIntervention) -> str:
    if done.minutes is None:
        return "not recorded"
    return f"{done.minutes} minute{'' if done.minutes == 1 else 's'}"


def _setting(done: BriefIntervention) -> str:
    return lists.label_of("intervention_setting", done.setting) if done.setting else ""


def _line(done: BriefIntervention) -> str:
    minutes = _minutes(done) if done.minutes is not None else "time not recorded"
    parts = [lists.label_of("intervention_type", done.type), minutes, _setting(done)]
    return " · ".join(part for part in parts if part)


def _details(done: BriefIntervention) -> list[tuple[str, str]]:
    return [
        ("What was done", lists.label_of("intervention_type", done.type)),
        ("Setting", _setting(done) or "not recorded"),
        ("Time spent", _minutes(done)),
    ]


KIND = Kind(
    key="brief_intervention",
    slug="brief-interventions",
    label="Brief intervention",
    noun="brief intervention",
    plural="Brief interventions",
    model=BriefIntervention,
    line=_line,
    details=_details,
    columns=[
        Column("type", lambda record: record.type),
        Column("setting", lambda record: record.setting),
        Column("minutes", lambda record: record.minutes),
    ],
    row=InterventionRow,
    said=said_by,
    form=BriefInterventionForm,
    held=held,
    record=record_brief_interventions,
    change=change_brief_intervention,
    says_already=says_already,
    template="interventions/contact.html",
)
