"""What an extract says of every contact, whatever its kind, for the public reference page."""

from ims.codelists.reference import Field

_R = "Every contact"
FIELDS = [
    Field(_R, "contact", "Contact", "The same in every file; says nothing about the person.", "A reference", source="derived"),
    Field(_R, "authority", "Authority of residence", "Where the client lived that day.", "Code", source="derived"),
]  # fmt: skip
