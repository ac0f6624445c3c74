"""Files for the gallery, such as a service sends them: what is new, changed, held and wrong, in numbers worth a look."""

from collections.abc import Iterator

from clients.models import Client
from ims.bulk.models import Upload
from ims.core.actor import Actor
from tests import makers
from tests.bulk.sending import HEADINGS, leaving_out, record, send

PEOPLE = [
    ("JM", "05/05/1985", "M"),
    ("SK", "17/09/1979", "F"),
    ("DT", "23/11/1994", "M"),
    ("LB", "02/02/1968", "F"),
]
HELD, MANY = 100, 240  # rows


def _rows(first: int, last: int, reference: str) -> Iterator[str]:
    """One exchange a row: four people in turn, each on a new day."""
    for number in range(first, last):
        initials, born, sex = PEOPLE[number % 4]
        day = f"{1 + number // 4 % 28:02}/{1 + number // 112:02}/2026"
        who = f"{initials[0]},{initials[1]},{born},{sex},yes,{reference}{number % 4}"
        yield f"{who},{day},SYR_FIXED_1={10 + number % 7};FOIL=5,HEROIN\n"


def _with_faults(rows: list[str]) -> Iterator[str]:
    """A few of what goes wrong in every file; one row has two faults, one repeats another, one is much."""
    for number, row in enumerate(rows):
        if number % 13 == 5:
            row = row.replace("HEROIN", "HEROINE")
        if number % 40 == 5:
            row = row.replace("FOIL=5", "FOIL=five")
        if number % 60 == 7:
            row = row.replace(",yes,", ",,")
        if number % 50 == 8:
            row = row.replace("/0", "/1", 1)
        if number % 70 == 9:
            row = row.replace("SYR_FIXED_1=1", "SYR_FIXED_1=250")
        yield row
    yield rows[-1]


def a_file(reference: str) -> str:
    return HEADINGS + "".join(_with_faults(list(_rows(0, MANY, reference))))


def a_checked_file(by: Actor, reference: str = "7Q") -> Upload:
    """Part of it was recorded before, and one of its people said No since; the service leaves rejected rows out."""
    by = leaving_out(by)
    record(by, HEADINGS + "".join(_rows(0, HELD, reference)))
    makers.consent_decided(by, _the_client(by, f"{reference}1"), False)
    return send(by, a_file(reference))


def _the_client(by: Actor, reference: str):
    return Client.objects.visible_to(by).get(own_reference=reference)
