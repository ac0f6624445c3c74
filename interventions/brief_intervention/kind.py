"""Brief interventions as the spanning pages show them."""

from ims.codelists import lists
from ims.core.kind import Column, Kind
from interventions.brief_intervention.model import BriefIntervention


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
    label="Brief intervention",
    plural="Brief interventions",
    model=BriefIntervention,
    line=_line,
    details=_details,
    columns=[
        Column("type", lambda record: record.type),
        Column("setting", lambda record: record.setting),
        Column("minutes", lambda record: record.minutes),
    ],
    record_view="interventions:record_brief",
)
