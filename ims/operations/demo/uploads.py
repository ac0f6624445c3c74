"""What Harbour sends of its other system: a file that could not be read, the same one recorded by a profile, one that waits.

The file that waits holds the earlier rows again, as an extract of the quarter does: most are held, two were put right since.
"""

from ims.bulk import checking
from ims.bulk.actions import Sent, confirm_upload, receive_upload
from ims.bulk.models import Profile, Upload
from ims.bulk.profiles.action import Reading, add_profile
from ims.bulk.recording.action import apply_upload
from ims.core.csvio import write_rows
from ims.core.dates import today
from ims.operations.demo.service import Service
from ims.operations.demo.settings import WITH_WIPES, WORKS
from ims.providers.actions import set_upload_rules

LAYOUT = "contacts"
HEADINGS = [
    "Record", "Initial", "Surname initial", "DOB", "Gender", "Consent", "Postcode", "Visit", "Pack", "Returned",
    "Substance", "Worker",
]  # fmt: skip
FIRST_SENT, READ, SENT_AGAIN = 34, 31, 1  # days ago

AB = ("A", "B", "05/05/1985", "Male", "Y", "CH41 3RB")
CD = ("C", "D", "17/09/1979", "Female", "Y", "")
GH_SAYING_YES = ("G", "H", "02/02/1968", "Male", "Y", "")  # who said No at the counter, and it stays so
JM = ("J", "M", "21/10/1991", "Male", "Y", "CH42 4SB")
DL = ("D", "L", "03/12/1983", "Female", "Y", "CH43 2NB")
KW = ("K", "W", "30/08/1996", "Male", "Y", "")
NEARLY_THE_DUMMY = ("X", "X", "05/05/1956", "Male", "Y", "")

# Record, who, days ago, packs, brought back, substance.
FIRST = [
    ("PO-4101", JM, 60, "Blue=1", "0", "Heroin"),
    ("PO-4102", AB, 58, "Blue=1", "10", "Heroin"),
    ("PO-4103", DL, 55, "Steroid=1", "", "AAS"),
    ("PO-4104", CD, 51, "Blue=2", "20", "Crack"),
    ("PO-4105", JM, 46, "Blue=1", "5", "Heroin"),
    ("PO-4106", KW, 44, "Steroid=1", "", "AAS"),
    ("PO-4107", AB, 40, "Blue=1", "", "Heroin"),
    ("PO-4108", JM, 36, "Blue=2", "10", "Heroin"),
]
PUT_RIGHT = {"PO-4104": "12", "PO-4107": "10"}  # what was brought back, as it is said later
SINCE = [
    ("PO-4109", DL, 28, "Steroid=1", "10", "AAS"),
    ("PO-4110", JM, 24, "Blue=1", "15", "Heroin"),
    ("PO-4111", CD, 21, "Blue=1", "2500", "Crack"),
    ("PO-4112", GH_SAYING_YES, 19, "Blue=1", "10", "Heroin"),
    ("PO-4113", NEARLY_THE_DUMMY, 17, "Blue=1", "", "Heroin"),
    ("PO-4114", KW, 15, "Steroid=1", "", "Tren"),
    ("PO-4115", JM, 13, "Blue=1", "0", "Heroin"),
    ("PO-4116", KW, 11, "Steroid=1", "", "Tren"),
    ("PO-4117", ("R", "S", "31/02/1990", "Female", "Y", ""), 9, "Blue=1", "", "Heroin"),
    ("PO-4118", ("T", "B", "14/07/1987", "Male", "", ""), 8, "Blue=1", "", "Heroin"),
    ("PO-4115", JM, 6, "Blue=1", "0", "Heroin"),
]


def at_harbour(service: Service) -> None:
    _others_are_recorded(service)
    _checked(service, FIRST_SENT, FIRST)
    profile = _profile(service)
    _recorded(service, _checked(service, READ, FIRST, profile))
    _checked(service, SENT_AGAIN, [*_put_right(FIRST), *SINCE], profile)


def _others_are_recorded(service: Service) -> None:
    """Of a file with rejected rows; so that one that waits can be confirmed and not only looked at."""
    provider, at = service.provider, service.opening(FIRST_SENT)
    set_upload_rules(
        provider=provider, skips_rejected=True, expected_version=provider.version, at=at, by=service.manager
    )


def _profile(service: Service) -> Profile:
    """Made of the file that could not be read."""
    at = service.opening(READ)
    aliases = {
        "Initial": "first_initial", "Surname initial": "last_initial", "DOB": "date_of_birth", "Gender": "sex",
        "Visit": "on", "Pack": "packs", "Substance": "drug", "Worker": "",
    }  # fmt: skip
    reading = Reading(
        "PharmOutcomes, each quarter", "pharmoutcomes", LAYOUT, today(at), aliases=aliases,
        values={"sex": {"Male": "M", "Female": "F"}, "drug": {"Heroin": "HEROIN", "Crack": "CRACK"}},
        constants={"place": "PHARMACY"}, packs={"Blue": WORKS, "Steroid": WITH_WIPES}, key_column="Record",
    )  # fmt: skip
    return add_profile(reading=reading, submission_id=service.submission(), at=at, by=service.manager)


def _checked(service: Service, days_ago: int, rows: list[tuple], profile: Profile | None = None) -> Upload:
    at, by = service.moment(days_ago), service.manager
    sent = Sent("harbour-quarter.csv", _as_file(service, rows), LAYOUT, profile)
    upload = receive_upload(sent=sent, submission_id=service.submission(), at=at, by=by, in_background=False)
    return checking.check(upload, at=at, by=by)


def _recorded(service: Service, upload: Upload) -> None:
    at, by = upload.checked_at, service.manager
    upload = confirm_upload(upload=upload, skips_rejected=False, at=at, by=by, in_background=False)
    apply_upload(upload=upload, at=at, by=by)


def _put_right(rows: list[tuple]) -> list[tuple]:
    return [
        (key, who, days_ago, packs, PUT_RIGHT.get(key, returned), drug)
        for key, who, days_ago, packs, returned, drug in rows
    ]


def _as_file(service: Service, rows: list[tuple]) -> bytes:
    lines = [
        [key, *who, f"{today(service.opening(days_ago)):%d/%m/%Y}", packs, returned, drug, "Jo"]
        for key, who, days_ago, packs, returned, drug in rows
    ]
    return "".join(write_rows([HEADINGS, *lines])).encode()
