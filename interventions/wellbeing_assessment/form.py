"""The form of one wellbeing assessment."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from ims.codelists import instruments as known
from ims.core import dates
from interventions.forms import ContactForm, held_by
from interventions.wellbeing_assessment.action import Assessment
from interventions.wellbeing_assessment.answers import BETWEEN, CODED, codes, faults, said_by
from interventions.wellbeing_assessment.fields import field_of, hint_of
from interventions.wellbeing_assessment.model import Stage, WellbeingAssessment

DEFAULT = ("ons4", "top_scales")


@dataclass(frozen=True)
class Questions:
    """One instrument as the page has it."""

    instrument: known.Instrument
    hint: str
    attribution: str
    fields: list


class WellbeingForm(ContactForm):
    stage = forms.ChoiceField(
        choices=Stage.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose first, review or exit."},
    )
    accommodation = forms.ChoiceField(required=False)
    employment = forms.ChoiceField(required=False)

    def __init__(self, *args, instruments: Sequence[str] = DEFAULT, **options):
        super().__init__(*args, **options)
        for name in CODED:
            offered = codes(name, self.held.get(name, ""), dates.today())
            self.fields[name].choices = [("", "Not asked"), *offered]
        on = self.held.get("on") or dates.today()
        self.instruments = [one for key in instruments if (one := known.instrument(key, on))]
        for one in self.instruments:
            for item in one.items:
                self.fields[f"{one.key}{BETWEEN}{item.key}"] = field_of(one, item)

    def clean(self):
        """Each box has been judged by itself; this judges them by the day that was typed, as the action will."""
        if not self.errors:
            (line,) = self.lines(client=None)
            for fault in faults(line, today=dates.today(), held=self.held):
                self.add_error(fault.name if fault.name in self.fields else None, fault.words)

    def questions(self) -> list[Questions]:
        """The boxes of each instrument that is switched on, in its order."""
        return [
            Questions(one, hint_of(one), known.attribution_of(one), self._boxes(one))
            for one in self.instruments
        ]

    def _boxes(self, one: known.Instrument) -> list:
        return [self[f"{one.key}{BETWEEN}{item.key}"] for item in one.items]

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
        said = {name: self.cleaned_data[name] for name in ("stage", *CODED)}
        return [Assessment(**self.shared(client), **said, answers=self.answers())]


def held(assessment: WellbeingAssessment) -> dict:
    """What an assessment says, by the names of the form."""
    return {**held_by(assessment), **said_by(assessment)}
