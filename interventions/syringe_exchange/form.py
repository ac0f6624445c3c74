"""The form of one syringe exchange."""

from django import forms
from django.conf import settings

from ims.codelists import lists
from ims.core import dates
from ims.core.forms import QuantityField
from interventions.forms import ContactForm
from interventions.syringe_exchange.action import Exchange

ITEM = "item_"


class ExchangeForm(ContactForm):
    drug = forms.ChoiceField(required=False, label="Drug at this visit")
    returned = QuantityField(
        label="Used equipment brought back (estimate)",
        help_text="Leave it empty if not asked. 0 means asked, and none.",
    )
    place = forms.ChoiceField(required=False, label="Place")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        day = dates.today()
        self.fields["drug"].choices = [("", "Not stated"), *lists.choices("substance", day)]
        self.fields["place"].choices = [("", "Not stated"), *lists.choices("place", day)]
        for code, label in lists.choices("equipment", day):
            self.fields[ITEM + code] = QuantityField(label=label)
        self.fields["sure"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def item_fields(self):
        """The quantity boxes, in the order of the equipment list."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]

    def items(self) -> dict[str, int]:
        """What was given out: quantities of 1 or more by code of the equipment list."""
        return {
            name.removeprefix(ITEM): quantity
            for name, quantity in self.cleaned_data.items()
            if name.startswith(ITEM) and quantity
        }

    def clean(self):
        if not any(name.startswith(ITEM) for name in self.errors):
            self._something_happened()
            self._not_absurd()

    def _something_happened(self):
        if not self.items() and not self.cleaned_data.get("returned") and "returned" not in self.errors:
            self.add_error(None, "Enter at least one item given out, or how much was brought back.")

    def _not_absurd(self):
        """More than the limit is asked about once a number: it may be a month's total, or a slip."""
        largest = settings.QUANTITY_TO_CONFIRM
        over = {name: n for name, n in self.cleaned_data.items() if isinstance(n, int) and n > largest}
        meant = " ".join(f"{name}={quantity}" for name, quantity in over.items())
        if meant == self.cleaned_data.get("sure"):
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("sure")] = meant
        for name, quantity in over.items():
            self.add_error(
                name, f"{quantity:,} is more than {largest:,}. If it is right, save again; if not, mend it."
            )

    def line(self, client) -> Exchange:
        typed = self.cleaned_data
        return Exchange(
            **self.shared(client),
            items=self.items(),
            returned=typed["returned"],
            drug=typed["drug"],
            place=typed["place"],
        )
