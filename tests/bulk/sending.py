"""A file on its way through a service, as its manager sends it and without a browser."""

from django.db import connection

from ims.bulk.actions import Sent, confirm_upload, receive_upload
from ims.bulk.models import Profile, Upload, UploadRow
from ims.core import jobs
from ims.core.actor import Actor
from ims.core.keys import new_submission_id
from tests.makers import NOW


def send(
    by: Actor, text: str | bytes, layout: str = "contacts", *, profile: Profile | None = None, at=NOW
) -> Upload:
    """Sent and checked."""
    data = text.encode() if isinstance(text, str) else text
    sent = Sent("quarter.csv", data, layout, profile)
    upload = receive_upload(sent=sent, submission_id=new_submission_id(), at=at, by=by)
    jobs.run_waiting()
    upload.refresh_from_db()
    return upload


def confirm(by: Actor, upload: Upload, *, skips_rejected: bool = False, at=NOW) -> Upload:
    """Confirmed and recorded."""
    confirm_upload(upload=upload, skips_rejected=skips_rejected, at=at, by=by)
    jobs.run_waiting()
    upload.refresh_from_db()
    return upload


def record(by: Actor, text: str, layout: str = "contacts", **options) -> Upload:
    return confirm(by, send(by, text, layout, **options))


def faults(upload: Upload) -> list[tuple[int, str, str]]:
    """Row, column and words of every fault."""
    rows = UploadRow.objects.filter(upload=upload, outcome="rejected").order_by("number")
    return [(row.number, column, words) for row in rows for column, words in row.faults]


def marks(upload: Upload) -> list[tuple[str, str, int]]:
    """Column, words and number of rows of every mark."""
    return [
        (group["column"], group["words"], group["rows"])
        for group in upload.groups
        if group["kind"] != "fault"
    ]


def outcomes(upload: Upload) -> str:
    """One letter a row, in the order of the file."""
    return upload.outcomes


def everything_about_people() -> dict[str, tuple]:
    """What the tables of people and their history say, in short."""
    tables = [
        "clients_client", "clients_historicalclient", "clients_consentdecision", "interventions_syringeexchange",
        "interventions_historicalsyringeexchange", "interventions_briefintervention",
    ]  # fmt: skip
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*), sum(hashtextextended(r::text, 0)) FROM {table} AS r")
            found[table] = cursor.fetchone()
    return found
