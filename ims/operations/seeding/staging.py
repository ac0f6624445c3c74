"""From services and records in Python to rows in the transaction's own temporary tables (sql/01_staging.sql)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from django.db.backends.utils import CursorWrapper

from clients.ims_id import ALPHABET, LENGTH, check_character
from ims.core.dates import LONDON
from ims.geography.residence import Residence, authorities_of
from ims.operations.seeding import attendance, copying, shares, stock
from ims.operations.seeding.kinds import MADE_UP
from ims.operations.seeding.mixture import Mixture, Sending, mixture, sendings
from ims.operations.seeding.plan import MOST_CONTACTS_A_CLIENT, Plan
from ims.operations.seeding.records import Act, Record
from ims.operations.seeding.services import PLACES, Service
from ims.operations.seeding.stocking import bags, stage_stock

STAFF_TO_A_MANAGER = 3  # how much likelier each of the staff is to record a contact than the manager


def stage_kinds(cursor: CursorWrapper, before: Mapping[str, int]) -> None:
    """`before` has by kind the number before the first new one."""
    rows = ((kind.name, kind.event, kind.model._meta.model_name, before[kind.name]) for kind in MADE_UP)
    copying.copy_rows(cursor, "seeding_kind", rows)


def stage_services(cursor: CursorWrapper, services: Iterable[Service]) -> None:
    copying.copy_rows(cursor, "seeding_provider", (_provider(service) for service in services))


def _provider(service: Service) -> tuple:
    manager, *others = service.staff
    recorders = [manager, *others * STAFF_TO_A_MANAGER]
    return (
        service.provider.pk,
        service.provider.name,
        [member.user_id for member in recorders],
        [member.role for member in recorders],
        [*(site.pk for site in service.sites), None],
        list(PLACES[service.provider.kind]),
        bags(service),
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn of all records together. Records, contacts and mixtures are in the order of registration."""

    contacts: Sequence[int]
    mixtures: Sequence[Mixture]
    sends: Mapping[int, Sending]  # by the place of the sender
    came: Mapping[int, Sending]  # by the place of the receiver
    homes: Mapping[str, Residence]


def stage_records(cursor: CursorWrapper, plan: Plan, records: Sequence[Record]) -> int:
    """Number the clients in the order of registration, and share the contacts out. Returns how many acts there are."""
    records = sorted(records, key=lambda record: record.acts[0].at)
    acts = [
        (act, number, version)
        for number, record in enumerate(records, start=1)
        for version, act in enumerate(record.acts, start=1)
    ]
    acts.sort(key=lambda row: (row[0].at, row[1]))
    copying.copy_rows(cursor, "seeding_act", (_act(place, *row) for place, row in enumerate(acts, start=1)))
    stocks = stage_stock(cursor, plan)
    drawn = _draw(plan, records, authorities_of({act.details.postcode for act, _, _ in acts} - {""}))
    ids = _ims_ids(plan.chance("IMS IDs"))
    rows = (
        (place + 1, *_client(record, next(ids), place, drawn, *stocks))
        for place, record in enumerate(records)
    )
    copying.copy_rows(cursor, "seeding_client", rows)
    return len(acts)


def _draw(plan: Plan, records: Sequence[Record], homes: Mapping[str, Residence]) -> _Drawn:
    contacts = share_out(plan, records)
    chance = plan.chance("mixtures")
    mixtures = [mixture(record, many, chance) for record, many in zip(records, contacts, strict=True)]
    found = sendings(plan, records, contacts)
    return _Drawn(
        contacts, mixtures, {one.sender: one for one in found}, {one.receiver: one for one in found}, homes
    )


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


def _client(record: Record, ims_id: str, place: int, drawn: _Drawn, exchanges, interventions) -> tuple:
    made = record.acts[0]
    return (
        record.service.provider.pk, ims_id, record.person is None, made.at, made.by.user_id, made.by.role,
        made.at.astimezone(LONDON).date(), record.attendance.span, drawn.contacts[place],
        *_kinds(record, drawn.mixtures[place], exchanges, interventions),
        *_referred(place, record, drawn),
        *_lived(record, drawn.homes),
    )  # fmt: skip


def _kinds(
    record: Record, mixed: Mixture, exchanges: Mapping[str, int], interventions: Mapping[str, int]
) -> tuple:
    """The upper ends of what the dice say of a contact, and the stocks that it is taken from."""
    ends = accumulate([mixed.brief, mixed.naloxone, mixed.wellbeing, mixed.sent])
    person = record.person
    if person is None:
        return *ends, "", exchanges[stock.ANYBODY], interventions[stock.ANYBODY]
    return *ends, person.cohort, exchanges[f"{person.cohort} {person.drug}"], interventions[person.cohort]


def _referred(place: int, record: Record, drawn: _Drawn) -> tuple:
    """Whether the first contact is a referral in, which contact of whom it answers, and when the last one is sent."""
    came, sends = drawn.came.get(place), drawn.sends.get(place)
    answers = came and (came.sender + 1) * MOST_CONTACTS_A_CLIENT + drawn.contacts[came.sender] - 1
    may_be_told_of = all(act.consent for act in record.acts)
    return drawn.mixtures[place].is_referred or came is not None, answers, sends and sends.at, may_be_told_of


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
