"""Recording syringe exchanges: one action for one line or many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clients.models import Client
from ims.audit.acting import runs_again_on
from ims.codelists import lists
from ims.core.actor import Actor
from ims.providers.models import Site
from interventions.recording import Recorded, record
from interventions.syringe_exchange.model import SyringeExchange


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one line says, wherever it was typed."""

    client: Client
    on: date
    items: Mapping[str, int]
    submission_id: UUID
    returned: int | None = None  # None: not asked. Never 0.
    site: Site | None = None
    drug: str = ""
    place: str = ""
    note: str = ""


@runs_again_on("exchange_submission_is_saved_once")
def record_exchanges(*, lines: Sequence[Exchange], at: datetime, by: Actor) -> Recorded:
    """Record syringe exchanges: all or none, one audit event.

    A line whose submission is already held comes back in `same` and is not recorded again. Raises NotOurClient.
    """
    return record(SyringeExchange, lines, what="exchange.recorded", particulars=_quantities, at=at, by=by)


def _quantities(line: Exchange) -> dict:
    given = {code: quantity for code, quantity in line.items.items() if quantity}
    return {
        "items": given,
        **{measure: _total(given, measure) for measure in ("needles", "barrels", "sets")},
        "returned": line.returned,
        "drug": line.drug,
        "place": line.place,
    }


def _total(given: Mapping[str, int], measure: str) -> int:
    """Needles, barrels or sets in the items, by the facts of the equipment list."""
    return sum(
        quantity * lists.facts_of("equipment", code).get(measure, 0) for code, quantity in given.items()
    )
