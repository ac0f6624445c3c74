"""A file on its way through a service, as its manager sends it and without a browser."""

from dataclasses import replace

from django.db import connection

from clients.actions import Details, correct_client
from clients.attributor import parse_attributor
from clients.models import Client
from ims.accounts.models import Membership
from ims.bulk.actions import Sent, confirm_upload, receive_upload
from ims.bulk.models import Profile, Upload, UploadRow
from ims.bulk.profiles.action import Reading, add_profile
from ims.bulk.transfer.action import Setting
from ims.core import jobs
from ims.core.actor import Actor
from ims.core.keys import new_submission_id
from ims.providers.actions import set_upload_rules
from ims.providers.models import Provider
from tests.makers import NOW, TODAY


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


def confirm(
    by: Actor, upload: Upload, *, skips_rejected: bool = False, at=NOW, looked_by: Actor | None = None
) -> Upload:
    """Confirmed and recorded."""
    confirm_upload(upload=upload, skips_rejected=skips_rejected, at=at, by=by, looked_by=looked_by)
    jobs.run_waiting()
    upload.refresh_from_db()
    return upload


def record(by: Actor, text: str, layout: str = "contacts", **options) -> Upload:
    """The whole way, whether it is unusual or not."""
    return confirm(by, send(by, text, layout, **options), looked_by=by)


def leaving_out(by: Actor) -> Actor:
    """The same person, after their service was set to record the other rows of a file with rejected ones."""
    provider = Provider.objects.get(pk=by.provider_id)
    set_upload_rules(provider=provider, skips_rejected=True, expected_version=provider.version, at=NOW, by=by)
    return replace(by, skips_rejected=True)


HEADINGS = "first_initial,last_initial,date_of_birth,sex,consent,own_reference,on,items,drug\n"


def a_file_with_rejected_rows(by: Actor, reference: str = "7Q4") -> Upload:
    """Checked, of the layout of contacts: somebody new, and three rows of theirs with two sorts of faults."""
    who = f"P,Q,05/05/1985,M,yes,{reference}"
    rows = [
        f"{who},01/06/2026,SYR_FIXED_1=10,HEROIN",
        f"{who},02/06/2026,SYR_FIXED_1=10,HEROINE",
        f"{who},31/02/2026,SYR_FIXED_1=10,HEROIN",
        f"{who},04/06/2026,SYR_FIXED_1=10,HEROINE",
    ]
    return send(by, HEADINGS + "\n".join(rows) + "\n")


def called_now(by: Actor, client: Client, attributor: str, **details) -> Client:
    """After somebody put right what a client is called; what else is known of them stays."""
    return correct_client(
        client=client, attributor=parse_attributor(attributor, today=TODAY),
        details=replace(Details.of(client), **details), expected_version=client.version, at=NOW, by=by,
    )  # fmt: skip


def a_profile(by: Actor, name: str = "Quarterly") -> Profile:
    """Of a system that calls two columns otherwise and says Male and Female."""
    reading = Reading(
        name, "pharmoutcomes", "contacts", TODAY,
        aliases={"DOB": "date_of_birth", "Gender": "sex", "Staff": ""}, values={"sex": {"Male": "M", "Female": "F"}},
        constants={"place": "PHARMACY"}, packs={"Blue": {"SYR_FIXED_1": 10}}, key_column="Ref No",
    )  # fmt: skip
    return add_profile(reading=reading, submission_id=new_submission_id(), at=NOW, by=by)


def a_setting(by: Actor, **said) -> Setting:
    """Secure file transfer of contacts, switched on, in the name of the actor; nothing is recorded by itself."""
    sender = Membership.objects.get(pk=by.membership_id)
    usual = {"is_on": True, "membership": sender, "layout": "contacts", "profile": None}
    return Setting(**{**usual, "applies_by_itself": False, **said})


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
