"""What is recorded of a brief intervention, for the public reference page."""

from ims.codelists.reference import Field

_R = "Brief intervention"
_M = "brief_intervention"
# fmt: off
FIELDS = [
    Field(_R, "on", "Date of contact", "Never in the future.", "Day, month, year", module=_M),
    Field(_R, "site", "Site", "Where the service worked.", "One of its sites", module=_M, source="added"),
    Field(_R, "type", "What was done", "Several a visit, a row each.", "Code", list_key="intervention_type", module=_M),
    Field(_R, "setting", "Setting", "Where help was given.", "Code",
          list_key="intervention_setting", module=_M, source="added"),
    Field(_R, "minutes", "Minutes", "Empty is not recorded, which is not 0.", "0 to 480, or empty",
          module=_M, source="added"),
    Field(_R, "note", "Note", "Never reported, never extracted to analysts.", "Text", module=_M, source="added"),
]
# fmt: on
