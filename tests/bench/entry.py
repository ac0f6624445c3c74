"""`entry`: saving a repeat exchange at the counter, against a POST that reads and judges the same form and writes nothing."""

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from ims.core.keys import new_submission_id
from tests.bench.counter import Counter, open_counter
from tests.bench.data import Size, folder_with
from tests.bench.fields import Fields
from tests.bench.measure import Measure, compare
from tests.bench.pages import disk, measured_on

SAVE = 3.5  # times reading and judging the same form
OFFERED = 300  # clients who are named before the first save: one comes back only when its name could be read


def measures(size: Size, root: Path, pairs: int) -> Iterator[Measure | str]:
    """One measure, after what it was measured on."""
    folder = folder_with(size, root)
    with open_counter(folder) as counter:
        yield from measured_on(large=counter)
        yield disk(folder)
        repeat = Repeat(counter)
        yield compare("entry.repeat_exchange", repeat.save, repeat.only_judge, bound=SAVE, pairs=pairs)
        yield disk(folder)


class Repeat:
    """Clients who had something before, each named at the counter with the usual filled in."""

    def __init__(self, counter: Counter):
        self.visitor = counter.visitor
        offers = (self._offer(client) for client in counter.clients)
        self.offers = cycle(list(islice((offer for offer in offers if _has_a_usual(offer)), OFFERED)))

    def save(self) -> float:
        """What the browser opens next says that it was saved; that page is not in the time."""
        sent = self.visitor.post("/counter/save/", self._sent()).must(302, "Location: /\r\n")
        self.visitor.get("/").must(200, "Exchange saved. Next person.")
        return sent.seconds

    def only_judge(self) -> float:
        sent = self.visitor.post("/bench/judge/", self._sent()).must(302, "Location: /bench/empty/\r\n")
        self.visitor.get("/bench/empty/").must(200)
        return sent.seconds

    def _sent(self) -> dict[str, str]:
        return {**next(self.offers), "submission_id": str(new_submission_id())}

    def _offer(self, client: dict) -> dict[str, str]:
        """The form with the usual as it comes back when Enter is pressed."""
        page = self.visitor.post("/counter/", {**self._box(), "wanted": client["ims_id"]})
        return Fields(page.must(200, "Save exchange", client["ref"]).text).filled

    def _box(self) -> dict[str, str]:
        return Fields(self.visitor.get("/").must(200).text).filled


def _has_a_usual(offer: dict[str, str]) -> bool:
    """Not so of somebody who only ever brought something back."""
    return any(said and name.startswith(("item_", "pack_")) for name, said in offer.items())
