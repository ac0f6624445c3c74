"""The part of the form that every kind of contact shares, whether it records a contact or changes one."""

from datetime import timedelta

from django import forms
from django.conf import settings

from ims.codelists import lists, rules
from ims.core import dates
from ims.core.forms import DayField, VersionedForm
from ims.providers.models import Site


class DayAndSite(forms.Form):
    """When and where: of one contact, or of all the lines of a grid."""

    on = DayField(label="Date of contact")
    site = forms.ModelChoiceField(queryset=Site.objects.none(), required=False, empty_label="Not recorded")
    held = {}  # what a record says, where one is changed

    def __init__(self, *args, sites, backdating_days: int, **options):
        super().__init__(*args, **options)
        self.backdating_days = backdating_days
        self.fields["on"].initial = dates.today
        self._offer(sites)

    def _offer(self, sites) -> None:
        """The sites in use, and the one that the record names, which may have closed since."""
        self.fields["site"].queryset = sites
        if self.held.get("site"):
            self.fields["site"].queryset = sites.or_closed(self.held["site"])
        elif not sites:
            del self.fields["site"]

    def clean_on(self):
        day = self.cleaned_data["on"]
        earliest = dates.today() - timedelta(days=self.backdating_days)
        if day < earliest and day != self.held.get("on"):
            raise forms.ValidationError(
                f"{day:%d/%m/%Y} is too long ago: your service records back to {earliest:%d/%m/%Y}. "
                "Check the year, or ask your manager.",
                code="too_old",
            )
        return day


class ContactForm(DayAndSite, VersionedForm):
    """`held` is what a record says, by the names of the form; None where a new one is typed."""

    note = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only if needed. Never name anyone here. No report uses it.",
    )
    CODED = {}  # name of a field: the code list that it is chosen from
    ASKED = ()  # those of them that the client is asked; "not stated" would be a client's own answer

    def __init__(self, *args, held=None, **options):
        self.held = held or {}
        super().__init__(*args, initial={**(options.pop("initial", None) or {}), **self.held}, **options)
        for name, key in self.CODED.items():
            codes = lists.choices_with(key, self.held.get(name, ""), dates.today())
            self.fields[name].choices = [("", self._nothing_chosen(name)), *codes]
        if held is None:
            del self.fields["expected_version"]

    def _nothing_chosen(self, name: str) -> str:
        if self.fields[name].required:
            return "Choose"
        return "Not asked" if name in self.ASKED else "Not recorded"

    def _post_clean(self):
        """Django calls it after clean(), so that the rules of the day judge what is right in itself."""
        super()._post_clean()
        said = None if self.errors else self.said()
        for refusal in rules.refusals(said, self.cleaned_data["on"]) if said else ():
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.words)

    def explain_conflict(self, current, version) -> None:
        """What the record does not name was taken from it: an item not given out, a question not asked."""
        open_boxes = [name for name, field in self.fields.items() if not field.disabled]
        typed = [name for name in open_boxes if self.cleaned_data.get(name) not in (None, "")]
        shown = [name for name in typed if not self.fields[name].widget.is_hidden]
        super().explain_conflict({**dict.fromkeys(shown), **current}, version)

    def said(self) -> rules.Said | None:
        """What is typed, of what can be ruled; None where no rule is about this kind of contact."""
        return None

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


class AsksAboutAbsurd:
    """A part of a form of quantities, with a hidden field `sure` that remembers what was asked about.

    `question`: as it is put to somebody at the form; to whoever sent a file it is put otherwise.
    """

    question = "{quantity:,} is more than {largest:,}. If it is right, save again; if not, mend it."

    def largest_usual(self) -> int:
        """More than this is asked about."""
        return settings.QUANTITY_TO_CONFIRM

    def ask_about_absurd(self) -> None:
        """More than the limit is asked about once a number: it may be a month's total, or a slip."""
        largest = self.largest_usual()
        typed = {name: n for name, n in self.cleaned_data.items() if name != "expected_version"}
        over = {name: n for name, n in typed.items() if isinstance(n, int) and n > largest}
        meant = " ".join(f"{name}={quantity}" for name, quantity in over.items())
        if meant == self.cleaned_data.get("sure"):
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("sure")] = meant
        for name, quantity in over.items():
            self.add_error(name, self.question.format(quantity=quantity, largest=largest))


class QuantitiesForm(AsksAboutAbsurd, ContactForm):
    """A form of the quantities of one contact."""

    sure = forms.CharField(required=False, widget=forms.HiddenInput)


def held_by(contact) -> dict:
    """What any contact says, by the names of this form."""
    return {
        "on": contact.on,
        "site": contact.site_id,
        "note": contact.note,
        "expected_version": contact.version,
    }
