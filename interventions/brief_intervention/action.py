"""Recording brief interventions: one action for one line or many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clients.models import Client
from ims.audit.acting import acting, runs_again_on
from ims.core.actor import Actor
from ims.providers.models import Site
from interventions.brief_intervention.model import BriefIntervention
from interventions.recording import Recorded, contacts_from, own_clients


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
    with acting(by=by, at=at) as act:
        clients = own_clients(lines, by)
        held = BriefIntervention.objects.visible_to(by).by_submission(line.submission_id for line in lines)
        fresh = [line for line in lines if line.submission_id not in held]
        new = BriefIntervention.objects.bulk_create(
            BriefIntervention(**contact, type=line.type, setting=line.setting, minutes=line.minutes)
            for line, contact in zip(fresh, contacts_from(fresh, clients, act) if fresh else (), strict=True)
        )
        act.record("brief_intervention.recorded", new, lines=len(new)) if new else act.changed_nothing()
        return Recorded(new=new, same=list(held.values()))
