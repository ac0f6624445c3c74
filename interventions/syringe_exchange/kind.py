"""Syringe exchange transactions as the spanning pages show them."""

from ims.codelists import lists
from ims.core import dates
from ims.core.kind import Column, Kind
from interventions.syringe_exchange.action import change_exchange, record_exchanges, says_already
from interventions.syringe_exchange.boxes import in_words
from interventions.syringe_exchange.form import ExchangeForm, held
from interventions.syringe_exchange.model import SyringeExchange
from interventions.syringe_exchange.packs import bills_of, given_in
from interventions.syringe_exchange.row import ExchangeRow
from interventions.syringe_exchange.rules import said_by


def _given_in_words(exchange: SyringeExchange) -> str:
    packs = [f"{pack['n']} × {pack['name']}" for pack in exchange.packs]
    in_packs = given_in(exchange.packs)
    beside = {code: n - in_packs[code] for code, n in exchange.items.items() if n > in_packs[code]}
    return ", ".join([*packs, *([in_words(beside)] if beside else [])]) or "nothing given out"


def _number_in_words(number: int | None) -> str:
    return "not asked" if number is None else f"{number:,}"


def _for_others(number: int | None) -> str:
    if number is None:
        return ""
    return f"for {number} other{'' if number == 1 else 's'}" if number else "for nobody else"


def _label(key: str, code: str) -> str:
    return lists.label_of(key, code) if code else ""


def _line(exchange: SyringeExchange) -> str:
    parts = [
        _given_in_words(exchange),
        _label("substance", exchange.drug),
        f"brought back: {_number_in_words(exchange.returned)}",
        _for_others(exchange.others),
        _label("place", exchange.place),
    ]
    return " · ".join(part for part in parts if part)


def _details(exchange: SyringeExchange) -> list[tuple[str, str]]:
    return [
        ("Given out", _given_in_words(exchange)),
        *([("In all", in_words(exchange.items))] if exchange.packs else []),
        ("Brought back (estimate)", _number_in_words(exchange.returned)),
        ("Collected for other people", _number_in_words(exchange.others)),
        ("Drug", _label("substance", exchange.drug) or "not asked"),
        ("Place", _label("place", exchange.place) or "not recorded"),
    ]


def _options(actor, client) -> dict:
    return {"packs": bills_of(actor).in_use(dates.today())}


KIND = Kind(
    key="syringe_exchange",
    slug="exchanges",
    label="Syringe exchange",
    noun="exchange",
    plural="Syringe exchanges",
    model=SyringeExchange,
    line=_line,
    details=_details,
    columns=[
        Column("packs", lambda record: ";".join(f"{pack['name']}={pack['n']}" for pack in record.packs)),
        Column("items", lambda record: ";".join(f"{code}={n}" for code, n in record.items.items())),
        Column("needles", lambda record: record.needles),
        Column("barrels", lambda record: record.barrels),
        Column("sets", lambda record: record.sets),
        Column("returned", lambda record: record.returned),
        Column("others", lambda record: record.others),
        Column("drug", lambda record: record.drug),
        Column("place", lambda record: record.place),
    ],
    row=ExchangeRow,
    said=said_by,
    form=ExchangeForm,
    held=held,
    options=_options,
    record=record_exchanges,
    change=change_exchange,
    says_already=says_already,
    template="interventions/exchange.html",
)
