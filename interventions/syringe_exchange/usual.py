"""The usual: what a client is most likely here for, so that it need not be typed."""

from collections.abc import Iterable
from datetime import date

from clients.models import Client
from ims.core.actor import Actor
from interventions.syringe_exchange.form import ITEM, PACK, given
from interventions.syringe_exchange.model import SyringeExchange
from interventions.syringe_exchange.packs import Bills


def the_usual(client: Client, bills: Bills, actor: Actor, *, on: date) -> dict:
    """What the client had last, the same drug and the same site; without an earlier exchange, the service's usual pack.

    By the names of the exchange's form. Packs that are no longer handed out are left out. The dummy is nobody, so the
    last exchange there was another person's.
    """
    offered = {f"{PACK}{bill.pack_id}" for bill in bills.in_use(on)}
    last = None if client.is_dummy else latest_exchange(client, actor)
    if last is None:
        return {"drug": client.main_substance, **usual_pack(bills, on)}
    had = {name: n for name, n in given(last).items() if name in offered or name.startswith(ITEM)}
    return {"drug": last.drug, "site": last.site_id, "place": last.place, **had}


def usual_pack(bills: Bills, on: date) -> dict:
    """One of the service's usual pack, where it has one."""
    return {f"{PACK}{bill.pack_id}": 1 for bill in bills.in_use(on) if bill.is_usual}


def latest_exchange(client: Client, actor: Actor) -> SyringeExchange | None:
    """The latest one in which something was given out."""
    given_out = SyringeExchange.objects.visible_to(actor).filter(client=client).exclude(items={})
    return given_out.order_by("-on", "-pk").first()


def latest_exchanges(clients: Iterable[Client], actor: Actor) -> dict[int, SyringeExchange]:
    """The same of many clients, by their keys; the dummy has none of its own. One query."""
    given_out = SyringeExchange.objects.visible_to(actor).exclude(items={})
    real = [client.pk for client in clients if not client.is_dummy]
    latest = given_out.filter(client__in=real).order_by("client_id", "-on", "-pk").distinct("client_id")
    return {exchange.client_id: exchange for exchange in latest}
