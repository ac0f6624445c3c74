"""The form of a rule that is rehearsed, and then published as it was rehearsed."""

from django import forms

from ims.codelists import lists
from ims.codelists.models import Rule
from ims.codelists.rules import RETIRED, Shape, kinds
from ims.core import dates
from ims.core.forms import DayField, QuantityField

LISTS = {
    "substance": "Drugs",
    "place": "Places",
    "equipment": "Equipment",
    "intervention_type": "Brief interventions",
    "intervention_setting": "Settings",
}


class RuleForm(forms.Form):
    key = forms.ChoiceField(label="Rule", error_messages={"required": "Choose a rule."})
    change = forms.ChoiceField(
        label="What changes",
        choices=[("on", "The rule begins, or its number changes"), ("off", "The rule is lifted")],
        widget=forms.RadioSelect,
        initial="on",
        error_messages={"required": "Choose what changes."},
    )
    limit = QuantityField(label="Number", help_text="Only for a rule that says “most”")
    code = forms.ChoiceField(label="Code", required=False, help_text="Only to retire a code")
    valid_from = DayField(
        label="First day",
        future=True,
        help_text="Tomorrow or later, with the year in full. For example 1/4/2027. Contacts of earlier days are not judged by it.",
        error_messages={"required": "Enter the first day, for example 1/4/2027."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        today = dates.today()
        self.fields["key"].choices = [("", "Choose"), *((kind.key, kind.label) for kind in kinds().values())]
        codes = [(title, _codes(key, today)) for key, title in LISTS.items()]
        self.fields["code"].choices = [("", "None"), *codes]

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        if day <= dates.today():
            raise forms.ValidationError(
                f"{day:%d/%m/%Y} is not after today. A rule begins tomorrow at the earliest.", code="too_soon"
            )
        return day

    def clean(self):
        kind = kinds().get(self.cleaned_data.get("key"))
        if kind is None:
            return
        on = self.cleaned_data.get("change") == "on"
        if kind.shape is Shape.AT_MOST and on and self.cleaned_data.get("limit") is None:
            self._add("limit", "Enter the largest number that is taken.")
        if kind == RETIRED and not self.cleaned_data.get("code"):
            self._add("code", "Choose the code.")

    def _add(self, field: str, words: str) -> None:
        if field not in self.errors:
            self.add_error(field, words)

    def rule(self) -> Rule:
        """What is typed, not saved; a number or code that the rule does not take is left out."""
        typed = self.cleaned_data
        kind, on = kinds()[typed["key"]], typed["change"] == "on"
        return Rule(
            key=kind.key,
            subject=typed["code"] if kind == RETIRED else "",
            limit=typed["limit"] if kind.shape is Shape.AT_MOST and on else None,
            is_on=on,
            valid_from=typed["valid_from"],
        )

    def was_seen(self) -> bool:
        """Whether exactly this was rehearsed on the page that was sent."""
        return self.cleaned_data["seen"] == _named(self.rule())

    def remember_seen(self) -> None:
        """Let the next sending say that exactly this was rehearsed."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = _named(self.rule())


def _codes(key: str, today) -> list[tuple[str, str]]:
    return [(f"{key}:{code}", label) for code, label in lists.choices(key, today)]


def _named(rule: Rule) -> str:
    return f"{rule.key}|{rule.subject}|{rule.limit}|{rule.is_on}|{rule.valid_from}"
