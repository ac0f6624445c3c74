"""Made-up data at any size in one transaction: all of it or nothing, whenever it is stopped.

People and their records are drawn in Python, contacts in SQL, because there are twenty times as many. History and audit
are written beside them as real use would have left them: each row its '+', each act its event, the event's id being
the history's change reason. That is why the history triggers are off meanwhile: one statement has many authors.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from clients.models import Client, ConsentDecision
from ims.audit import partitions
from ims.core.roles import as_owner
from ims.operations.seeding import codes, people, places, staging, stock
from ims.operations.seeding.kinds import MADE_UP
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.records import Record, Registry
from ims.operations.seeding.services import DAYS_BEFORE, Service, open_services
from ims.operations.seeding.set_aside import set_aside
from referrals.models import ReferralStatus

Say = Callable[[str], None]

MODELS = (Client, ConsentDecision, *(kind.model for kind in MADE_UP), ReferralStatus)
TRACKED = [model._meta.db_table for model in MODELS]
HISTORY = [model.history.model._meta.db_table for model in MODELS]
AUDIT = "audit_event"
OTHERS = [
    "providers_provider", "providers_site", "accounts_user", "accounts_membership", "interventions_pack",
    "interventions_packcontents",
]  # fmt: skip
STAGING, *STEPS = sorted((Path(__file__).parent / "sql").glob("[0-9][0-9]_*.sql"))

# All of it ends with the transaction. Hash joins alone: they keep the order of what is read, in which rows then lie on
# the disk as they would after years of recording. Who waits long for a lock had better try again.
ROOM = """
SET LOCAL work_mem = '256MB';
SET LOCAL maintenance_work_mem = '512MB';
SET LOCAL enable_mergejoin = off;
SET LOCAL enable_nestloop = off;
SET LOCAL lock_timeout = '10s';
"""


def seed(plan: Plan, say: Say) -> None:
    """Make what the plan asks for. Signs in as the owner. Raises NotInTheLists, NoPostcodes; then nothing is made."""
    with as_owner():
        with transaction.atomic(), connection.cursor() as cursor:
            codes.check(plan.ends_on)
            cursor.execute(ROOM)
            partitions.ensure(connection, plan.begins_on - timedelta(days=DAYS_BEFORE + 1), plan.until)
            services, records = _draw(plan, say)
            with set_aside(cursor, [*TRACKED, *HISTORY, AUDIT], TRACKED):
                _load(cursor, plan, services, records, say)
                started = monotonic()
            say(f"Indexes and keys: {monotonic() - started:.0f} s")
        _tidy(say)


def _draw(plan: Plan, say: Say) -> tuple[list[Service], list[Record]]:
    with _timed(say, f"{plan.providers:,} providers with staff"):
        services = open_services(plan)
    with _timed(say, f"{plan.clients:,} clients drawn"):
        registry = Registry(plan, places.homes(plan))
        records = [registry.dummy(service) for service in services]
        records += [registry.record(stay) for stay in people.draw_stays(plan, services)]
    return services, records


def _load(
    cursor: CursorWrapper, plan: Plan, services: list[Service], records: list[Record], say: Say
) -> None:
    cursor.execute(STAGING.read_text(), {"salt": plan.salt()})
    with _timed(say, "staging"):
        staging.stage_services(cursor, services)
        acts = staging.stage_records(cursor, plan, records)
    numbers = _numbers(cursor, plan, acts)
    staging.stage_kinds(cursor, numbers)
    numbers |= {"acts": acts, "stock": stock.SIZE, "until": plan.until}
    for step in STEPS:
        with _timed(say, step.stem[3:].replace("_", " ")):
            cursor.execute(step.read_text(), numbers)


def _numbers(cursor: CursorWrapper, plan: Plan, acts: int) -> dict[str, int]:
    """For clients, for each kind of contact and for events the number before the first new one."""
    contacts = {
        kind.name: _reserve(cursor, f"{kind.model._meta.db_table}_id_seq", plan.contacts) for kind in MADE_UP
    }
    return {
        "clients": _reserve(cursor, "clients_client_id_seq", plan.clients),
        "events": _reserve(cursor, "audit_event_id", acts + 2 * plan.contacts),
        **contacts,
    }


def _reserve(cursor: CursorWrapper, sequence: str, wanted: int) -> int:
    """Take so many numbers, and one where none is wanted: whoever is waiting for the tables gets later ones."""
    wanted = max(1, wanted)
    cursor.execute(
        "SELECT setval(%(of)s, nextval(%(of)s) + %(wanted)s - 1) - %(wanted)s",
        {"of": sequence, "wanted": wanted},
    )
    return cursor.fetchone()[0]


def _tidy(say: Say) -> None:
    """Outside the transaction: what the planner knows of the tables is as after long use."""
    with _timed(say, "vacuum and analyze"), connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join([*TRACKED, *HISTORY, AUDIT, *OTHERS])}")


@contextmanager
def _timed(say: Say, what: str) -> Iterator[None]:
    started = monotonic()
    yield
    say(f"{what[0].upper()}{what[1:]}: {monotonic() - started:.1f} s")
