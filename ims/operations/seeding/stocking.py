"""From what may happen at a contact to rows in the transaction's own temporary tables (sql/01_staging.sql)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple

from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Json

from ims.operations.seeding import assessments, copying, referring, stock, supplies
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.referring import Step
from ims.operations.seeding.services import Service
from referrals.states import Side

PLACE_OF_PACK = {name: place for place, name in enumerate(stock.PACKS, start=1)}  # in SQL arrays


def stage_stock(cursor: CursorWrapper, plan: Plan) -> tuple[dict[str, int], dict[str, int]]:
    """Returns the numbers of the stocks of exchanges and of interventions, by name."""
    exchanges, interventions = stock.exchanges(plan), stock.interventions(plan)
    copying.copy_rows(cursor, "seeding_exchange", _named(_by_number(exchanges), _exchange))
    copying.copy_rows(cursor, "seeding_intervention", _named(_by_number(interventions), astuple))
    copying.copy_rows(cursor, "seeding_naloxone", _named(supplies.supplies(plan), _supply))
    copying.copy_rows(cursor, "seeding_assessment", _named(assessments.assessments(plan), _assessment))
    copying.copy_rows(cursor, "seeding_referral_in", _named(referring.came(plan), astuple))
    copying.copy_rows(cursor, "seeding_referral_out", _named(referring.sent(plan), astuple))
    copying.copy_rows(cursor, "seeding_course", _courses(plan))
    return _numbers(exchanges), _numbers(interventions)


def bags(service: Service) -> list[Json]:
    """The packs of a service as an exchange keeps them, without how many."""
    return [
        Json({"pack": pack.pk, "name": pack.name, "items": stock.PACKS[pack.name]}) for pack in service.packs
    ]


def _numbers(stocks: Mapping[str, object]) -> dict[str, int]:
    return {name: number for number, name in enumerate(stocks)}


def _by_number(stocks: Mapping[str, Sequence]) -> dict[int, Sequence]:
    """Millions of exchanges are looked up by number; names are for the few."""
    return dict(enumerate(stocks.values()))


def _named(stocks: Mapping[object, Sequence], columns: Callable[[object], tuple]) -> Iterator[tuple]:
    for name, made in stocks.items():
        yield from ((name, place, *columns(one)) for place, one in enumerate(made))


def _exchange(made: stock.Exchange) -> tuple:
    measures = made.needles, made.barrels, made.sets
    pack = PLACE_OF_PACK.get(made.pack)
    return made.drug, Json(made.items), *measures, made.returned, made.others, pack, made.packs


def _supply(made: supplies.Supplied) -> tuple:
    return Json(made.kits), made.reason, made.training, made.used


def _assessment(made: assessments.Assessed) -> tuple:
    return made.accommodation, made.employment, Json(made.answers)


def _courses(plan: Plan) -> Iterator[tuple]:
    """A row a step."""
    for course, place, steps in _named(referring.courses(plan), lambda steps: (steps,)):
        yield from ((course, place, number, *_step(step)) for number, step in enumerate(steps, start=1))


def _step(step: Step) -> tuple:
    by_receiver = step.side == Side.RECEIVER
    return step.state, step.decline_reason, by_receiver, step.days, step.minutes
