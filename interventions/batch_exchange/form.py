"""The form of a batch exchange: no client, nothing of people."""

from django import forms

from ims.core.forms import DayField, QuantityField
from interventions.batch_exchange.action import Batch
from interventions.batch_exchange.model import BatchExchange
from interventions.forms import QuantitiesForm, held_by
from interventions.syringe_exchange.boxes import ITEM, PACK, QuantityBoxes
from interventions.syringe_exchange.packs import given_in


class BatchForm(QuantityBoxes, QuantitiesForm):
    on = DayField(label="Date, or the first day")
    until = DayField(
        label="Last day", required=False, help_text="Only for a total of several days, such as a month."
    )
    returned = QuantityField(
        label="Used equipment brought back (estimate)",
        help_text="Leave it empty if not counted. 0 means counted, and none.",
    )
    place = forms.ChoiceField(required=False, label="Place")
    CODED = {"place": "place"}

    def __init__(self, *args, packs=(), **options):
        super().__init__(*args, **options)
        self.add_boxes(packs)

    def clean(self):
        typed = self.cleaned_data
        if typed.get("until") and typed.get("on") and typed["until"] < typed["on"]:
            self.add_error("until", "The last day is before the first. Check both.")
        if self.boxes_are_right():
            self.something_happened()
            self.ask_about_absurd()

    def batch(self) -> Batch:
        typed = self.cleaned_data
        plain = {name: typed[name] for name in ("on", "until", "returned", "place", "note")}
        return Batch(**plain, site=typed.get("site"), items=self.items(), packs=self.packs())


def held(batch: BatchExchange) -> dict:
    """What a batch says, by the names of the form."""
    in_packs = given_in(batch.packs)
    beside = {code: n - in_packs[code] for code, n in batch.items.items()}
    return {
        **held_by(batch),
        **{name: getattr(batch, name) for name in ("until", "returned", "place")},
        **{f"{PACK}{pack['pack']}": pack["n"] for pack in batch.packs},
        "packs": batch.packs,
        **{ITEM + code: n for code, n in beside.items() if n},
    }
