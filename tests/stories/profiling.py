"""What the stories of mapping profiles share: a file of another system, and how a manager makes a profile of it."""

from ims.bulk.models import Profile
from tests.stories.uploading import a_file

THEIRS = "Forename,Surname,DOB,Gender,Consent?,Visit,Substance,Pack,Ref No,Staff\n"
FIRST = "A,B,5/31/1985,Male,Y,6/1/2026,Smack,Steroid pack=2,17,Jo\n"
SECOND = "C,D,12/31/1979,Female,N,6/2/2026,HEROIN,Blue=1,18,Jo\n"
FILE = THEIRS + FIRST + SECOND
MEANING = [
    "first_initial",
    "last_initial",
    "date_of_birth",
    "sex",
    "consent",
    "on",
    "drug",
    "packs",
    "row_key",
    "-",
]
CHOSEN = {f"column_{i}": name for i, name in enumerate(MEANING)}
SAID = {
    **CHOSEN,
    "name": "Their quarterly file",
    "source_system": "pharmoutcomes",
    "date_order": "mdy",
    "packs": "Steroid pack: BARREL_2=10;NEEDLE_GREEN=10\nBlue: SYR_FIXED_1=10",
}
WORDS = {"word_3_0": "M", "word_3_1": "F", "word_6_0": "HEROIN"}


def looks_at(manager, text: str = FILE, layout: str = "contacts"):
    manager.opens("/uploads/profiles/new/")
    return manager.sends(file=a_file(text), layout=layout)


def tries(manager, **typed):
    """Presses “Try it” until every word has its box."""
    manager.presses("Try it on this file", **{**SAID, **typed})
    boxes = {box: word for box, word in WORDS.items() if box in manager.page.typed}
    return manager.presses("Try it on this file", **{**boxes, **typed})


def makes_a_profile(manager, **typed):
    looks_at(manager)
    tries(manager, **typed)
    return manager.presses("Save profile")


def the_profile(world) -> Profile:
    return Profile.objects.visible_to(world.pharmacy_manager).latest("pk")
