"""Saying of two records of one service that they are, or are not, one person. Nothing is merged."""

from collections.abc import Sequence
from datetime import datetime

from clients.actions import NotOurClient
from clients.models import Client, Pair
from clients.models.pair import Verdict
from ims.audit.acting import Act, acting, runs_again_on
from ims.core.actor import Actor

ONE_IN_FORCE = "pair_in_force_is_one"


class AreLinked(ValueError):
    """The two are linked as one person: they cannot be told apart before they are unlinked."""


class AreToldApart(ValueError):
    """Somebody said that the two are not the same person, which is remembered for ever."""


@runs_again_on(ONE_IN_FORCE)
def tell_apart(*, client: Client, others: Sequence[Client], at: datetime, by: Actor) -> list[Pair]:
    """Remember for ever that a client is none of the others; those told apart already stay as they are.

    Raises NotOurClient (the dummy is nobody's either), AreLinked.
    """
    with acting(by=by, at=at) as act:
        _refuse_others_clients([client, *others], by)
        held = _in_force(client, others, by)
        if any(pair.verdict == Verdict.SAME for pair in held.values()):
            raise AreLinked
        fresh = [other for other in others if other.pk not in held]
        new = Pair.objects.bulk_create(_pair(client, other, Verdict.DIFFERENT, act) for other in fresh)
        act.record("client.told_apart", [client, *fresh], pairs=len(new)) if new else act.changed_nothing()
        return [*held.values(), *new]


@runs_again_on(ONE_IN_FORCE)
def link(*, one: Client, other: Client, at: datetime, by: Actor) -> Pair:
    """Say that two records are of one person. Raises NotOurClient, AreToldApart."""
    with acting(by=by, at=at) as act:
        _refuse_others_clients([one, other], by)
        if held := _in_force(one, [other], by).get(other.pk):
            if held.verdict == Verdict.DIFFERENT:
                raise AreToldApart
            act.changed_nothing()
            return held
        pair = _pair(one, other, Verdict.SAME, act)
        pair.save()
        act.record("client.linked", [one, other])
        return pair


def unlink(*, one: Client, other: Client, at: datetime, by: Actor) -> Pair | None:
    """Undo the link of two records, which may be made again; None where there is none. Raises NotOurClient."""
    with acting(by=by, at=at) as act:
        _refuse_others_clients([one, other], by)
        held = _in_force(one, [other], by).get(other.pk)
        if held is None or held.verdict == Verdict.DIFFERENT:
            act.changed_nothing()
            return None
        held.undone_at, held.undone_by_id = at, by.user_id
        held.save(update_fields=["undone_at", "undone_by_id"])
        act.record("client.unlinked", [one, other])
        return held


def _refuse_others_clients(clients: Sequence[Client], by: Actor) -> None:
    """Raises NotOurClient unless all are real clients of the actor's own service, each named once."""
    ours = Client.objects.visible_to(by).real().filter(pk__in=[client.pk for client in clients])
    if ours.count() != len(clients):
        raise NotOurClient


def _in_force(client: Client, others: Sequence[Client], by: Actor) -> dict[int, Pair]:
    """What is decided of a client and others now, by the number of the other, held until the act ends."""
    keys = [sorted([client.pk, other.pk]) for other in others]
    earlier, later = [first for first, _ in keys], [second for _, second in keys]
    held = Pair.objects.visible_to(by).in_force().filter(first__in=earlier, second__in=later)
    pairs = held.select_for_update(of=["self"])
    return {pair.second_id if pair.first_id == client.pk else pair.first_id: pair for pair in pairs}


def _pair(one: Client, other: Client, verdict: Verdict, act: Act) -> Pair:
    first, second = sorted([one, other], key=lambda client: client.pk)
    return Pair(first=first, second=second, verdict=verdict, decided_at=act.at, decided_by_id=act.by.user_id)
