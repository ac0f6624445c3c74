"""A batch exchange in words."""

from ims.codelists import lists
from interventions.batch_exchange.model import BatchExchange
from interventions.syringe_exchange.boxes import in_words
from interventions.syringe_exchange.packs import given_in


def line(batch: BatchExchange) -> str:
    """What went out and came back, in one line. Not counted is not 0."""
    packs = [f"{pack['n']} × {pack['name']}" for pack in batch.packs]
    in_packs = given_in(batch.packs)
    beside = {code: n - in_packs[code] for code, n in batch.items.items() if n > in_packs[code]}
    given = ", ".join([*packs, *([in_words(beside)] if beside else [])]) or "nothing given out"
    returned = "not counted" if batch.returned is None else f"{batch.returned:,}"
    place = f" · {lists.label_of('place', batch.place)}" if batch.place else ""
    return f"{given} · brought back: {returned}{place}"
