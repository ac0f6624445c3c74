"""What is recorded of a syringe exchange, for the public reference page."""

from ims.codelists.reference import Field

_R = "Syringe exchange"
_M = "syringe_exchange"
# fmt: off
FIELDS = [
    Field(_R, "on", "Date of contact", "Never in the future; back to the service's own limit.", "Day, month, year",
          module=_M),
    Field(_R, "site", "Site", "Where the service worked.", "One of its sites", module=_M, source="added"),
    Field(_R, "packs", "Packs given out", "With what each held that day.", "Whole numbers",
          module=_M, source="added"),
    Field(_R, "items", "Items given out", "Quantity by type, packs opened.", "Whole numbers",
          list_key="equipment", module=_M, source="added"),
    Field(_R, "needles", "Needles", "In the items; never added to barrels or sets.", "Whole number",
          module=_M, source="derived"),
    Field(_R, "barrels", "Barrels", "In the items.", "Whole number", module=_M, source="derived"),
    Field(_R, "sets", "Sets", "Fixed-needle syringes or barrels in the items.", "Whole number",
          module=_M, source="derived"),
    Field(_R, "returned", "Brought back", "Estimate; empty is not asked, which is not 0.", "Whole number or empty",
          module=_M, source="added"),
    Field(_R, "others", "Collected for other people", "How many; empty is not asked, which is not 0.",
          "Whole number or empty", module=_M, source="added"),
    Field(_R, "drug", "Drug at this visit", "Decides the cohort of the visit.", "Code",
          list_key="substance", module=_M, source="added"),
    Field(_R, "place", "Place", "Where it happened.", "Code", list_key="place", module=_M, source="added"),
    Field(_R, "note", "Note", "Never reported, never extracted to analysts.", "Text", module=_M, source="added"),
]
# fmt: on
