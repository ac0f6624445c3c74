"""Syringe exchange transactions as the spanning pages show them."""

from ims.codelists import lists
from ims.core.kind import Column, Kind
from interventions.syringe_exchange.model import SyringeExchange


def _items_in_words(exchange: SyringeExchange) -> str:
    given = [f"{quantity} × {lists.label_of('equipment', code)}" for code, quantity in exchange.items.items()]
    return ", ".join(given) or "nothing given out"


def _returned_in_words(exchange: SyringeExchange) -> str:
    return "not asked" if exchange.returned is None else f"{exchange.returned:,}"


def _line(exchange: SyringeExchange) -> str:
    drug = f" · {lists.label_of('substance', exchange.drug)}" if exchange.drug else ""
    return f"{_items_in_words(exchange)}{drug} · brought back: {_returned_in_words(exchange)}"


def _details(exchange: SyringeExchange) -> list[tuple[str, str]]:
    return [
        ("Given out", _items_in_words(exchange)),
        ("Brought back (estimate)", _returned_in_words(exchange)),
        ("Drug", lists.label_of("substance", exchange.drug) if exchange.drug else "not stated"),
        ("Place", lists.label_of("place", exchange.place) if exchange.place else "not stated"),
    ]


KIND = Kind(
    key="syringe_exchange",
    label="Syringe exchange",
    plural="Syringe exchanges",
    model=SyringeExchange,
    line=_line,
    details=_details,
    columns=[
        Column("items", lambda record: ";".join(f"{code}={n}" for code, n in record.items.items())),
        Column("needles", lambda record: record.needles),
        Column("barrels", lambda record: record.barrels),
        Column("sets", lambda record: record.sets),
        Column("returned", lambda record: record.returned),
        Column("drug", lambda record: record.drug),
        Column("place", lambda record: record.place),
    ],
    record_view="interventions:record_exchange",
)
