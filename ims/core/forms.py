"""Form parts that every room uses. A form turns what people type into clean values; it never saves."""

import re
from typing import Any
from uuid import UUID

from django import forms

from ims.core import dates
from ims.core.keys import new_submission_id


class DayField(forms.CharField):
    """One text box for a day, in British or ISO order; the value is a date."""

    def __init__(self, *, future: bool = False, **options):
        options.setdefault("max_length", 20)
        options.setdefault("help_text", "For example 27/3/2026 or 270326")
        options.setdefault("error_messages", {"required": "Enter a date, for example 27/3/2026."})
        super().__init__(**options)
        self.future = future
        self.widget.attrs.setdefault("class", "govuk-input--width-10")
        self.widget.attrs.setdefault("inputmode", "text")

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value

    def clean(self, value: Any):
        text = super().clean(value)
        if not text:
            return None
        try:
            day = dates.parse_day(text, today=dates.today())
        except dates.NotADay as fault:
            raise forms.ValidationError(str(fault), code="not_a_day") from None
        if day > dates.today() and not self.future:
            raise forms.ValidationError(
                f"{day:%d/%m/%Y} is in the future. Enter today or an earlier day.", code="future"
            )
        return day


class QuantityField(forms.CharField):
    """A whole number of nought or more; an empty box is None, which is not nought."""

    def __init__(self, *, largest: int = 100_000, **options):
        options.setdefault("required", False)
        super().__init__(**options)
        self.largest = largest
        self.widget.attrs.update({"class": "govuk-input--width-4", "inputmode": "numeric"})

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if not re.fullmatch("[0-9]{1,9}|[0-9]{1,3}(,[0-9]{3})+", text):
            raise forms.ValidationError("Enter a whole number, 0 or more.", code="not_a_quantity")
        quantity = int(text.replace(",", ""))
        if quantity > self.largest:
            raise forms.ValidationError(f"Enter a number up to {self.largest:,}.", code="absurd")
        return quantity


# Django's words for a choice that is none, and ours: a file may say it of a thousand rows.
NOT_ON_THE_LIST = {
    forms.ChoiceField.default_error_messages[
        "invalid_choice"
    ]: "“%(value)s” is not on the list. Choose one that is.",
    forms.ModelChoiceField.default_error_messages[
        "invalid_choice"
    ]: "That is not on the list, or no longer. Choose one that is.",
}


def of_a_page(submission_id: UUID) -> None:
    """Refuse a name as records of a file have: it can be worked out, and whoever sent it would learn by the answer whether
    another service has the record. Raises ValidationError.
    """
    if submission_id.version == 5:
        raise forms.ValidationError("Enter a valid UUID.", code="invalid")


class OnceForm(forms.Form):
    """A form that is saved once, however often it is sent: it carries the name of its submission."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, validators=[of_a_page])

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["submission_id"].initial = new_submission_id
        for field in self.fields.values():
            said = field.error_messages.get("invalid_choice")
            if said in NOT_ON_THE_LIST:
                field.error_messages["invalid_choice"] = NOT_ON_THE_LIST[said]


class VersionedForm(OnceForm):
    """A form over an existing record: it says which version was on the screen."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def explain_conflict(self, current: dict[str, Any], version: int) -> None:
        """Say what somebody else saved meanwhile, keep what was typed, and let a second Save put it over theirs."""
        self.data = self.data.copy()
        self.data[self.add_prefix("expected_version")] = version
        self.add_error(
            None, "Somebody else changed this record while you were typing. Nothing of yours is lost."
        )
        for name, value in current.items():
            if name in self.fields and name != "expected_version" and self.cleaned_data.get(name) != value:
                self.add_error(name, f"Now saved by somebody else: {self._in_words(name, value)}")

    def _in_words(self, name: str, value: Any) -> str:
        """A value as the form would show it. An empty box is not 0, nor "nothing"."""
        field = self.fields[name]
        choices = dict(getattr(field, "choices", ()))
        shown = choices.get("" if value is None else value, field.prepare_value(value))
        return "left empty" if shown in (None, "") else str(shown)
