"""Batch exchanges of the demo services: equipment that went out and came back without anybody being known."""

from datetime import timedelta

from ims.core.dates import today
from ims.operations.demo.service import Service
from interventions.batch_exchange.action import Batch, record_batch


def at_harbour(service: Service) -> None:
    """The bin outside was emptied, twice."""
    for days_ago, returned in ((180, 240), (25, 310)):
        _record(service, days_ago, items={}, returned=returned, place="PHARMACY", note="The bin outside.")


def at_riverside(service: Service) -> None:
    """A day's stall, and the total of a locker over four weeks."""
    _record(service, 85, items={"CONDOM": 150, "FOIL": 60}, place="EVENT")
    packs = {service.packs["Street pack"].pk: 46}
    first = today(service.at) - timedelta(days=50)
    _record(
        service, 20, on=first, until=first + timedelta(days=27),
        items={"SHARPS_L": 4}, packs=packs, returned=120, place="HOSTEL", site=service.sites[-1],
    )  # fmt: skip


def _record(service: Service, days_ago: int, **counted) -> None:
    at = service.moment(days_ago)
    batch = Batch(**{"on": today(at), **counted})
    record_batch(batch=batch, submission_id=service.submission(), at=at, by=service.staff)
