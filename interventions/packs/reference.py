"""What is recorded of a pack, for the public reference page."""

from ims.codelists.reference import Field

_R = "Pack"
_M = "syringe_exchange"
# fmt: off
FIELDS = [
    Field(_R, "name", "Name of the pack", "As it is called at the counter; no two in use share one.", "Text",
          module=_M, source="added"),
    Field(_R, "items", "What it holds", "In one pack, from a day on.", "Whole numbers",
          list_key="equipment", module=_M, source="added"),
    Field(_R, "valid_from", "From which day", "Of what it holds; today or later when it is set.", "Day, month, year",
          module=_M, source="added"),
    Field(_R, "is_usual", "The usual pack", "Offered to a client without an earlier exchange; one a service.",
          "yes or no", module=_M, source="added"),
    Field(_R, "closed_on", "Closed", "Offered no more; exchanges that gave it out keep it.",
          "Day, month, year or empty", module=_M, source="added"),
]
# fmt: on
