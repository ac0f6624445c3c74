"""The boxes of the items of an instrument: a number, declined, or empty for not asked."""

import re
from typing import Any

from django import forms

from ims.codelists.instruments import DECLINED, NO, YES, Instrument, Item, text_of
from interventions.wellbeing_assessment.answers import how_to_mend

DECLINED_TYPED = {"d", "declined"}


class AnswerField(forms.CharField):
    """A whole number in the item's range, "declined" for D, or None for an empty box: three different things."""

    def __init__(self, item: Item, **options):
        super().__init__(required=False, **options)
        self.item = item
        self.widget.attrs.update({"class": "govuk-input--width-4", "autocapitalize": "characters"})

    def prepare_value(self, value: Any) -> Any:
        return "D" if value == DECLINED else value

    def clean(self, value: Any) -> int | str | None:
        text = super().clean(value)
        if not text:
            return None
        if text.lower() in DECLINED_TYPED:
            return DECLINED
        if not re.fullmatch("[0-9]{1,4}", text) or not self.item.takes(int(text)):
            raise forms.ValidationError(how_to_mend(self.item), code="not_an_answer")
        return int(text)


class YesNoField(forms.ChoiceField):
    def __init__(self, **options):
        answers = [("", "Not asked"), (YES, "Yes"), (NO, "No"), (DECLINED, "Declined")]
        super().__init__(required=False, choices=answers, **options)

    def clean(self, value: Any) -> str | None:
        return super().clean(value) or None


def field_of(one: Instrument, item: Item) -> forms.Field:
    label = text_of(one, item)
    return YesNoField(label=label) if item.yes_no else AnswerField(item, label=label)


def hint_of(one: Instrument) -> str:
    """How every box of an instrument is filled in, said once."""
    counted = [item for item in one.items if not item.yes_no]
    least, most = min(item.minimum for item in counted), max(item.maximum for item in counted)
    return f"A whole number from {least} to {most}, D if the person declined, empty if not asked."
