"""Run in a data folder, in `manage.py shell`: who works there, with which clients, over what data.

Prints one line of JSON. Everything in it is made up by `seed`, and it goes through a pipe to the bench alone.
"""

import json
import secrets

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from clients.models import Client
from ims.accounts.actions import choose_password, themselves
from ims.accounts.models import Membership
from ims.accounts.roles import Role
from ims.core.actor import Actor
from ims.providers.models import Module
from ims.record.kinds import KINDS
from interventions.models import SyringeExchange

SETTINGS = (
    "server_version",
    "shared_buffers",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "data_checksums",
    "jit",
)


def tell(count: int) -> None:
    """A member of staff of the largest service with a new password, `count` of its clients, and the size of the data."""
    membership = _staff_of_the_largest()
    password = f"Bench-{secrets.token_urlsafe(16)}"
    choose_password(
        user=membership.user, password=password, at=timezone.now(), by=themselves(membership.user)
    )
    told = {
        "username": membership.user.username,
        "password": password,
        "provider": membership.provider.code,
        "clients": [_known(client) for client in _who_come(membership.actor(), count)],
        "size": _size(membership.actor()),
        "settings": _settings(),
    }
    print(json.dumps(told))


def _staff_of_the_largest() -> Membership:
    """Somebody who works only there, so that signing in asks nothing further."""
    recording = Client.objects.filter(provider__modules__contains=[Module.SYRINGE_EXCHANGE])
    largest = recording.values_list("provider").annotate(clients=Count("pk")).order_by("-clients")[0][0]
    held = Membership.objects.in_force().annotate(held=Count("user__memberships"))
    staff = held.filter(provider=largest, role=Role.PROVIDER_STAFF, held=1)
    return staff.select_related("user", "provider").earliest("pk")


def _who_come(actor: Actor, count: int) -> list[Client]:
    """Clients by chance of their visits, not of their records: who comes often is looked up often, with a full page."""
    visits = SyringeExchange.objects.visible_to(actor).order_by("?").values_list("client_id", flat=True)
    visitors = list(dict.fromkeys(visits[: count * 3]))
    found = Client.objects.visible_to(actor).real().in_bulk(visitors)
    return [found[pk] for pk in visitors if pk in found][:count]


def _known(client: Client) -> dict:
    return {"ref": str(client.ref), "attributor": client.attributor.text(), "ims_id": client.ims_id}


def _size(actor: Actor) -> dict:
    return {
        "clients": Client.objects.count(),
        "contacts": sum(kind.model.objects.count() for kind in KINDS),
        "own_clients": Client.objects.visible_to(actor).count(),
    }


def _settings() -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) AS name", [list(SETTINGS)])
        return dict(cursor.fetchall())
