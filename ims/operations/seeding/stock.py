"""What happens at most contacts: a stock of made-up exchanges for each drug and of interventions for each cohort.

Drawing a few hundred of each once and picking from them millions of times keeps the picking in the database simple.
Needles, barrels and sets are counted by the facts of the equipment list, as the action counts them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from ims.codelists import lists
from ims.operations.seeding import shares
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.shares import Weights, pick

SIZE = 200  # of each stock
ANYBODY = "anybody"  # the stock of the dummy: a mixture of all
DRUG_AS_USUAL, DRUG_NOT_SAID = 0.85, 0.08  # the others: another drug of the cohort
ONLY_RETURNS = 0.02  # of exchanges
NOT_ASKED = 0.4  # of exchanges do not say what was brought back
OTHERS = {None: 55, 0: 27, 1: 10, 2: 5, 3: 2, 6: 1}  # people collected for
BROUGHT_BACK = {(0.0, 0.0): 20, (0.2, 1.0): 48, (1.0, 1.5): 24, (1.5, 4.0): 8}  # times what was given out
QUANTITIES = {5: 10, 10: 42, 20: 24, 30: 10, 40: 4, 50: 6, 100: 3, 200: 1}
MINUTES = {None: 30, 5: 25, 10: 20, 15: 12, 20: 6, 30: 5, 45: 1, 60: 1}
SETTINGS = {"6": 85, "": 12, "8": 1, "7": 1, "3": 1}


@dataclass(frozen=True, slots=True)
class Kit:
    """What goes together: `each` says how many of an item for every one asked for, `bin` which sharps bin comes with it."""

    weight: float
    each: Mapping[str, float]
    bin: Weights


SMALL_BIN, ANY_BIN = {"SHARPS_S": 50, "": 50}, {"SHARPS_S": 40, "SHARPS_L": 20, "": 40}
FIXED = (
    Kit(46, {"SYR_FIXED_1": 1, "CITRIC": 1, "SPOON": 1, "WIPE": 1, "FILTER": 1}, SMALL_BIN),
    Kit(18, {"SYR_FIXED_1": 1, "VITC": 1, "SPOON": 0.5, "WATER": 0.5}, SMALL_BIN),
    Kit(12, {"SYR_FIXED_05": 1, "CITRIC": 1, "WIPE": 1}, SMALL_BIN),
    Kit(14, {"BARREL_2": 1, "NEEDLE_ORANGE": 1, "CITRIC": 1, "SPOON": 1}, ANY_BIN),
    Kit(6, {"BARREL_2": 1, "NEEDLE_BLUE": 1.5, "CITRIC": 1, "WIPE": 2}, ANY_BIN),
    Kit(4, {"SYR_FIXED_1": 1, "FOIL": 0.5}, SMALL_BIN),
)
OIL = (
    Kit(60, {"BARREL_2": 1, "NEEDLE_GREEN": 1, "NEEDLE_BLUE": 1, "WIPE": 2}, ANY_BIN),
    Kit(22, {"BARREL_2": 1, "NEEDLE_GREEN": 1, "NEEDLE_BLUE": 1}, ANY_BIN),
    Kit(8, {"BARREL_5": 1, "NEEDLE_GREEN": 2, "WIPE": 1}, ANY_BIN),
    Kit(6, {"BARREL_1": 1, "NEEDLE_BLUE": 1}, SMALL_BIN),
    Kit(4, {"BARREL_2": 1, "NEEDLE_GREEN": 1, "SYR_FIXED_1": 1}, ANY_BIN),
)
UNDER_THE_SKIN = (
    Kit(60, {"SYR_FIXED_05": 1, "WIPE": 1}, SMALL_BIN),
    Kit(40, {"SYR_FIXED_1": 1, "WATER": 1, "WIPE": 1}, SMALL_BIN),
)
NO_INJECTING = (
    Kit(70, {"FOIL": 1}, {"": 1}),
    Kit(30, {"CONDOM": 1}, {"": 1}),
)
KITS = {"HGH": UNDER_THE_SKIN, "HCG": UNDER_THE_SKIN, "MELANOTAN": UNDER_THE_SKIN, "PEPTIDE": UNDER_THE_SKIN,
        "INSULIN": UNDER_THE_SKIN, "WEIGHTLOSS": UNDER_THE_SKIN, "ALCOHOL": NO_INJECTING,
        "CANNABIS": NO_INJECTING, "SCRA": NO_INJECTING}  # fmt: skip
OF_COHORT = {"psychoactive": FIXED, "iped": OIL, "other": FIXED}


# Packs as every service has them, because one commissioner buys them; the first is the usual one.
PACKS = {
    "Works pack": {"SYR_FIXED_1": 10, "CITRIC": 10, "SPOON": 10, "WIPE": 10, "SHARPS_S": 1},
    "Steroid pack": {"BARREL_2": 10, "NEEDLE_GREEN": 10, "NEEDLE_BLUE": 10, "WIPE": 20, "SHARPS_S": 1},
}
PACK_OF_COHORT = {"psychoactive": "Works pack", "iped": "Steroid pack", "other": "Works pack"}
PACK_HOLDS = 10  # of what is counted
IN_PACKS = 0.4  # of exchanges of what packs are made for
BESIDE = {"": 75, "CONDOM": 8, "FOIL": 7, "WATER": 10}  # a few of them beside the packs


@dataclass(frozen=True, slots=True)
class Exchange:
    """`items` is everything given out; `packs` how many of the pack of that name it came in."""

    drug: str
    items: Mapping[str, int]
    needles: int
    barrels: int
    sets: int
    returned: int | None
    others: int | None
    pack: str
    packs: int


@dataclass(frozen=True, slots=True)
class Intervention:
    type: str
    setting: str
    minutes: int | None


def exchanges(plan: Plan) -> dict[str, list[Exchange]]:
    """Exchanges of people of each cohort and main drug, under the name of both; and of anybody."""
    chance = plan.chance("exchanges")
    cohorts = {name: cohort.weight for name, cohort in shares.COHORTS.items()}
    stocks = {
        f"{name} {drug}": [_exchange(chance, name, drug) for _ in range(SIZE)]
        for name, cohort in shares.COHORTS.items()
        for drug in cohort.drugs
    }
    mixture = (pick(chance, cohorts) for _ in range(SIZE))
    return stocks | {
        ANYBODY: [_exchange(chance, name, pick(chance, shares.COHORTS[name].drugs)) for name in mixture]
    }


def interventions(plan: Plan) -> dict[str, list[Intervention]]:
    """Interventions with people of each cohort, and with anybody."""
    chance = plan.chance("interventions")
    stocks = {name: [_intervention(chance, name) for _ in range(SIZE)] for name in shares.COHORTS}
    return stocks | {
        ANYBODY: [_intervention(chance, chance.choice(list(shares.COHORTS))) for _ in range(SIZE)]
    }


def _intervention(chance: Random, cohort: str) -> Intervention:
    minutes = chance.choices(list(MINUTES), list(MINUTES.values()))[0]
    return Intervention(pick(chance, shares.COHORTS[cohort].help), pick(chance, SETTINGS), minutes)


def _exchange(chance: Random, cohort: str, usual: str) -> Exchange:
    dice = chance.random()
    used = usual if dice < DRUG_AS_USUAL + DRUG_NOT_SAID else pick(chance, shares.COHORTS[cohort].drugs)
    said = "" if DRUG_AS_USUAL <= dice < DRUG_AS_USUAL + DRUG_NOT_SAID else used
    quantity = chance.choices(list(QUANTITIES), list(QUANTITIES.values()))[0]
    others = chance.choices(list(OTHERS), list(OTHERS.values()))[0]
    if chance.random() < ONLY_RETURNS:
        return Exchange(said, {}, 0, 0, 0, quantity, others, "", 0)
    if used not in KITS and chance.random() < IN_PACKS:
        pack, packs = PACK_OF_COHORT[cohort], max(1, quantity // PACK_HOLDS)
        items, quantity = _opened(chance, pack, packs), packs * PACK_HOLDS
    else:
        pack, packs, items = "", 0, _items(chance, KITS.get(used, OF_COHORT[cohort]), quantity)
    measures = (_total(items, measure) for measure in ("needles", "barrels", "sets"))
    return Exchange(said, items, *measures, _returned(chance, quantity), others, pack, packs)


def _total(items: Mapping[str, int], measure: str) -> int:
    return sum(n * lists.facts_of("equipment", code).get(measure, 0) for code, n in items.items())


def _opened(chance: Random, pack: str, packs: int) -> dict[str, int]:
    """What was in the packs, and sometimes something beside them."""
    items = {code: n * packs for code, n in PACKS[pack].items()}
    beside = pick(chance, BESIDE)
    return items | ({beside: 5} if beside else {})


def _items(chance: Random, kits: tuple[Kit, ...], quantity: int) -> dict[str, int]:
    kit = chance.choices(kits, [kit.weight for kit in kits])[0]
    items = {code: max(1, round(quantity * times)) for code, times in kit.each.items()}
    sharps = pick(chance, kit.bin)
    return items | ({sharps: 1 + quantity // 50} if sharps else {})


def _returned(chance: Random, quantity: int) -> int | None:
    if chance.random() < NOT_ASKED:
        return None
    return round(
        quantity * chance.uniform(*chance.choices(list(BROUGHT_BACK), list(BROUGHT_BACK.values()))[0])
    )
