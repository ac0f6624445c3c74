"""A brief intervention as one line of the batch grid."""

from django import forms

from ims.codelists import lists
from ims.core import dates
from ims.core.forms import QuantityField
from interventions.brief_intervention.action import Intervention
from interventions.brief_intervention.form import LONGEST
from interventions.brief_intervention.rules import said_by
from interventions.rows import GridRow


class InterventionRow(GridRow):
    type = forms.ChoiceField(label="What was done")
    setting = forms.ChoiceField(required=False)
    minutes = QuantityField(label="Minutes", largest=LONGEST)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        today = dates.today()
        self.fields["type"].choices = [("", "Choose"), *lists.choices("intervention_type", today)]
        self.fields["type"].error_messages["required"] = "Choose what was done."
        self.fields["setting"].choices = [("", "Not recorded"), *lists.choices("intervention_setting", today)]

    def said(self, line):
        return said_by(line)

    def line(self, client, shared, latest) -> Intervention:
        names = ("submission_id", "type", "setting", "minutes")
        return Intervention(client=client, **{name: self.cleaned_data[name] for name in names}, **shared)
