"""What is recorded of a batch exchange, for the public reference page."""

from ims.codelists.reference import Field

_R = "Batch exchange"
_M = "syringe_exchange"
# fmt: off
FIELDS = [
    Field(_R, "batch", "Batch", "The same in every file.", "A reference", module=_M, source="derived"),
    Field(_R, "on", "Date, or the first day", "Never in the future.", "Day, month, year", module=_M, source="added"),
    Field(_R, "until", "Last day", "Of a total of several days; empty is one day.", "Day, month, year or empty",
          module=_M, source="added"),
    Field(_R, "site", "Site", "Where the service worked.", "One of its sites", module=_M, source="added"),
    Field(_R, "packs", "Packs given out", "With what each held on the first day.", "Whole numbers",
          module=_M, source="added"),
    Field(_R, "items", "Items given out", "Quantity by type, packs opened; no client is known.", "Whole numbers",
          list_key="equipment", module=_M, source="added"),
    Field(_R, "needles", "Needles", "In the items; never added to barrels or sets.", "Whole number",
          module=_M, source="derived"),
    Field(_R, "barrels", "Barrels", "In the items.", "Whole number", module=_M, source="derived"),
    Field(_R, "sets", "Sets", "Fixed-needle syringes or barrels in the items.", "Whole number",
          module=_M, source="derived"),
    Field(_R, "returned", "Brought back", "Estimate; empty is not counted, which is not 0.", "Whole number or empty",
          module=_M, source="added"),
    Field(_R, "place", "Place", "Where it happened.", "Code", list_key="place", module=_M, source="added"),
    Field(_R, "note", "Note", "Never reported, never extracted to analysts.", "Text", module=_M, source="added"),
]
# fmt: on
