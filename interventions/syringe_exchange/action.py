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
from interventions.recording import Recorded, change, record
from interventions.syringe_exchange.measures import totals
from interventions.syringe_exchange.model import SyringeExchange
from interventions.syringe_exchange.packs import Bills, bills_of, given_in


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
    particulars = _Particulars(lines, by)
    return record(SyringeExchange, lines, what="exchange.recorded", particulars=particulars, at=at, by=by)


def change_exchange(
    *, contact: SyringeExchange, line: Exchange, expected_version: int, at: datetime, by: Actor
) -> SyringeExchange:
    """Put right what an exchange says. Raises NotOurContact, NotOurPack, SomeoneElseChangedIt."""
    return change(
        contact,
        line,
        expected_version=expected_version,
        what="exchange.changed",
        particulars=_Particulars([line], by),
        at=at,
        by=by,
    )


class _Particulars:
    """The columns that an exchange alone has. Bills are read once for all lines, and only where a line has a pack."""

    def __init__(self, lines: Sequence[Exchange], by: Actor):
        self.bills = bills_of(by) if any(line.packs for line in lines) else Bills(())

    def __call__(self, line: Exchange) -> dict:
        packs = [self._pack(pack, n, line.on) for pack, n in line.packs.items() if n]
        given = {code: n for code, n in (given_in(packs) + Counter(line.items)).items() if n}
        return {
            "items": given,
            "packs": packs,
            **totals(given),
            "returned": line.returned,
            "others": line.others,
            "drug": line.drug,
            "place": line.place,
        }

    def _pack(self, pack: int, n: int, on: date) -> dict:
        bill = self.bills.of(pack, on)
        return {"pack": pack, "name": bill.name, "n": n, "items": dict(bill.items)}
