"""Brief interventions as the spanning pages show them."""

from ims.codelists import lists
from ims.core.kind import Column, Kind
from interventions.brief_intervention.action import change_brief_intervention, record_brief_interventions
from interventions.brief_intervention.form import BriefInterventionForm, held
from interventions.brief_intervention.model import BriefIntervention
from interventions.brief_intervention.row import InterventionRow
from interventions.brief_intervention.rules import said_by


def _minutes(done: BriefIntervention) -> str:
    return "not recorded" if done.minutes is None else f"{done.minutes} minutes"


def _line(done: BriefIntervention) -> str:
    return f"{lists.label_of('intervention_type', done.type)} · {_minutes(done)}"


def _details(done: BriefIntervention) -> list[tuple[str, str]]:
    return [
        ("What was done", lists.label_of("intervention_type", done.type)),
        ("Setting", lists.label_of("intervention_setting", done.setting) if done.setting else "not stated"),
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
    template="interventions/contact.html",
)
