"""What an assessment says, in words that keep 0, declined and not asked apart."""

from ims.codelists.instruments import DECLINED, NO, YES, Answer, Instrument, in_force
from ims.codelists.scoring import Score, scores
from interventions.wellbeing_assessment.model import WellbeingAssessment

NOT_ASKED = "not asked"
_IN_WORDS = {None: NOT_ASKED, DECLINED: "declined", YES: "yes", NO: "no"}


def in_words(answer: Answer | None) -> str:
    """7, declined, yes, no, or not asked."""
    return _IN_WORDS.get(answer) or str(answer)


def answered(assessment: WellbeingAssessment) -> list[str]:
    """A part a line for each instrument that was answered at all."""
    return [
        f"{one.title}: {_items(one, assessment.answers[one.key])}"
        for one in in_force(assessment.on)
        if assessment.answers.get(one.key)
    ]


def each_instrument(assessment: WellbeingAssessment) -> list[tuple[str, str]]:
    """Every instrument with its answers and scores, those not asked at all included."""
    return [(one.title, _in_full(one, assessment.answers.get(one.key))) for one in in_force(assessment.on)]


def _in_full(one: Instrument, answers: dict | None) -> str:
    if not answers:
        return NOT_ASKED
    said = [_items(one, answers), *(_score(score) for score in scores(one, answers))]
    return ". ".join(said)


def _items(one: Instrument, answers: dict) -> str:
    return ", ".join(
        f"{item.label} {in_words(answers.get(item.key))}{_band(one, item, answers)}" for item in one.items
    )


def _band(one: Instrument, item, answers: dict) -> str:
    band = one.band_of(item.key, answers.get(item.key))
    return f" ({band.lower()})" if band else ""


def _score(score: Score) -> str:
    if score.value is None:
        return f"{score.label} not worked out, because not every item has a number"
    return f"{score.label} {score.value}{f' ({score.band.lower()})' if score.band else ''}"
