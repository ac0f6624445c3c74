"""From records in Python to rows in the transaction's own temporary tables (sql/01_staging.sql)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from random import Random

from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Json

from clients.ims_id import ALPHABET, LENGTH, check_character
from ims.core.dates import LONDON
from ims.geography.residence import Residence, authorities_of
from ims.operations.seeding import attendance, shares, stock
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.records import Act, Record
from ims.operations.seeding.services import PLACES, Service

STAFF_TO_A_MANAGER = 3  # how much likelier each of the staff is to record a contact than the manager
ANYBODY_BRIEF = 0.1  # of the contacts on a dummy are brief interventions


def stage_services(cursor: CursorWrapper, services: Iterable[Service]) -> None:
    _copy(cursor, "seeding_provider", (_provider(service) for service in services))


def _provider(service: Service) -> tuple:
    manager, *others = service.staff
    recorders = [manager, *others * STAFF_TO_A_MANAGER]
    return (
        service.provider.pk,
        [member.user_id for member in recorders],
        [member.role for member in recorders],
        [*(site.pk for site in service.sites), None],
        list(PLACES[service.provider.kind]),
    )


def stage_stock(cursor: CursorWrapper, plan: Plan) -> tuple[dict[str, int], dict[str, int]]:
    """Returns the numbers of the stocks of exchanges and of interventions, by name."""
    exchanges, interventions = stock.exchanges(plan), stock.interventions(plan)
    _copy(cursor, "seeding_exchange", _numbered(exchanges, _exchange))
    _copy(cursor, "seeding_intervention", _numbered(interventions, astuple))
    return _numbers(exchanges), _numbers(interventions)


def _numbers(stocks: Mapping[str, object]) -> dict[str, int]:
    return {name: number for number, name in enumerate(stocks)}


def _numbered(stocks: Mapping[str, Sequence], columns: Callable[[object], tuple]) -> Iterator[tuple]:
    for number, made in enumerate(stocks.values()):
        yield from ((number, place, *columns(one)) for place, one in enumerate(made))


def _exchange(made: stock.Exchange) -> tuple:
    return made.drug, Json(made.items), made.needles, made.barrels, made.sets, made.returned


def stage_records(cursor: CursorWrapper, plan: Plan, records: Sequence[Record]) -> int:
    """Number the clients in the order of registration, and share the contacts out. Returns how many acts there are."""
    records = sorted(records, key=lambda record: record.acts[0].at)
    acts = [
        (act, number, version)
        for number, record in enumerate(records, start=1)
        for version, act in enumerate(record.acts, start=1)
    ]
    acts.sort(key=lambda row: (row[0].at, row[1]))
    _copy(cursor, "seeding_act", (_act(place, *row) for place, row in enumerate(acts, start=1)))
    exchanges, interventions = stage_stock(cursor, plan)
    ids = _ims_ids(plan.chance("IMS IDs"))
    homes = authorities_of({act.details.postcode for act, _, _ in acts} - {""})
    contacts = share_out(plan, records)
    _copy(
        cursor,
        "seeding_client",
        (
            (
                number,
                *_client(record, next(ids), many),
                *_kind(record, exchanges, interventions),
                *_lived(record, homes),
            )
            for number, (record, many) in enumerate(zip(records, contacts, strict=True), start=1)
        ),
    )
    return len(acts)


def share_out(plan: Plan, records: Sequence[Record]) -> list[int]:
    """How many of the plan's contacts each record has: the dummies their share, the others by how often they come."""
    dummies = [record for record in records if record.person is None]
    people = [record for record in records if record.person is not None]
    objected = round(plan.contacts * shares.DUMMY_CONTACTS)
    rest = plan.contacts - objected
    of_dummies = iter(attendance.apportion([r.attendance.visits for r in dummies], objected, least=0))
    least = 1 if rest >= len(people) else 0
    of_people = iter(attendance.apportion([r.attendance.visits for r in people], rest, least=least))
    return [next(of_dummies if record.person is None else of_people) for record in records]


def _act(place: int, act: Act, number: int, version: int) -> tuple:
    who, details, decision = act.attributor, act.details, act.decision
    return (
        place, number, version, act.what, act.at, act.by.user_id, act.by.role, who.first_initial, who.last_initial,
        who.born, who.sex, act.consent, details.postcode, details.ethnicity, details.nationality,
        details.own_reference, details.main_substance, details.route, details.injecting_status,
        *((decision.how, decision.sought_retrospectively, decision.information_sheet) if decision else (None,) * 3),
    )  # fmt: skip


def _client(record: Record, ims_id: str, contacts: int) -> tuple:
    made = record.acts[0]
    return (
        record.service.provider.pk, ims_id, record.person is None, made.at, made.by.user_id,
        made.at.astimezone(LONDON).date(), record.attendance.span, contacts,
    )  # fmt: skip


def _kind(record: Record, exchanges: Mapping[str, int], interventions: Mapping[str, int]) -> tuple:
    person = record.person
    if person is None:
        return ANYBODY_BRIEF, exchanges[stock.ANYBODY], interventions[stock.ANYBODY]
    return (
        shares.COHORTS[person.cohort].brief,
        exchanges[f"{person.cohort} {person.drug}"],
        interventions[person.cohort],
    )


def _lived(record: Record, homes: Mapping[str, Residence]) -> tuple:
    """Authority and edition now, the day from which that is so, and what was before: contacts keep what was."""
    before, now = record.acts[0].details.postcode, record.acts[-1].details.postcode
    moved = next((act for act in record.acts if act.details.postcode != before), None)
    moved_on = moved.at.astimezone(LONDON).date() if moved else None
    return *_residence(now, homes), moved_on, *_residence(before, homes)


def _residence(postcode: str, homes: Mapping[str, Residence]) -> tuple:
    home = homes.get(postcode)
    return (home.authority_code, home.edition_id) if home else ("", None)


def _ims_ids(chance: Random) -> Iterator[str]:
    taken: set[str] = set()
    while True:
        body = "".join(chance.choices(ALPHABET, k=LENGTH - 1))
        if body not in taken:
            taken.add(body)
            yield body + check_character(body)


def _copy(cursor: CursorWrapper, table: str, rows: Iterable[tuple]) -> None:
    """`rows` may not ask the database anything while they come: the connection is busy with them."""
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"ANALYZE {table}")
