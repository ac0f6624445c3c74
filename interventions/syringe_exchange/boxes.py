"""The quantity boxes of equipment and packs, which every form of what is given out shares."""

from collections.abc import Mapping, Sequence

from ims.codelists import lists
from ims.core import dates
from ims.core.forms import QuantityField
from interventions.syringe_exchange.packs import Bill

ITEM, PACK = "item_", "pack_"


class QuantityBoxes:
    """A part of a form. `held` is what a record says, by the names of the form, and its `packs` as it keeps them."""

    held: dict

    def add_boxes(self, packs: Sequence[Bill] = ()) -> None:
        """A box for each pack and each piece of equipment."""
        for pack, name, items in self._packs(packs):
            self.fields[f"{PACK}{pack}"] = QuantityField(label=name, help_text=in_words(items))
        for code, label in self._equipment():
            self.fields[ITEM + code] = QuantityField(label=label)

    def _packs(self, packs: Sequence[Bill]) -> list[tuple[int, str, Mapping[str, int]]]:
        """Key, name and contents: those of the record, closed since or not, with what it keeps of them; then those in use."""
        held = {pack["pack"]: pack for pack in self.held.get("packs", [])}
        names = {pack.pack_id: pack.name for pack in packs}  # as the counter knows them now
        kept = [(pack, names.get(pack, one["name"]), one["items"]) for pack, one in held.items()]
        return kept + [(one.pack_id, one.name, one.items) for one in packs if one.pack_id not in held]

    def _equipment(self) -> list[tuple[str, str]]:
        offered = dict(lists.choices("equipment", dates.today()))
        held = [name.removeprefix(ITEM) for name in self.held if name.startswith(ITEM)]
        retired = {code: lists.label_of("equipment", code) for code in held if code not in offered}
        return [*offered.items(), *retired.items()]

    def item_fields(self):
        """The quantity boxes, in the order of the equipment list."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]

    def pack_fields(self):
        """How many of each pack of the service."""
        return [self[name] for name in self.fields if name.startswith(PACK)]

    def items(self) -> dict[str, int]:
        """What was given out beside packs: quantities of 1 or more by code of the equipment list."""
        return self._quantities(ITEM)

    def packs(self) -> dict[int, int]:
        """How many of each pack, by its key."""
        return {int(pack): quantity for pack, quantity in self._quantities(PACK).items()}

    def _quantities(self, prefix: str) -> dict[str, int]:
        return {
            name.removeprefix(prefix): quantity
            for name, quantity in self.cleaned_data.items()
            if name.startswith(prefix) and quantity
        }

    def boxes_are_right(self) -> bool:
        return not any(name.startswith((ITEM, PACK)) for name in self.errors)

    def something_happened(self) -> None:
        given = self.items() or self.packs()
        if not given and not self.cleaned_data.get("returned") and "returned" not in self.errors:
            self.add_error(None, "Enter at least one item given out, or how much was brought back.")


def in_words(items) -> str:
    """10 × 1 ml fixed syringe, 1 × bin."""
    return ", ".join(f"{quantity} × {lists.label_of('equipment', code)}" for code, quantity in items.items())
