"""The forms of packs, and of copying settings."""

from django import forms

from ims.core import dates
from ims.core.forms import DayField, OnceForm, VersionedForm
from ims.providers.models import Provider
from interventions.forms import AsksAboutAbsurd
from interventions.syringe_exchange.boxes import ITEM, QuantityBoxes
from interventions.syringe_exchange.packs import Bill

TAKEN = "Another pack of yours has this name. Choose another name."


class BillForm(QuantityBoxes, AsksAboutAbsurd, VersionedForm):
    """What a pack holds from a day on."""

    valid_from = DayField(
        label="From which day",
        future=True,
        help_text="Today or later. Exchanges before that day keep what they say.",
    )

    sure = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, held: dict | None = None, **options):
        self.held = held or {}
        super().__init__(*args, initial=self.held, **options)
        self.fields["valid_from"].initial = dates.today
        self.add_boxes()
        if held is None:
            del self.fields["expected_version"]

    def clean_valid_from(self):
        if self.cleaned_data["valid_from"] < dates.today():
            raise forms.ValidationError("Enter today or a later day.", code="too_early")
        return self.cleaned_data["valid_from"]

    def clean(self):
        if self.boxes_are_right():
            if not self.items():
                self.add_error(None, "Enter at least one item that the pack holds.")
            self.ask_about_absurd()


class PackForm(BillForm):
    name = forms.CharField(
        max_length=60, label="Name of the pack", help_text="As it is called at the counter."
    )


class NameForm(VersionedForm):
    name = PackForm.base_fields["name"]


class CopyForm(OnceForm):
    source = forms.ModelChoiceField(
        queryset=Provider.objects.none(), label="Copy from", empty_label="Choose one",
        error_messages={"required": "Choose the provider to copy from."},
    )  # fmt: skip
    sure = forms.CharField(required=False, widget=forms.HiddenInput)  # what was shown before

    def __init__(self, *args, others, **options):
        super().__init__(*args, **options)
        self.fields["source"].queryset = others

    def is_sure(self) -> bool:
        """Whether what will be copied from this very provider has been seen."""
        return self.cleaned_data["sure"] == str(self.cleaned_data["source"].pk)

    def with_sure(self) -> "CopyForm":
        self.data = self.data.copy()
        self.data["sure"] = str(self.cleaned_data["source"].pk)
        return self


def said_by_bill(bill: Bill) -> dict:
    """A bill by the names of the form."""
    return {ITEM + code: n for code, n in bill.items.items()}
