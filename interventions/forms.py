"""The part of the form that every kind of contact shares."""

from datetime import timedelta

from django import forms

from ims.core import dates
from ims.core.forms import DayField, OnceForm
from ims.providers.models import Site


class ContactForm(OnceForm):
    on = DayField(label="Date of contact")
    site = forms.ModelChoiceField(queryset=Site.objects.none(), required=False, empty_label="Not stated")
    note = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only if needed. Never name anyone here. No report uses it.",
    )

    def __init__(self, *args, sites, backdating_days: int, **options):
        super().__init__(*args, **options)
        self.backdating_days = backdating_days
        self.fields["site"].queryset = sites
        self.fields["on"].initial = dates.today
        if not sites:
            del self.fields["site"]

    def clean_on(self):
        day = self.cleaned_data["on"]
        earliest = dates.today() - timedelta(days=self.backdating_days)
        if day < earliest:
            raise forms.ValidationError(
                f"{day:%d/%m/%Y} is too long ago: your service records back to {earliest:%d/%m/%Y}. "
                "Check the year, or ask your manager.",
                code="too_old",
            )
        return day

    def shared(self, client) -> dict:
        """The values of a line that every kind has."""
        typed = self.cleaned_data
        return {
            "client": client,
            "on": typed["on"],
            "submission_id": typed["submission_id"],
            "site": typed.get("site"),
            "note": typed["note"],
        }
