"""The form of the brief interventions of one visit; and of one of them, when it is put right."""

from dataclasses import replace
from uuid import uuid5

from django import forms

from ims.codelists import lists
from ims.core import dates
from ims.core.forms import QuantityField
from interventions.brief_intervention.action import Intervention
from interventions.brief_intervention.model import BriefIntervention
from interventions.brief_intervention.rules import said_by
from interventions.forms import ContactForm, held_by

LONGEST = 480  # minutes: a working day


class BriefInterventionForm(ContactForm):
    types = forms.MultipleChoiceField(
        label="What was done",
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that apply",
        error_messages={"required": "Choose at least one thing that was done."},
    )
    setting = forms.ChoiceField(required=False)
    minutes = QuantityField(label="Minutes", help_text="Leave it empty if not recorded", largest=LONGEST)
    field_order = ("on", "site", "types", "setting", "minutes", "note")
    CODED = {"setting": "intervention_setting"}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.held:
            self._one_type()
        else:
            self.fields["types"].choices = lists.choices("intervention_type", dates.today())

    def _one_type(self) -> None:
        """What is put right is one intervention, whatever else was done at that visit."""
        choices = lists.choices_with("intervention_type", self.held["types"], dates.today())
        self.fields["types"] = forms.ChoiceField(label="What was done", choices=choices)

    def said(self):
        """Of all that was done: its lines differ in nothing but the type."""
        each = [said_by(line) for line in self.lines(client=None)]  # no rule asks who it was
        return replace(each[0], codes=frozenset().union(*(one.codes for one in each)))

    def lines(self, client) -> list[Intervention]:
        """One line a type; each with a name of its own derived from the submission's."""
        typed = self.cleaned_data
        shared = self.shared(client)
        submission = shared.pop("submission_id")
        types = [typed["types"]] if self.held else typed["types"]
        return [
            Intervention(
                **shared,
                type=kind,
                submission_id=uuid5(submission, kind),
                setting=typed["setting"],
                minutes=typed["minutes"],
            )
            for kind in types
        ]


def held(done: BriefIntervention) -> dict:
    """What a brief intervention says, by the names of the form."""
    return {**held_by(done), "types": done.type, "setting": done.setting, "minutes": done.minutes}
