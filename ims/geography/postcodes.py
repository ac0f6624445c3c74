"""The postcode as text: its grammar, the slips of the keyboard, and the codes that stand for "nowhere" or "abroad".

Nothing here asks the database: whether a well-formed postcode exists, and in which authority, is residence.py's
question. No message repeats what was typed, so that a postcode cannot reach a log by way of an exception.
"""

import csv
import re
import unicodedata
from functools import cache
from itertools import product
from pathlib import Path

NO_FIXED_ABODE = "ZZ99 3VZ"
NOT_KNOWN = "ZZ99 3WZ"

# BS 7666 with one mend: P may stand in the third place. The pattern that is usually copied leaves it out and refuses
# 863 live N1P postcodes; this one refuses none of the 1,745,849 of Great Britain (Code-Point Open 2025.4).
_OUTWARD = r"[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY])"
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(rf"(?:GIR 0AA|{_OUTWARD} {_INWARD})")
_DISTRICT_ALONE = re.compile(_OUTWARD)
_BETWEEN = re.compile(r"[\s\-–.,]+")
_LOOK_ALIKE = {"O": "0O", "0": "0O", "I": "1I", "1": "1I"}
_INWARD_LENGTH = 3
_LONGEST = 7
_PSEUDO_FILE = Path(__file__).parent / "data" / "pseudo_postcodes.csv"


class MalformedPostcode(ValueError):
    """The text is no postcode. The message says how to mend it."""


def normalise(text: str) -> str:
    """The postcode in upper case with one space, as "L1 0AA". Raises MalformedPostcode.

    An O for a zero and an I for a one (and the reverse) are mended where exactly one reading is a postcode.
    Pseudo-postcodes are taken if they are in the project's list.
    """
    letters = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    as_typed = spaced(letters)
    if is_well_formed(as_typed) or is_pseudo(as_typed):
        return as_typed
    if len(letters) <= _LONGEST and len(readings := _other_readings(letters)) == 1:
        return readings[0]
    raise MalformedPostcode(_how_to_mend(letters))


def is_well_formed(postcode: str) -> bool:
    """True of a postcode already in the form "L1 0AA"; pseudo-postcodes fail the grammar on purpose."""
    return _POSTCODE.fullmatch(postcode) is not None


def is_pseudo(postcode: str) -> bool:
    """True of a normalised code that says no fixed abode, not known, or a country."""
    return postcode in pseudo_postcodes()


def spaced(text: str) -> str:
    """The same characters with one space before the last three: products pad to seven or eight ("L1  0AA", "CH411AA")."""
    if text[-4:-3] == " " != text[-5:-4]:
        return text
    letters = text.replace(" ", "")
    return f"{letters[:-_INWARD_LENGTH]} {letters[-_INWARD_LENGTH:]}"


def district(postcode: str) -> str:
    """The first half of a normalised postcode: "L1" of "L1 0AA"."""
    return postcode.partition(" ")[0]


@cache
def pseudo_postcodes() -> dict[str, str]:
    """Code and label of every pseudo-postcode, from data/pseudo_postcodes.csv, in the order of the file."""
    with _PSEUDO_FILE.open(encoding="utf-8", newline="") as file:
        return {row["postcode"]: row["label"] for row in csv.DictReader(file)}


def _other_readings(letters: str) -> list[str]:
    """Every postcode that the letters could mean if O and 0, I and 1 were mistaken for each other."""
    choices = [_LOOK_ALIKE.get(letter, letter) for letter in letters]
    readings = (spaced("".join(reading)) for reading in product(*choices))
    return [reading for reading in readings if is_well_formed(reading)]


def _how_to_mend(letters: str) -> str:
    if not letters:
        return (
            f"Enter a postcode, for example L1 0AA. Enter {NO_FIXED_ABODE} for no fixed abode,"
            f" {NOT_KNOWN} if it is not known."
        )
    if letters.startswith("ZZ99"):
        return (
            "This pseudo-postcode is not one of those in use."
            f" Enter {NO_FIXED_ABODE} for no fixed abode, {NOT_KNOWN} if it is not known."
        )
    if _DISTRICT_ALONE.fullmatch(letters):
        return (
            "Enter the whole postcode, for example L1 0AA. The first half alone does not tell the authority."
        )
    return "Enter a full postcode, for example L1 0AA: one or two letters, a number, a space, then a number and two letters."
