"""The file of the upload bench: contacts of made-up people, as a data manager sends them once a quarter."""

import csv
import io
from datetime import date, timedelta
from random import Random

COLUMNS = (
    "first_initial", "last_initial", "date_of_birth", "sex", "consent", "postcode", "own_reference",
    "main_substance", "on", "kind", "items", "returned", "drug", "type", "minutes",
)  # fmt: skip
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWY"
DRUGS = ("HEROIN", "HEROIN", "HEROIN", "CRACK", "AAS", "")
ITEMS = ("SYR_FIXED_1=10", "SYR_FIXED_1=20;CITRIC=20", "SYR_FIXED_1=5;FOIL=1", "BARREL_2=10;NEEDLE_GREEN=10")
TYPES = ("ADVICE", "SAFER_INJECTING", "OVERDOSE")
DAYS = 300  # before today
NEAR = 1000  # rows within which somebody's visits lie
BAD = 100  # one row in so many cannot be read
BREAKS = (("on", "31/02/2026"), ("drug", "HEROINE"), ("consent", ""), ("items", "SYR_FIXED_1=ten"))


def contacts_file(rows: int, people: int, *, today: date, postcodes: list[str]) -> bytes:
    """A CSV of so many rows about so many people, one row in a hundred of them bad. The same for the same numbers."""
    chance = Random(rows)
    known = [_person(number, chance, postcodes) for number in range(people)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for number, person in enumerate(_visitors(rows, people, chance)):
        row = {**known[person], **_contact(chance, today)}
        if number % BAD == BAD - 1:
            row.update([chance.choice(BREAKS)])
        writer.writerow(row)
    return out.getvalue().encode()


def _visitors(rows: int, people: int, chance: Random) -> list[int]:
    """Who each row is about: everybody as often as anybody, near one another as in a quarter's file."""
    each = rows // people
    ordered = [number // each % people for number in range(rows)]
    for begin in range(0, rows, NEAR):
        some = ordered[begin : begin + NEAR]
        chance.shuffle(some)
        ordered[begin : begin + NEAR] = some
    return ordered


def _person(number: int, chance: Random, postcodes: list[str]) -> dict[str, str]:
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    return {
        "first_initial": chance.choice(LETTERS),
        "last_initial": chance.choice(LETTERS),
        "date_of_birth": f"{born:%d/%m/%Y}",
        "sex": chance.choice("MMF"),
        "consent": "no" if chance.random() < 0.06 else "yes",
        "postcode": chance.choice(postcodes),
        "own_reference": f"R{number:06}",
        "main_substance": chance.choice(DRUGS),
    }


def _contact(chance: Random, today: date) -> dict[str, str]:
    on = today - timedelta(days=chance.randrange(DAYS))
    if chance.random() < 0.15:
        return {
            "on": f"{on:%d/%m/%Y}",
            "kind": "brief intervention",
            "type": chance.choice(TYPES),
            "minutes": chance.choice(("", "5", "10", "15")),
        }
    return {
        "on": f"{on:%d/%m/%Y}",
        "kind": "exchange",
        "items": chance.choice(ITEMS),
        "returned": str(chance.randrange(30)) if chance.random() < 0.7 else "",
        "drug": chance.choice(DRUGS),
    }
