"""Run in the data folder of the upload bench, in `manage.py shell`: one step of the measure, one line of JSON.

Each step is at a service of its own, so that every row is new to it.
"""

import json
from collections.abc import Sequence
from time import monotonic, perf_counter, sleep

from django.db import connection
from django.utils import timezone

from clients.models import Client
from ims.accounts import actions as accounts
from ims.accounts.models import Membership
from ims.accounts.roles import Role
from ims.audit.acting import acting
from ims.bulk.actions import Sent, confirm_upload, receive_upload
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.core import dates
from ims.core.actor import Actor
from ims.core.keys import new_submission_id
from ims.geography.models import Postcode
from ims.providers.actions import set_upload_rules
from ims.providers.models import Kind, Module, Provider
from tests.bench.measure import Wrong
from tests.bench.stock import stock_seconds
from tests.bench.upload_file import contacts_file

PATIENCE = 600  # seconds for a check, or for recording
TABLES = ("clients_client", "interventions_syringeexchange", "interventions_briefintervention")
RECORDING = (Module.SYRINGE_EXCHANGE, Module.BRIEF_INTERVENTION, Module.SUBSTANCES)
PEOPLE = 5  # rows about each person
# What a copied row may not share with the row that it was copied from.
OWN = {
    "id": "nextval(pg_get_serial_sequence('{table}', 'id'))",
    "ref": "gen_random_uuid()",
    "submission_id": "gen_random_uuid()",
    "ims_id": "upper(substr(md5(random()::text || id), 1, 10))",
    "provider_id": "%(target)s",
}


def ours(rows: int) -> None:
    """Check and recording by the worker that runs beside: seconds, and the service."""
    by = a_manager()
    upload = receive_upload(
        sent=Sent("contacts.csv", _file(rows), "contacts"),
        submission_id=new_submission_id(),
        at=timezone.now(),
        by=by,
    )
    begun = perf_counter()
    upload = _wait_for(upload, State.CHECKED)
    checked = perf_counter()
    confirm_upload(upload=upload, skips_rejected=True, at=timezone.now(), by=by)
    upload = _wait_for(upload, State.APPLIED)
    _refuse_half(upload, rows)
    told = {"check": checked - begun, "apply": perf_counter() - checked, "counts": upload.counts}
    print(json.dumps({**told, "provider": by.provider_id, "seconds": perf_counter() - begun}))


def copied(provider: int) -> None:
    """COPY of the client and contact rows that a service holds into the same tables, for another service."""
    by = a_manager(modules=())  # nobody is looked up there afterwards
    texts = [(table, *_as_text(table, provider, by.provider_id)) for table in TABLES]
    with acting(by=by, at=timezone.now()) as act:
        begun = perf_counter()
        for table, columns, text in texts:
            _copy(table, columns, text)
        act.record("bench.copied")
    print(json.dumps({"seconds": perf_counter() - begun}))


def stock(rows: int) -> None:
    """The first rows of the same file by django-import-export as it comes."""
    first = b"\n".join(_file(rows * 20).split(b"\n")[: rows + 1]) + b"\n"
    print(json.dumps({"seconds": stock_seconds(first, by=a_manager())}))


def a_manager(modules: Sequence[str] = RECORDING) -> Actor:
    """The manager of a new service that records exchanges and brief interventions, if nothing else is said."""
    number = Provider.objects.count()
    name = f"bench-{number}"
    officer = _officer()
    accounts.open_provider(
        code=f"WIR{2000 + number}", name=f"Bench {number}", kind=Kind.AGENCY, authority_code="", opened_on=dates.today(),
        modules=list(modules),
        manager=accounts.Person(name, "Bench", f"{name}@example.org"), at=timezone.now(), by=officer,
    )  # fmt: skip
    held = Membership.objects.select_related("user", "provider").get(user__username=name)
    accounts.open_account(
        person=accounts.Person(f"{name}-staff", "Bench", f"{name}-staff@example.org"),
        role=Role.PROVIDER_STAFF, provider=held.provider, areas=(), at=timezone.now(), by=officer,
    )  # fmt: skip
    set_upload_rules(
        provider=held.provider, skips_rejected=True, expected_version=1, at=timezone.now(), by=held.actor()
    )
    return Membership.objects.select_related("user", "provider").get(pk=held.pk).actor()


def _officer() -> Actor:
    held = Membership.objects.filter(role=Role.PHI_OFFICER).select_related("user").first()
    if held is None:
        person = accounts.Person("bench-officer", "Bench", "bench-officer@example.org")
        accounts.found(person=person, role=Role.PHI_OFFICER, at=timezone.now())
        return _officer()
    return held.actor()


def _file(rows: int) -> bytes:
    postcodes = list(Postcode.objects.order_by("postcode").values_list("postcode", flat=True)[:200])
    return contacts_file(rows, rows // PEOPLE, today=dates.today(), postcodes=postcodes)


def _wait_for(upload: Upload, state: State) -> Upload:
    """Raises Wrong where it does not come to that."""
    patience = monotonic() + PATIENCE
    while monotonic() < patience:
        upload.refresh_from_db()
        if upload.state == state:
            return upload
        if upload.state in (State.UNREADABLE, State.FAILED):
            break
        sleep(0.02)
    raise Wrong(f"{upload.state} instead of {state}: {upload.refusal}")


def _refuse_half(upload: Upload, rows: int) -> None:
    counts = upload.counts
    if sum(counts.get(name, 0) for name in ("new", "changed", "same", "rejected")) != rows:
        raise Wrong(f"the counts do not add up to {rows}: {counts}")
    if not rows // 200 < counts["rejected"] < rows // 50:
        raise Wrong(f"not one row in a hundred is bad: {counts}")
    if Client.objects.filter(provider=upload.provider_id).count() != rows // PEOPLE:
        raise Wrong("not everybody was registered")


def _as_text(table: str, source: int, target: int) -> tuple[str, Sequence[bytes]]:
    """The rows of a service as COPY writes them, with keys of their own; contacts stay with the clients they have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall()]
        chosen = ", ".join(OWN.get(name, f'"{name}"').format(table=table) for name in columns)
        query = f"COPY (SELECT {chosen} FROM {table} WHERE provider_id = {int(source)}) TO STDOUT"
        with cursor.copy(query.replace("%(target)s", str(int(target)))) as copy:
            return ", ".join(f'"{name}"' for name in columns), [bytes(block) for block in copy]


def _copy(table: str, columns: str, blocks: Sequence[bytes]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for block in blocks:
            copy.write(block)
