"""The form of one wellbeing assessment."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from ims.codelists import instruments as known
from ims.core import dates
from interventions.forms import ContactForm, held_by
from interventions.wellbeing_assessment.action import Assessment
from interventions.wellbeing_assessment.fields import field_of, hint_of
from interventions.wellbeing_assessment.model import Stage, WellbeingAssessment

DEFAULT = ("ons4", "top_scales")
BETWEEN = "__"  # an instrument and its item, in the name of a box: "ons4__anxious"
NOT_ASKED = {"accommodation": "NK", "employment": "6"}  # the codes that say what an empty choice says


@dataclass(frozen=True)
class Questions:
    """One instrument as the page has it."""

    instrument: known.Instrument
    hint: str
    fields: list


class WellbeingForm(ContactForm):
    stage = forms.ChoiceField(
        choices=Stage.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose first, review or exit."},
    )
    accommodation = forms.ChoiceField(required=False)
    employment = forms.ChoiceField(required=False)
    CODED = {"accommodation": "accommodation", "employment": "employment"}

    def __init__(self, *args, instruments: Sequence[str] = DEFAULT, **options):
        super().__init__(*args, **options)
        for name, code in NOT_ASKED.items():
            offered = [choice for choice in self.fields[name].choices[1:] if choice[0] != code]
            kept = [
                choice for choice in self.fields[name].choices if choice[0] == code == self.held.get(name)
            ]
            self.fields[name].choices = [("", "Not asked"), *offered, *kept]
        on = self.held.get("on") or dates.today()
        self.instruments = [one for key in instruments if (one := known.instrument(key, on))]
        for one in self.instruments:
            for item in one.items:
                self.fields[f"{one.key}{BETWEEN}{item.key}"] = field_of(one, item)

    def questions(self) -> list[Questions]:
        """The boxes of each instrument that is switched on, in its order."""
        return [
            Questions(one, hint_of(one), [self[f"{one.key}{BETWEEN}{item.key}"] for item in one.items])
            for one in self.instruments
        ]

    def answers(self) -> dict[str, dict]:
        """What was answered, by instrument and item; and what the record holds of instruments now switched off."""
        off = {name: value for name, value in self.held.items() if name not in self.fields}
        said: dict[str, dict] = {}
        for name, answer in {**off, **self.cleaned_data}.items():
            key, between, item = name.partition(BETWEEN)
            if between and answer is not None:
                said.setdefault(key, {})[item] = answer
        return said

    def lines(self, client) -> list[Assessment]:
        said = {name: self.cleaned_data[name] for name in ("stage", "accommodation", "employment")}
        return [Assessment(**self.shared(client), **said, answers=self.answers())]


def held(assessment: WellbeingAssessment) -> dict:
    """What an assessment says, by the names of the form."""
    said = {name: getattr(assessment, name) for name in ("stage", "accommodation", "employment")}
    answers = {
        f"{key}{BETWEEN}{item}": answer
        for key, given in assessment.answers.items()
        for item, answer in given.items()
    }
    return {**held_by(assessment), **said, **answers}
