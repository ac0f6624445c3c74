"""What is recorded of a supply of naloxone, for the public reference page."""

from ims.codelists.reference import Field

_R = "Naloxone supply"
_M = "naloxone"
# fmt: off
FIELDS = [
    Field(_R, "on", "Date of contact", "Never in the future.", "Day, month, year", module=_M, source="added"),
    Field(_R, "site", "Site", "Where the service worked.", "One of its sites", module=_M, source="added"),
    Field(_R, "kits", "Kits given out", "Quantity by type; never an item of an exchange.", "Whole numbers",
          list_key="naloxone_kit", module=_M, source="added"),
    Field(_R, "supply", "First supply or resupply", "As the service knows it.", "first or again",
          module=_M, source="added"),
    Field(_R, "reason", "Reason of a resupply", "Empty is not asked.", "Code",
          list_key="naloxone_reason", module=_M, source="added"),
    Field(_R, "training", "Training given", "Empty is not asked, which is neither no nor declined.", "Code",
          list_key="answer", module=_M, source="added"),
    Field(_R, "used", "Last kit used", "Of a resupply. Empty is not asked.", "Code",
          list_key="answer", module=_M, source="added"),
    Field(_R, "note", "Note", "Never reported, never extracted to analysts.", "Text", module=_M, source="added"),
]
# fmt: on
