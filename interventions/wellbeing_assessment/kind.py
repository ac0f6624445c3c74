"""Wellbeing assessments as the spanning pages show them."""

from collections.abc import Callable

from ims.codelists import lists
from ims.codelists.instruments import every_item, instrument, latest_versions
from ims.codelists.scoring import scores
from ims.core.kind import Column, Kind
from interventions.wellbeing_assessment.action import change_assessment, record_assessments, says_already
from interventions.wellbeing_assessment.form import DEFAULT, WellbeingForm, held
from interventions.wellbeing_assessment.model import Stage, WellbeingAssessment
from interventions.wellbeing_assessment.words import NOT_ASKED, answered, each_instrument


def _coded(assessment: WellbeingAssessment) -> list[tuple[str, str]]:
    """Accommodation and employment in words; empty where that was not asked."""
    codes = [(key, getattr(assessment, key)) for key in ("accommodation", "employment")]
    return [(key, lists.label_of(key, code) if code else "") for key, code in codes]


def _line(assessment: WellbeingAssessment) -> str:
    coded = [f"{key}: {words.lower()}" for key, words in _coded(assessment) if words]
    answers = answered(assessment) or ["no question answered"]
    return " · ".join([Stage(assessment.stage).label, *coded, *answers])


def _details(assessment: WellbeingAssessment) -> list[tuple[str, str]]:
    coded = [(key.capitalize(), words or NOT_ASKED) for key, words in _coded(assessment)]
    return [("Stage", Stage(assessment.stage).label), *coded, *each_instrument(assessment)]


def _columns() -> list[Column]:
    """One column an item over all instruments, whichever are switched on, and one a score."""
    items = [Column(f"{one.key}_{item.key}", _answer(one.key, item.key)) for one, item in every_item()]
    totals = [
        Column(f"{one.key}_{score.key}", _score(one.key, score.key))
        for one in latest_versions()
        for score in scores(one, {})
    ]
    return [*items, *totals]


def _answer(key: str, item: str) -> Callable:
    return lambda record: record.answers.get(key, {}).get(item)


def _score(key: str, name: str) -> Callable:
    def value(record):
        one = instrument(key, record.on)
        found = scores(one, record.answers.get(key, {})) if one else []
        return next((score.value for score in found if score.key == name), None)

    return value


def _options(actor, client) -> dict:
    return {"instruments": actor.instruments or DEFAULT}


KIND = Kind(
    key="wellbeing_assessment",
    slug="wellbeing",
    label="Wellbeing assessment",
    noun="wellbeing assessment",
    plural="Wellbeing assessments",
    model=WellbeingAssessment,
    line=_line,
    details=_details,
    columns=[
        Column("stage", lambda record: record.stage),
        Column("accommodation", lambda record: record.accommodation),
        Column("employment", lambda record: record.employment),
        *_columns(),
    ],
    form=WellbeingForm,
    held=held,
    options=_options,
    record=record_assessments,
    change=change_assessment,
    says_already=says_already,
    template="interventions/wellbeing.html",
    of_dummy=False,
)
