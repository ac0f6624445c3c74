"""What is changed later: a decision about consent, where somebody lives, a slip of the keyboard, a contact of another."""

from dataclasses import replace

from clients.actions import Details, correct_client, decide_consent
from ims.operations.demo.clients import said
from ims.operations.demo.service import Service
from interventions.actions import delete_contact
from interventions.brief_intervention.action import (
    Intervention,
    change_brief_intervention,
    record_brief_interventions,
)


def at_harbour(service: Service) -> None:
    _moves(service, "CD", 80, "CH43 4TX")
    _minutes_put_right(service, "CD", 12)
    _taken_away(service, "GH", 3)


def at_riverside(service: Service) -> None:
    """UV said No at first, and was asked again after a while, for the past as well."""
    client = service.clients["UV"]
    decide_consent(
        client=client,
        consent=said(True, retrospectively=True),
        expected_version=client.version,
        at=service.opening(150),
        by=service.staff,
    )


def _moves(service: Service, who: str, days_ago: int, postcode: str) -> None:
    client = service.clients[who]
    known = Details.of(client)
    correct_client(
        client=client,
        attributor=client.attributor,
        details=replace(known, postcode=postcode),
        expected_version=client.version,
        at=service.moment(days_ago),
        by=service.staff,
    )


def _minutes_put_right(service: Service, who: str, days_ago: int) -> None:
    """150 minutes were 15, as the manager finds the next week."""
    typed = {"type": "WOUND", "setting": "6"}
    slip = service.record(record_brief_interventions, Intervention, who, days_ago, minutes=150, **typed)
    right = Intervention(
        slip.client, slip.on, submission_id=slip.submission_id, site=slip.site, minutes=15, **typed
    )
    change_brief_intervention(
        contact=slip,
        line=right,
        expected_version=slip.version,
        at=service.moment(days_ago - 7),
        by=service.manager,
    )


def _taken_away(service: Service, who: str, days_ago: int) -> None:
    """Recorded for the wrong person; it can be brought back for some days yet."""
    wrong = service.record(record_brief_interventions, Intervention, who, days_ago, type="ADVICE")
    delete_contact(contact=wrong, at=service.moment(days_ago - 1), by=service.staff)
