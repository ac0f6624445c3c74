"""The form of one syringe exchange."""

from collections.abc import Sequence
from datetime import date

from django import forms

from ims.core.forms import QuantityField
from interventions.forms import QuantitiesForm, held_by
from interventions.syringe_exchange.action import Exchange
from interventions.syringe_exchange.boxes import ITEM, PACK, QuantityBoxes
from interventions.syringe_exchange.model import SyringeExchange
from interventions.syringe_exchange.packs import Bill, given_in
from interventions.syringe_exchange.rules import opened, said


class ExchangeForm(QuantityBoxes, QuantitiesForm):
    drug = forms.ChoiceField(required=False, label="Drug at this visit")
    returned = QuantityField(
        label="Used equipment brought back (estimate)",
        help_text="Leave it empty if not asked. 0 means asked, and none.",
    )
    others = QuantityField(
        label="Collected for how many other people",
        help_text="Leave it empty if not asked. 0 means asked, and nobody.",
        largest=500,
    )
    place = forms.ChoiceField(required=False, label="Place")
    CODED = {"drug": "substance", "place": "place"}
    ASKED = ("drug",)

    def __init__(self, *args, packs: Sequence[Bill] = (), **options):
        super().__init__(*args, **options)
        self.bills = packs
        self.add_boxes(packs)

    def clean(self):
        if self.boxes_are_right():
            self.something_happened()
            self.ask_about_absurd()

    def said(self):
        (line,) = self.lines(client=None)  # no rule asks who it was
        return said(line, opened(line, self.contents(line.on)))

    def contents(self, on: date) -> list[Bill]:
        """What is in the packs that have a box: on the record's own day as it keeps them, else as they are offered."""
        offered = {bill.pack_id: bill for bill in self.bills}
        kept = {
            one["pack"]: Bill(one["pack"], one["name"], is_usual=False, items=one["items"])
            for one in self.held.get("packs", [])
        }
        return list(({**offered, **kept} if on == self.held.get("on") else {**kept, **offered}).values())

    def lines(self, client) -> list[Exchange]:
        typed = self.cleaned_data
        return [
            Exchange(
                **self.shared(client),
                items=self.items(),
                packs=self.packs(),
                returned=typed["returned"],
                others=typed["others"],
                drug=typed["drug"],
                place=typed["place"],
            )
        ]


def held(exchange: SyringeExchange) -> dict:
    """What an exchange says, by the names of the form."""
    said = {name: getattr(exchange, name) for name in ("returned", "others", "drug", "place")}
    return {**held_by(exchange), **said, **given(exchange), "packs": exchange.packs}


def given(exchange: SyringeExchange) -> dict[str, int]:
    """What an exchange gave out, packs and what came beside them, by the names of the form."""
    beside = {code: n - given_in(exchange.packs)[code] for code, n in exchange.items.items()}
    return {
        **{f"{PACK}{pack['pack']}": pack["n"] for pack in exchange.packs},
        **{ITEM + code: n for code, n in beside.items() if n},
    }
