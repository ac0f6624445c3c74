"""A stock of made-up supplies of naloxone: first ones, and those that replace a kit."""

from dataclasses import dataclass
from random import Random

from ims.operations.seeding.plan import Plan
from ims.operations.seeding.shares import pick
from ims.operations.seeding.stock import SIZE
from interventions.naloxone.model import Supply

KITS = {"NASAL": 80, "INJECTABLE": 20}
TWO_KITS = 0.15  # of supplies: one for somebody at home
TRAINED = {"Y": 60, "N": 15, "DECLINED": 10, "": 15}
TRAINED_AGAIN = {"Y": 15, "N": 45, "DECLINED": 10, "": 30}
# Why a kit is replaced, and whether the last one was therefore used.
REASONS = {"USED_OTHER": 34, "USED_SELF": 4, "LOST": 28, "EXPIRED": 22, "STOLEN": 5, "DAMAGED": 3, "": 4}
USED = {"USED_OTHER": "Y", "USED_SELF": "Y", "": ""}


@dataclass(frozen=True, slots=True)
class Supplied:
    kits: dict[str, int]
    reason: str
    training: str
    used: str


def supplies(plan: Plan) -> dict[str, list[Supplied]]:
    """By what a supply is: first or again."""
    chance = plan.chance("naloxone")
    return {
        Supply.FIRST.value: [_first(chance) for _ in range(SIZE)],
        Supply.AGAIN.value: [_again(chance) for _ in range(SIZE)],
    }


def _first(chance: Random) -> Supplied:
    return Supplied(_kits(chance), "", pick(chance, TRAINED), "")


def _again(chance: Random) -> Supplied:
    reason = pick(chance, REASONS)
    return Supplied(_kits(chance), reason, pick(chance, TRAINED_AGAIN), USED.get(reason, "N"))


def _kits(chance: Random) -> dict[str, int]:
    return {pick(chance, KITS): 2 if chance.random() < TWO_KITS else 1}
