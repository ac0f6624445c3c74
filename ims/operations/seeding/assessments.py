"""A stock of made-up wellbeing assessments for each stage: who stays in touch is mostly better later."""

from dataclasses import dataclass
from random import Random

from ims.codelists.instruments import DECLINED, Answer, Instrument, Item, instrument
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.shares import pick
from ims.operations.seeding.stock import SIZE
from ims.providers.models import INSTRUMENTS
from interventions.wellbeing_assessment.model import Stage

HOW_WELL = {Stage.FIRST: 0.4, Stage.REVIEW: 0.52, Stage.EXIT: 0.65}  # of what is best
SPREAD = 0.2  # standard deviation of the same
ITEM_DECLINED, ITEM_NOT_ASKED = 0.04, 0.06
INSTRUMENT_NOT_ASKED = 0.12
ACCOMMODATION = {
    "RENT_HA": 22, "RENT_PRIV": 18, "RENT_LA": 12, "FAM_SETTLED": 12, "SOFA": 9, "HOSTEL": 9, "SUPPORTED": 6,
    "ROUGH": 5, "OWN": 3, "TEMP_LA": 3, "NS": 2, "": 12,
}  # fmt: skip
EMPLOYMENT = {"9": 34, "12": 26, "1": 14, "5": 4, "10": 3, "14": 2, "15": 2, "2": 1, "99": 2, "": 12}


@dataclass(frozen=True, slots=True)
class Assessed:
    accommodation: str
    employment: str
    answers: dict[str, dict[str, Answer]]


def assessments(plan: Plan) -> dict[str, list[Assessed]]:
    """By stage. What services ask where they have settled nothing else."""
    chance = plan.chance("assessments")
    asked = [one for key in INSTRUMENTS if (one := instrument(key, plan.ends_on))]
    return {stage.value: [_assessment(chance, asked, stage) for _ in range(SIZE)] for stage in Stage}


def _assessment(chance: Random, asked: list[Instrument], stage: Stage) -> Assessed:
    well = min(max(chance.gauss(HOW_WELL[stage], SPREAD), 0.0), 1.0)
    answers = {one.key: _answers(chance, one, well) for one in asked}
    return Assessed(
        pick(chance, ACCOMMODATION),
        pick(chance, EMPLOYMENT),
        {key: said for key, said in answers.items() if said},
    )


def _answers(chance: Random, one: Instrument, well: float) -> dict[str, Answer]:
    """What is not there was not asked."""
    if chance.random() < INSTRUMENT_NOT_ASKED:
        return {}
    said = {item.key: _answer(chance, item, well) for item in one.items}
    return {key: answer for key, answer in said.items() if answer is not None}


def _answer(chance: Random, item: Item, well: float) -> Answer | None:
    dice = chance.random()
    if dice < ITEM_DECLINED + ITEM_NOT_ASKED:
        return DECLINED if dice < ITEM_DECLINED else None
    share = min(max(chance.gauss(1 - well if item.reversed else well, 0.1), 0.0), 1.0)
    return item.numbers[round(share * (len(item.numbers) - 1))]
