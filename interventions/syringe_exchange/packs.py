"""Packs: what a service hands out in one bag, by a bill of materials of its own with the day it begins.

A change of what is in a pack is a new bill; the old one stays, because contacts of its days are still typed in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from django.db import models
from django.db.models import Q

from ims.core import history
from ims.core.access import OutOfScope
from ims.core.actor import Actor
from ims.providers.models import Provider


class NotOurPack(OutOfScope):
    """The pack is not the actor's own service's."""


class PackQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(provider_id=actor.provider_id) if actor.provider_id else self.none()

    def in_use(self):
        return self.filter(closed_on=None)


class Pack(models.Model):
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="packs")
    name = models.CharField(max_length=60)
    is_usual = models.BooleanField(
        default=False
    )  # offered at the counter to a client without an earlier exchange
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    submission_id = models.UUIDField()

    history = history.kept()
    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["submission_id"], name="pack_submission_is_saved_once"),
            models.UniqueConstraint(
                fields=["provider", "name"],
                condition=Q(closed_on=None),
                name="pack_name_is_unique_in_its_provider",
            ),
            models.UniqueConstraint(
                fields=["provider"], condition=Q(is_usual=True), name="pack_that_is_usual_is_one_a_provider"
            ),
            models.CheckConstraint(
                condition=Q(is_usual=False) | Q(closed_on=None), name="pack_that_is_usual_is_in_use"
            ),
        ]

    def __str__(self):
        return self.name


class PackContentsQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(pack__provider_id=actor.provider_id) if actor.provider_id else self.none()


class PackContents(models.Model):
    """The bill of materials of a pack from a day on."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="contents")
    valid_from = models.DateField()
    items = models.JSONField()  # {"SYR_FIXED_1": 10}: what one pack holds

    history = history.kept()
    objects = PackContentsQuerySet.as_manager()

    class Meta:
        ordering = ["pack", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "valid_from"], name="pack_has_one_bill_a_day"),
            models.CheckConstraint(condition=~Q(items={}), name="pack_holds_something"),
        ]


@dataclass(frozen=True, slots=True)
class Bill:
    """A pack as it is on a day."""

    pack_id: int
    name: str
    is_usual: bool
    items: Mapping[str, int]


class Bills:
    """The bills of a service: what its packs hold on any day. Read once, and only if somebody asks."""

    def __init__(self, contents: Iterable[PackContents]):
        self._contents = contents  # latest first

    @cached_property
    def _of(self) -> dict[int, list[PackContents]]:
        of: dict[int, list[PackContents]] = {}
        for one in self._contents:
            of.setdefault(one.pack_id, []).append(one)
        return of

    def of(self, pack_id: int, on: date) -> Bill:
        """What a pack holds on a day; before its first bill, what that says. Raises NotOurPack."""
        if pack_id not in self._of:
            raise NotOurPack
        bills = self._of[pack_id]
        one = next((bill for bill in bills if bill.valid_from <= on), bills[-1])
        return Bill(pack_id, one.pack.name, one.pack.is_usual, one.items)

    def in_use(self, on: date) -> list[Bill]:
        """Every pack that may be handed out, by name."""
        in_use = [bills[0].pack for bills in self._of.values() if bills[0].pack.closed_on is None]
        return [self.of(pack.pk, on) for pack in sorted(in_use, key=lambda pack: pack.name)]


def bills_of(actor: Actor) -> Bills:
    """All bills of the actor's service. One query, with the first question."""
    contents = PackContents.objects.visible_to(actor).select_related("pack")
    return Bills(contents.order_by("pack_id", "-valid_from"))


class KeepsPacks(Protocol):
    """A record of what was handed out."""

    on: date
    packs: list[dict]


def as_kept(
    packs: Mapping[int, int], on: date, bills: Bills, *, held: KeepsPacks | None = None
) -> list[dict]:
    """Packs as a record keeps them: the name, how many, and what one holds by the bill of the day.

    `held` is the record that is put right: what it says was in its packs on that day is not read anew, because a bill
    that was changed since says nothing of what was handed out. Raises NotOurPack.
    """
    said = {pack["pack"]: pack for pack in held.packs} if held and held.on == on else {}
    return [
        said[pack] | {"n": n} if pack in said else _by_the_bill(bills.of(pack, on), n)
        for pack, n in packs.items()
        if n
    ]


def _by_the_bill(bill: Bill, n: int) -> dict:
    return {"pack": bill.pack_id, "name": bill.name, "n": n, "items": dict(bill.items)}


def given_in(packs: Iterable[Mapping]) -> Counter:
    """Items in the packs of an exchange, as it keeps them: by code, packs times what one holds."""
    total = Counter()
    for pack in packs:
        for code, quantity in pack["items"].items():
            total[code] += quantity * pack["n"]
    return total
