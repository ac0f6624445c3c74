"""The box beside a word of theirs: what it is in ours."""

from django import forms

from ims.bulk.layout import Column
from ims.bulk.profiles import lines

MOST_CHOICES = 60  # codes in a list to choose from; of a longer list the code is typed


def word_field(column: Column, word: str) -> forms.Field:
    label = f"What “{word}” is"
    ours = lines.our_words(column)
    if ours and len(ours) <= MOST_CHOICES:
        choices = [
            ("", "Not one of ours: leave it as written"),
            *((code, code if said == code else f"{said} ({code})") for code, said in ours),
        ]
        return forms.ChoiceField(required=False, label=label, choices=choices)
    return OurWord(column, required=False, label=label, max_length=100)


class OurWord(forms.CharField):
    """A word of ours, typed: a code where the column has a list too long to choose from."""

    def __init__(self, column: Column, **options):
        super().__init__(**options)
        self.column = column
        self.widget.attrs["class"] = "govuk-input--width-10"

    def clean(self, value):
        word = super().clean(value)
        try:
            return lines.our_word(self.column, word) if word else ""
        except lines.WrongLine as fault:
            raise forms.ValidationError(str(fault), code="no_code") from None
