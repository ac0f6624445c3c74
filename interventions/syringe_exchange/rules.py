"""What an officer can rule about exchanges, and what an exchange says of it (sql/07_rehearsal.sql says the same)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ims.codelists.rules import RuleKind, Said, Shape, codes
from interventions.syringe_exchange.packs import Bill

KEY = "syringe_exchange"
RULES = [
    RuleKind(
        "exchange_drug",
        "The drug of an exchange must be stated",
        "the drug must be stated",
        Shape.STATED,
        KEY,
        "drug",
    ),
    RuleKind(
        "exchange_place",
        "The place of an exchange must be stated",
        "the place must be stated",
        Shape.STATED,
        KEY,
        "place",
    ),
    RuleKind(
        "exchange_returned",
        "What was brought back must be asked at an exchange",
        "how much was brought back must be asked: enter 0 for none",
        Shape.STATED,
        KEY,
        "returned",
    ),
    RuleKind(
        "exchange_quantity",
        "Most of one piece of equipment at one exchange, packs opened",
        "at most {limit} of one piece of equipment may be given out at once, packs opened",
        Shape.AT_MOST,
        KEY,
        "largest",
    ),
]


def said(one, given: Mapping[str, int]) -> Said:
    """Of a line or a record. `given` is everything given out, packs opened."""
    values = {
        "drug": one.drug,
        "place": one.place,
        "returned": one.returned,
        "largest": max(given.values(), default=0),
    }
    used = codes("substance", [one.drug]) | codes("place", [one.place]) | codes("equipment", given)
    return Said(KEY, values, used)


def opened(line, bills: Sequence[Bill]) -> Counter:
    """Everything a line gives out. `bills` are those of the packs that its form has boxes for."""
    given = Counter(line.items)
    for bill in bills:
        for code, n in bill.items.items():
            given[code] += n * line.packs.get(bill.pack_id, 0)
    return +given


def said_by(exchange) -> Said:
    """Of a record."""
    return said(exchange, exchange.items)
