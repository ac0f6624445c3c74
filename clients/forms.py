"""Forms about a client: finding, registering, correcting, consent."""

import re
from datetime import date

from django import forms

from clients.actions import Consent, Details
from clients.attributor import Attributor
from clients.models import Client
from clients.models.client import Sex
from clients.models.consent import How
from ims.codelists import lists
from ims.core import dates
from ims.core.forms import DayField, OnceForm, VersionedForm
from ims.geography import postcodes
from ims.geography.residence import Residence, authority_of
from ims.providers.models import INFORMATION_SHEET, Module

YOUNGEST, OLDEST = 10, 110  # years; outside them the date of birth is a slip


class FindForm(forms.Form):
    wanted = forms.CharField(
        label="Attributor, IMS ID or own reference",
        max_length=40,
        help_text="For example ab050585m. A part will do: ab, 85, 0505, a postcode or its district, CH41",
        error_messages={"required": "Enter something to find the client by, for example ab050585m."},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autofocus": True}),
    )


class InitialField(forms.CharField):
    def __init__(self, **options):
        super().__init__(max_length=1, **options)
        self.widget.attrs["class"] = "govuk-input--width-2"

    def clean(self, value):
        letter = super().clean(value).upper()
        if not re.fullmatch("[A-Z]", letter):
            raise forms.ValidationError("Enter one letter from A to Z.", code="not_a_letter")
        return letter


class PostcodeField(forms.CharField):
    """A full postcode. One that is well formed but in no list is kept, and the page says so."""

    def __init__(self, **options):
        options.setdefault("required", False)
        super().__init__(max_length=10, **options)
        self.widget.attrs["class"] = "govuk-input--width-10"

    def clean(self, value):
        text = super().clean(value)
        try:
            return postcodes.normalise(text) if text else ""
        except postcodes.MalformedPostcode as fault:
            raise forms.ValidationError(str(fault), code="malformed") from None


class IdentityForm(OnceForm):
    """Attributor and details; the base of registering and correcting."""

    first_initial = InitialField(label="First name: initial")
    last_initial = InitialField(label="Last name: initial")
    date_of_birth = DayField(help_text="For example 5/5/1985 or 050585")
    sex = forms.ChoiceField(choices=Sex, widget=forms.RadioSelect(attrs={"data-inline": True}))
    postcode = PostcodeField(help_text="Full postcode. No fixed abode: ZZ99 3VZ. Not known: leave it empty.")
    ethnicity = forms.ChoiceField(required=False)
    nationality = forms.ChoiceField(required=False)
    own_reference = forms.CharField(
        required=False,
        max_length=40,
        label="Your own reference",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        help_text="If your service has one. It tells apart two people with the same attributor. No names.",
    )
    main_substance = forms.ChoiceField(required=False)
    route = forms.ChoiceField(required=False, label="Usual route")
    injecting_status = forms.ChoiceField(required=False)

    LISTS = {
        "ethnicity": "ethnicity",
        "nationality": "nationality",
        "main_substance": "substance",
        "route": "route",
        "injecting_status": "injecting_status",
    }
    SUBSTANCES = ("main_substance", "route", "injecting_status")

    def __init__(self, *args, modules: frozenset[str], held: Client | None = None, **options):
        super().__init__(*args, **options)
        for name, key in self.LISTS.items():
            codes = lists.choices_with(key, getattr(held, name, ""), dates.today())
            self.fields[name].choices = [("", "Not asked"), *codes]
        if Module.SUBSTANCES not in modules:
            for name in self.SUBSTANCES:
                del self.fields[name]

    def clean_date_of_birth(self) -> date:
        born = self.cleaned_data["date_of_birth"]
        age = dates.age_on(born, dates.today())
        if not YOUNGEST <= age <= OLDEST:
            raise forms.ValidationError(
                f"{born:%d/%m/%Y} makes the person {age} years old. Check the year; ages are {YOUNGEST} to {OLDEST}.",
                code="age",
            )
        return born

    def attributor(self) -> Attributor:
        typed = self.cleaned_data
        return Attributor(typed["first_initial"], typed["last_initial"], typed["date_of_birth"], typed["sex"])

    def clean(self):
        if {"first_initial", "last_initial", "date_of_birth", "sex"} <= self.cleaned_data.keys():
            if self.attributor().is_dummy():
                self.add_error(
                    None,
                    "XX 05/05/1955 is the dummy attributor. For a person who objects, go back and choose "
                    "“The person objects”; nothing about them is recorded.",
                )

    def details(self, held: Client | None = None) -> Details:
        """What was typed; fields of modules that are off keep what the record holds."""
        return Details(
            **{
                name: self.cleaned_data[name] if name in self.fields else getattr(held, name, "")
                for name in Details.__slots__
            }
        )

    def residence(self) -> Residence | None:
        """Where the postcode lies; None without one."""
        return authority_of(self.cleaned_data["postcode"]) if self.cleaned_data["postcode"] else None


class ConsentFields(forms.Form):
    """Consent to process data: required, and asked afresh each time."""

    consent = forms.ChoiceField(
        label="Does the client consent to their data being processed?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect(attrs={"data-inline": True}),
        help_text="Show information sheet 5 first. No: only your service sees the record, and no report counts it.",
        error_messages={"required": "Choose Yes or No: the client has to be asked."},
    )
    consent_how = forms.ChoiceField(
        label="How was it said?",
        choices=How,
        initial=How.SPOKEN,
        widget=forms.RadioSelect(attrs={"data-inline": True}),
    )

    def decision(self, *, information_sheet: str = INFORMATION_SHEET, retrospective: bool = False) -> Consent:
        typed = self.cleaned_data
        return Consent(
            given=typed["consent"] == "yes",
            how=typed["consent_how"],
            information_sheet=information_sheet,
            sought_retrospectively=retrospective,
        )


class RegisterForm(ConsentFields, IdentityForm):
    sure = forms.CharField(required=False, widget=forms.HiddenInput)  # whom the person was warned about
    field_order = (
        "first_initial", "last_initial", "date_of_birth", "sex", "consent", "consent_how", "postcode",
        "main_substance", "route", "injecting_status", "ethnicity", "nationality", "own_reference",
    )  # fmt: skip

    def with_sure(self) -> "RegisterForm":
        """The same form, to be sent again by somebody who has seen the clients like this one."""
        self.data = self.data.copy()
        self.data["sure"] = self.attributor().text()
        return self

    def is_sure(self) -> bool:
        """Whether the clients like this very one have been seen; a name typed over it is compared again."""
        return self.cleaned_data["sure"] == self.attributor().text()


class CorrectForm(IdentityForm, VersionedForm):
    field_order = ("first_initial", "last_initial", "date_of_birth", "sex", "postcode")


class ConsentForm(ConsentFields, VersionedForm):
    sought_retrospectively = forms.BooleanField(
        required=False, label="Asked now for the past as well (an existing client of ours)"
    )
