"""A stock of made-up referrals, and of the courses that they take: from the sending to whatever end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from clients.models.consent import How
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.shares import Weights, pick
from ims.operations.seeding.stock import SIZE
from referrals.states import Side, State

PARTNER, ELSEWHERE, TAKEN_ON = "partner", "elsewhere", "taken on"

SOURCES: Mapping[str, Weights] = {
    "psychoactive": {"4": 38, "58": 16, "8": 10, "63": 6, "3": 8, "9": 4, "13": 6, "1": 4, "24": 3, "15": 5},
    "iped": {"58": 55, "4": 35, "3": 8, "15": 2},
    "other": {"4": 34, "3": 26, "8": 8, "9": 6, "19": 6, "24": 5, "57": 4, "11": 4, "53": 2, "15": 5},
}
REASONS_IN: Weights = {"INJECTING": 20, "TREATMENT": 22, "SUPPORT": 24, "MENTAL": 6, "PHYSICAL": 6, "": 22}
# Why somebody is sent, and where to.
DESTINATIONS: Mapping[tuple[str, str], float] = {
    ("TREATMENT", "STRUCT_DRUG"): 24, ("TREATMENT", "STRUCT_ALC"): 10, ("BBV", "BBV"): 16, ("BBV", "HEPC"): 8,
    ("WOUND", "WOUND"): 8, ("PHYSICAL", "GP"): 10, ("PHYSICAL", "AE"): 2, ("HOUSING", "HOUSING"): 10,
    ("MENTAL", "MH"): 5, ("MONEY", "BENEFITS"): 4, ("DETOX", "RESI"): 2, ("SUPPORT", "MUTUAL"): 3,
}  # fmt: skip
REASONS_TO_PARTNER: Weights = {
    "TREATMENT": 45,
    "INJECTING": 20,
    "NALOXONE": 10,
    "WOUND": 8,
    "SUPPORT": 12,
    "MOVED": 5,
}
AGREED: Mapping[bool | None, float] = {
    True: 55,
    None: 40,
    False: 5,
}  # of those sent elsewhere; None: not asked
SPOKEN = 0.85  # of agreements
DECLINED_BECAUSE: Weights = {"FULL": 28, "NO_CONTACT": 26, "AREA": 18, "CLIENT": 16, "NOT_OURS": 10, "AGE": 2}

# Steps after the sending, and how often that is how it went. What a partner took on is seen and accepted at once.
PATHS: Mapping[str, Mapping[Sequence[tuple[State, Side]], float]] = {
    ELSEWHERE: {
        (): 40,  # nobody told
        ((State.ATTENDED, Side.SENDER),): 26,
        ((State.DID_NOT_ATTEND, Side.SENDER),): 12,
        ((State.ACCEPTED, Side.SENDER),): 6,
        ((State.ACCEPTED, Side.SENDER), (State.ATTENDED, Side.SENDER)): 8,
        ((State.DECLINED, Side.SENDER),): 5,
        ((State.WITHDRAWN, Side.SENDER),): 3,
    },
    PARTNER: {
        ((State.SEEN, Side.RECEIVER), (State.DECLINED, Side.RECEIVER)): 70,
        ((State.SEEN, Side.RECEIVER), (State.WITHDRAWN, Side.SENDER)): 20,
        ((State.WITHDRAWN, Side.SENDER),): 7,
        ((State.SEEN, Side.RECEIVER),): 3,  # and forgotten
    },
    TAKEN_ON: {
        (): 35,
        ((State.ATTENDED, Side.RECEIVER),): 40,
        ((State.DID_NOT_ATTEND, Side.RECEIVER),): 12,
        ((State.ATTENDED, Side.RECEIVER), (State.CLOSED, Side.SENDER)): 8,
        ((State.DID_NOT_ATTEND, Side.RECEIVER), (State.ATTENDED, Side.RECEIVER)): 5,
    },
}
LONGEST_STEP = 18  # days
READ_FOR = 6  # minutes, before a referral is accepted


@dataclass(frozen=True, slots=True)
class Came:
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    reason: str
    destination: str
    agreed: bool | None
    agreed_how: str


@dataclass(frozen=True, slots=True)
class Step:
    """`days`, or of the same day `minutes`, are counted from the sending, or from the moment it was accepted."""

    state: State
    side: Side
    days: int
    minutes: int = 0
    decline_reason: str = ""


def came(plan: Plan) -> dict[str, list[Came]]:
    """Referrals in, by cohort."""
    chance = plan.chance("referrals in")
    return {
        cohort: [Came(pick(chance, sources), pick(chance, REASONS_IN)) for _ in range(SIZE)]
        for cohort, sources in SOURCES.items()
    }


def sent(plan: Plan) -> dict[str, list[Sent]]:
    """Referrals out, to a partner and elsewhere."""
    chance = plan.chance("referrals out")
    return {
        PARTNER: [_to_partner(chance) for _ in range(SIZE)],
        ELSEWHERE: [_elsewhere(chance) for _ in range(SIZE)],
    }


def courses(plan: Plan) -> dict[str, list[list[Step]]]:
    chance = plan.chance("courses")
    return {course: [_course(chance, course) for _ in range(SIZE)] for course in PATHS}


def _to_partner(chance: Random) -> Sent:
    """A partner is told of nobody who has not agreed."""
    return Sent(pick(chance, REASONS_TO_PARTNER), "", True, _how(chance))


def _elsewhere(chance: Random) -> Sent:
    reason, destination = chance.choices(list(DESTINATIONS), list(DESTINATIONS.values()))[0]
    agreed = chance.choices(list(AGREED), list(AGREED.values()))[0]
    return Sent(reason, destination, agreed, _how(chance) if agreed else "")


def _how(chance: Random) -> str:
    return (How.SPOKEN if chance.random() < SPOKEN else How.WRITTEN).value


def _course(chance: Random, course: str) -> list[Step]:
    paths = PATHS[course]
    path = chance.choices(list(paths), list(paths.values()))[0]
    steps, day = [], 0
    if course == TAKEN_ON:
        steps += [Step(State.SEEN, Side.RECEIVER, 0, -READ_FOR), Step(State.ACCEPTED, Side.RECEIVER, 0)]
    for state, side in path:
        day += chance.randint(1, LONGEST_STEP)
        why = pick(chance, DECLINED_BECAUSE) if state == State.DECLINED else ""
        steps.append(Step(state, side, day, decline_reason=why))
    return steps
