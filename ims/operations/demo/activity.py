"""What the demo services have recorded, a file a theme: everything that the system keeps is there to be looked at."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ims.accounts.models import Membership
from ims.operations.demo import (
    batches,
    clients,
    naloxone,
    putting_right,
    referring,
    settings,
    uploads,
    visits,
    wellbeing,
)
from ims.operations.demo.service import Service, service_of


@transaction.atomic
def record_activity(members: Mapping[str, Membership], at: datetime) -> None:
    """Some ten months of two services up to `at`: all of it or nothing. Takes the demo people by username."""
    harbour = service_of(members["pharmacist"], members["manager"], at)
    riverside = service_of(members["outreach"], members["outreach-lead"], at)
    _open(harbour, settings.HARBOUR, clients.HARBOUR)
    _open(riverside, settings.RIVERSIDE, clients.RIVERSIDE)
    _at_harbour(harbour)
    _at_riverside(riverside)
    referring.sent_between(harbour, riverside)
    visits.record_visits(riverside, {"AB": clients.REFERRED})


def _open(service: Service, settled: settings.Settled, people: Mapping[str, clients.Person]) -> None:
    settings.settle(service, settled)
    clients.register_people(service, people)
    visits.record_visits(service, people)
    visits.record_objector(service)


def _at_harbour(service: Service) -> None:
    naloxone.at_harbour(service)
    wellbeing.at_harbour(service)
    referring.came_to_harbour(service)
    referring.sent_elsewhere_by_harbour(service)
    batches.at_harbour(service)
    putting_right.at_harbour(service)
    uploads.at_harbour(service)


def _at_riverside(service: Service) -> None:
    clients.tell_twins_apart(service)
    naloxone.at_riverside(service)
    wellbeing.at_riverside(service)
    referring.came_to_riverside(service)
    referring.sent_elsewhere_by_riverside(service)
    batches.at_riverside(service)
    putting_right.at_riverside(service)
