"""Keeping somebody from being brought back by a file, after their record is erased or moved to the dummy."""

from datetime import datetime

from clients.actions import DummyIsNobody, NotOurClient
from clients.attributor import Attributor
from clients.barring.digests import names_of
from clients.known import NAME
from clients.models import Client
from clients.models.barred import Barred, Why
from ims.audit.acting import acting
from ims.core.actor import Actor


def bar_client(*, client: Client, why: Why, at: datetime, by: Actor) -> None:
    """Remember the names of a client, as digests and for this alone (house: keyed digests keep an upload from bringing
    the person back). Done twice, it is done once. Raises NotOurClient, DummyIsNobody.
    """
    with acting(by=by, at=at) as act:
        held = Client.objects.visible_to(by).filter(pk=client.pk).first()
        if held is None:
            raise NotOurClient
        if held.is_dummy:
            raise DummyIsNobody
        names = _names(held)
        known = set(Barred.objects.visible_to(by).filter(digest__in=names).values_list("digest", flat=True))
        fresh = [name for name in names if name not in known]
        Barred.objects.bulk_create(
            Barred(provider_id=held.provider_id, digest=name, why=why, barred_at=at, barred_by_id=by.user_id)
            for name in fresh
        )
        act.record("client.barred", held) if fresh else act.changed_nothing()


def _names(client: Client) -> list[str]:
    """By what the client is called here, and was called before somebody put it right: a source may call them so still."""
    once = client.history.values_list(*NAME).distinct()
    called = {(client.attributor, client.own_reference)}
    called |= {(Attributor(*attributor), own_reference) for *attributor, own_reference in once}
    return sorted({name for one in called for name in names_of(*one, client.provider_id)})
