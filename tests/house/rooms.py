"""The rooms of the house and how they stand on one another. A new room fails the rules until it has a line here."""

ROOT = "the composition root"
# From top to bottom. Rooms on one line stand beside each other and know nothing of one another. Rooms that are not
# built yet have their place.
LAYERS = [
    [ROOT],
    ["ims.rights", "drd_review", "reporting", "ims.operations"],
    ["ims.record"],
    ["referrals"],
    ["interventions"],
    ["clients"],
    ["ims.bulk"],
    ["ims.accounts"],
    ["ims.providers"],
    ["ims.geography"],
    ["ims.codelists"],
    ["ims.audit"],
    ["ims.core"],
]
HEIGHT = {room: height for height, rooms in enumerate(reversed(LAYERS)) for room in rooms}
# Puts the rooms together: it may import every one of them, and no room imports it.
COMPOSITION = {"ims.settings", "ims.env", "ims.urls", "ims.wsgi", "ims.navigation", "ims.serving", "manage"}
# Where records of people are made. SQL views are how reporting sees them.
DOMAIN = {"clients", "interventions", "referrals", "drd_review", "ims.record", "ims.bulk"}


def room_of(name: str) -> str | None:
    """The room a dotted name lies in; None where it lies in none, as anything that is not ours does."""
    if any(name == part or name.startswith(f"{part}.") for part in COMPOSITION):
        return ROOT
    return next((room for room in HEIGHT if name == room or name.startswith(f"{room}.")), None)
