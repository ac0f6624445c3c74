"""Recording syringe exchanges, one action for one line or many; and putting one right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clients.models import Client
from ims.audit.acting import runs_again_on
from ims.core.actor import Actor
from ims.providers.models import Site
from interventions.recording import Recorded, change, meant_by, record, says
from interventions.syringe_exchange.measures import totals
from interventions.syringe_exchange.model import SyringeExchange
from interventions.syringe_exchange.packs import Bills, as_kept, bills_of, given_in


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one line says, wherever it was typed. `items` are those beside the packs."""

    client: Client
    on: date
    items: Mapping[str, int]
    submission_id: UUID
    packs: Mapping[int, int] = field(default_factory=dict)  # how many, by the pack's key
    returned: int | None = None  # None: not asked. Never 0.
    others: int | None = None  # None: not asked. Never 0.
    site: Site | None = None
    drug: str = ""
    place: str = ""
    note: str = ""


@runs_again_on("exchange_submission_is_saved_once")
def record_exchanges(*, lines: Sequence[Exchange], at: datetime, by: Actor) -> Recorded:
    """Record syringe exchanges: all or none, one audit event.

    A line whose submission is already held comes back in `same` and is not recorded again. Raises NotOurClient,
    NotOurPack.
    """
    bills, counted = bills_of(by), {}
    return record(
        SyringeExchange,
        lines,
        what="exchange.recorded",
        particulars=lambda line: _particulars(line, bills, counted=counted),
        at=at,
        by=by,
    )


def change_exchange(
    *, contact: SyringeExchange, line: Exchange, expected_version: int, at: datetime, by: Actor
) -> SyringeExchange:
    """Put right what an exchange says; on its own day, what was in its packs stays as the record keeps it.

    Raises NotOurContact, NotOurPack, SomeoneElseChangedIt.
    """
    bills = bills_of(by)
    return change(
        contact,
        line,
        expected_version=expected_version,
        what="exchange.changed",
        particulars=lambda held: _particulars(line, bills, held),
        at=at,
        by=by,
    )


def says_already(contact: SyringeExchange, line: Exchange, by: Actor) -> bool:
    """Whether a record says what a line says."""
    return says(contact, meant_by(line, _particulars(line, bills_of(by), contact)))


def _particulars(
    line: Exchange,
    bills: Bills,
    held: SyringeExchange | None = None,
    *,
    counted: dict[int, dict] | None = None,
) -> dict:
    """The columns that an exchange alone has; `held` is the one that is put right.

    `counted`: what other lines of the same act gave out, by the identity of their items, which lines of a file share.
    """
    packs = as_kept(line.packs, line.on, bills, held=held)
    given = None if packs or counted is None else counted.get(id(line.items))
    if given is None:
        given = _given(line, packs)
        if counted is not None and not packs:
            counted[id(line.items)] = given
    return {
        **given,
        "packs": packs,
        "returned": line.returned,
        "others": line.others,
        "drug": line.drug,
        "place": line.place,
    }


def _given(line: Exchange, packs: Sequence[Mapping]) -> dict:
    """Everything given out, packs opened, and what it counts as."""
    given = given_in(packs) + Counter(line.items) if packs else line.items
    items = {code: n for code, n in given.items() if n}
    return {"items": items, **totals(items)}
