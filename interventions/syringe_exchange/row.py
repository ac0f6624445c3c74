"""A syringe exchange as one line of the batch grid: the usual, a pack, or one piece of equipment."""

from collections.abc import Sequence

from django import forms

from ims.codelists import lists
from ims.core import dates
from ims.core.forms import QuantityField
from interventions.rows import GridRow
from interventions.syringe_exchange.action import Exchange
from interventions.syringe_exchange.boxes import ITEM, PACK
from interventions.syringe_exchange.form import given
from interventions.syringe_exchange.packs import Bill
from interventions.syringe_exchange.rules import opened, said

USUAL = "usual"


class ExchangeRow(GridRow):
    what = forms.ChoiceField(label="Given out", required=False)
    number = QuantityField(label="How many", largest=2000)
    drug = forms.ChoiceField(required=False)
    returned = QuantityField(label="Brought back")

    def __init__(self, *args, packs: Sequence[Bill] = (), **options):
        super().__init__(*args, **options)
        self.bills = packs
        self.offered = {f"{PACK}{pack.pack_id}": pack.name for pack in packs}
        self.usual_pack = next((pack.pack_id for pack in packs if pack.is_usual), None)
        today = dates.today()
        equipment = [(ITEM + code, label) for code, label in lists.choices("equipment", today)]
        nothing = ("nothing", "Nothing, brought back only")
        self.fields["what"].choices = [(USUAL, "The usual"), *self.offered.items(), *equipment, nothing]
        self.fields["what"].initial = USUAL
        self.fields["drug"].choices = [("", "As usual"), *lists.choices("substance", today)]

    def clean(self):
        typed = self.cleaned_data
        if typed.get("what") == USUAL and typed.get("number"):
            self.add_error("number", "Leave it empty for the usual, or choose what was given out.")
        if typed.get("what") == "nothing" and not typed.get("returned") and "returned" not in self.errors:
            self.add_error("returned", "Enter how much was brought back.")
        if (
            str(typed.get("what")).startswith(ITEM)
            and not typed.get("number")
            and "number" not in self.errors
        ):
            self.add_error("number", "Enter how many.")

    def needs_the_latest(self) -> bool:
        return self.cleaned_data["what"] == USUAL or not self.cleaned_data["drug"]

    def said(self, line):
        return said(line, opened(line, self.bills))

    def line(self, client, shared, latest) -> Exchange | None:
        """None where it says the usual and there is none."""
        quantities = self._quantities(latest)
        if quantities is None:
            return None
        drug = self.cleaned_data["drug"] or (latest.drug if latest else client.main_substance)
        return Exchange(
            client=client,
            submission_id=self.cleaned_data["submission_id"],
            items=_with(ITEM, quantities),
            packs={int(pack): n for pack, n in _with(PACK, quantities).items()},
            returned=self.cleaned_data["returned"],
            drug=drug,
            **shared,
        )

    def _quantities(self, latest) -> dict[str, int] | None:
        """How many of what, by the names of the exchange's form; None: the usual, and there is none."""
        what = self.cleaned_data["what"]
        if what == "nothing":
            return {}
        if what != USUAL:
            return {what: self.cleaned_data["number"] or 1}
        if latest:
            had = given(latest)
            return {
                name: n for name, n in had.items() if name.startswith(ITEM) or name in self.offered
            } or None
        return {f"{PACK}{self.usual_pack}": 1} if self.usual_pack else None


def _with(prefix: str, quantities: dict[str, int]) -> dict[str, int]:
    return {name.removeprefix(prefix): n for name, n in quantities.items() if name.startswith(prefix)}
