"""The form of the brief interventions of one visit."""

from uuid import uuid5

from django import forms

from ims.codelists import lists
from ims.core import dates
from ims.core.forms import QuantityField
from interventions.brief_intervention.action import Intervention
from interventions.forms import ContactForm

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

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        day = dates.today()
        self.fields["types"].choices = lists.choices("intervention_type", day)
        self.fields["setting"].choices = [("", "Not stated"), *lists.choices("intervention_setting", day)]

    def lines(self, client) -> list[Intervention]:
        """One line a type; each with a name of its own derived from the submission's."""
        typed = self.cleaned_data
        shared = self.shared(client)
        submission = shared.pop("submission_id")
        return [
            Intervention(
                **shared,
                type=kind,
                submission_id=uuid5(submission, kind),
                setting=typed["setting"],
                minutes=typed["minutes"],
            )
            for kind in typed["types"]
        ]
