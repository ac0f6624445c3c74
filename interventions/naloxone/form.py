"""The form of one supply of naloxone."""

from django import forms

from ims.codelists import lists
from ims.core import dates
from ims.core.forms import QuantityField
from interventions.forms import QuantitiesForm, held_by
from interventions.naloxone.action import SuppliedKits
from interventions.naloxone.model import Naloxone, Supply

KIT = "kit_"
MANY_KITS = 20  # of one type to one person; more asks whether it was meant


class NaloxoneForm(QuantitiesForm):
    supply = forms.ChoiceField(
        label="First supply or resupply",
        choices=Supply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose first supply or resupply."},
    )
    reason = forms.ChoiceField(
        required=False, label="Why again", help_text="Only for a resupply. Leave it if not asked."
    )
    used = forms.ChoiceField(
        required=False,
        label="Was the last kit used",
        help_text="Only for a resupply. Leave it if not asked.",
    )
    training = forms.ChoiceField(
        required=False, label="Training given", help_text="Leave it if this was not asked or offered."
    )
    CODED = {"reason": "naloxone_reason", "used": "answer", "training": "answer"}
    ASKED = tuple(CODED)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for code, label in self._types():
            self.fields[KIT + code] = QuantityField(label=label)

    def _types(self) -> list[tuple[str, str]]:
        offered = dict(lists.choices("naloxone_kit", dates.today()))
        held = [name.removeprefix(KIT) for name in self.held if name.startswith(KIT)]
        retired = {code: lists.label_of("naloxone_kit", code) for code in held if code not in offered}
        return [*offered.items(), *retired.items()]

    def kit_fields(self):
        """The quantity boxes, in the order of the list."""
        return [self[name] for name in self.fields if name.startswith(KIT)]

    def largest_usual(self) -> int:
        return MANY_KITS

    def kits(self) -> dict[str, int]:
        """Quantities of 1 or more by code of the list of kits."""
        typed = self.cleaned_data.items()
        return {name.removeprefix(KIT): n for name, n in typed if name.startswith(KIT) and n}

    def clean(self):
        self._first_supply_replaces_nothing()
        if any(name.startswith(KIT) for name in self.errors):
            return
        if not self.kits():
            self.add_error(None, "Enter how many kits were given, at least one.")
        self.ask_about_absurd()

    def _first_supply_replaces_nothing(self) -> None:
        if self.cleaned_data.get("supply") != Supply.FIRST:
            return
        if self.cleaned_data.get("reason"):
            self.add_error("reason", "A first supply has no reason. Choose resupply, or “Not asked” here.")
        if self.cleaned_data.get("used"):
            self.add_error(
                "used", "Before a first supply there is no kit. Choose resupply, or “Not asked” here."
            )

    def lines(self, client) -> list[SuppliedKits]:
        said = {name: self.cleaned_data[name] for name in ("supply", "reason", "training", "used")}
        return [SuppliedKits(**self.shared(client), kits=self.kits(), **said)]


def held(supply: Naloxone) -> dict:
    """What a supply says, by the names of the form."""
    said = {name: getattr(supply, name) for name in ("supply", "reason", "training", "used")}
    return {**held_by(supply), **said, **{KIT + code: n for code, n in supply.kits.items()}}
