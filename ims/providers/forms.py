"""The forms of a manager's settings."""

from django import forms

from ims.codelists import instruments
from ims.core.forms import DayField, QuantityField, VersionedForm
from ims.geography import postcodes
from ims.providers.models import Module, PolicyPoint, Provider, Site

WHAT_IT_IS = {
    Module.SYRINGE_EXCHANGE: "equipment given out and brought back, packs, and batches without a client",
    Module.BRIEF_INTERVENTION: "advice and other short help at one visit",
    Module.NALOXONE: "kits supplied, and why again",
    Module.WELLBEING_ASSESSMENT: "how a client is doing, at the first visit, at reviews and at the end",
    Module.REFERRAL_IN: "who sent a client to you",
    Module.REFERRAL_OUT: "where you sent a client, and what came of it",
    Module.SUBSTANCES: "main substance, route and injecting status on the client's own page",
}
YES_NO = [("yes", "Yes"), ("no", "No")]
COVERS = "covers_"  # and a point of the policy: the name of its question


class SiteForm(VersionedForm):
    name = forms.CharField(max_length=120, label="Name of the site", help_text="As your staff know it.")
    postcode = forms.CharField(
        required=False,
        max_length=10,
        help_text="Leave it empty for a van or a stall that moves.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def __init__(self, *args, held: Site | None = None, **options):
        initial = {**said_by_site(held), "expected_version": held.version} if held else None
        super().__init__(*args, initial=initial, **options)
        if held is None:
            del self.fields["expected_version"]

    def clean_postcode(self) -> str:
        text = self.cleaned_data["postcode"]
        try:
            return postcodes.normalise(text) if text else ""
        except postcodes.MalformedPostcode as fault:
            raise forms.ValidationError(str(fault), code="malformed") from None

    def explain_name_taken(self) -> None:
        self.add_error(
            "name",
            "Another site of yours has this name. Choose another name, or reopen the one that is closed.",
        )


def said_by_site(site: Site) -> dict:
    """What a site says, by the names of the form."""
    return {"name": site.name, "postcode": site.postcode}


class SettingForm(VersionedForm):
    """A part of the settings of a provider, filled in with what is set now."""

    def __init__(self, *args, held: Provider, **options):
        initial = {**self.said_by(held), "expected_version": held.version}
        super().__init__(*args, initial=initial, **options)

    @classmethod
    def said_by(cls, provider: Provider) -> dict:
        """What is set, by the names of the form."""
        return {name: getattr(provider, name) for name in cls.base_fields if hasattr(provider, name)}

    def meant(self) -> dict:
        """What was typed, by the arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "submission_id"}

    def _in_words(self, name: str, value) -> str:
        in_words = super()._in_words
        several = value if isinstance(value, list) else [value]
        return "; ".join(in_words(name, one) for one in several) or "nothing"


class ModulesForm(SettingForm):
    modules = forms.MultipleChoiceField(
        label="What your service records",
        required=False,
        choices=[(module.value, f"{module.label}: {said}") for module, said in WHAT_IT_IS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="What was recorded under one that you switch off stays, and is still shown and counted.",
    )


class RulesForm(SettingForm):
    backdating_days = QuantityField(
        label="How many days back a contact may be recorded",
        largest=3650,
        required=True,
        help_text="0 is today only; 3650 is ten years.",
        error_messages={"required": "Enter a number of days, for example 400."},
    )
    review_weeks = QuantityField(
        label="After how many weeks a review is due",
        largest=260,
        required=True,
        help_text="Counted from the latest wellbeing assessment.",
        error_messages={"required": "Enter a number of weeks, for example 12."},
    )
    instruments = forms.MultipleChoiceField(
        label="What is asked at a wellbeing assessment",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["instruments"].choices = instrument_choices()

    def clean_review_weeks(self) -> int:
        if self.cleaned_data["review_weeks"] == 0:
            raise forms.ValidationError("Enter 1 or more weeks.", code="too_small")
        return self.cleaned_data["review_weeks"]


def instrument_choices() -> list[tuple[str, str]]:
    """The instruments that can be asked, key and name."""
    return [(one.key, one.title) for one in instruments.latest_versions()]


class InformationForm(SettingForm):
    information_sheet = forms.CharField(
        label="Information sheet that clients are shown",
        max_length=60,  # a decision keeps no more
        help_text="Its name and edition. It is kept with every decision about consent from now on.",
    )
    policy_version = forms.CharField(
        label="Your confidentiality policy: name and version",
        max_length=60,
        help_text="A leaflet or a notice counts; so does the policy of your Trust.",
    )
    policy_on = DayField(label="Date of the policy")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for point in PolicyPoint:
            self.fields[COVERS + point] = forms.ChoiceField(
                label=f"Does it describe: {point.label[0].lower()}{point.label[1:]}?",
                choices=YES_NO,
                widget=forms.RadioSelect(attrs={"data-inline": True}),
                error_messages={"required": "Choose Yes or No."},
            )

    @classmethod
    def said_by(cls, provider):
        """A policy covers a point or does not; without a policy nothing has been answered."""
        answers = {point: "yes" if point in provider.policy_covers else "no" for point in PolicyPoint}
        covers = {COVERS + point: answer for point, answer in answers.items()}
        return {**super().said_by(provider), **(covers if provider.policy_version else {})}

    def meant(self) -> dict:
        typed = super().meant()
        covers = [point.value for point in PolicyPoint if typed.pop(COVERS + point) == "yes"]
        return {**typed, "policy_covers": covers}


class UploadsForm(SettingForm):
    skips_rejected = forms.ChoiceField(
        label="A file in which rows are rejected",
        choices=[
            ("no", "Record nothing of it, until every row is right"),
            ("yes", "The other rows may be recorded, and the rejected ones left out"),
        ],
        widget=forms.RadioSelect,
        help_text="Whoever confirms a file with rejected rows is asked each time.",
        error_messages={"required": "Choose one of the two."},
    )

    @classmethod
    def said_by(cls, provider):
        return {"skips_rejected": "yes" if provider.skips_rejected else "no"}

    def meant(self) -> dict:
        typed = super().meant()
        return {**typed, "skips_rejected": typed["skips_rejected"] == "yes"}


def days_and_weeks(provider: Provider) -> str:
    """The rules of recording, in one line."""
    names = dict(instrument_choices())
    asked = ", ".join(names.get(key, key) for key in provider.instruments)
    return f"Back to {provider.backdating_days:,} days; review due after {provider.review_weeks} weeks; asked: {asked}"
