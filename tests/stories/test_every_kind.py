"""Every kind of contact from the page where it is typed to wherever it is read: not asked, declined and nought differ."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest

from ims.audit.models import Event
from ims.codelists.instruments import latest_versions
from ims.record.kinds import KINDS
from tests.makers import TODAY
from tests.stories.every_kind import BATCHES, EVERY_KIND, QUANTITIES, SHARED, Answer, Told
from tests.stories.visitor import Visitor, at_work

SLUGS = {kind.key: kind.slug for kind in KINDS}
WITH_A_GRID = [kind.key for kind in KINDS if kind.row]
LONG_AGO = TODAY - timedelta(days=40)  # nothing else happened in those days
each_kind = pytest.mark.parametrize("key", EVERY_KIND)

Days = Mapping[Answer, date]


@dataclass(frozen=True)
class Reader:
    """The manager of the service, and where a kind is typed and read; a batch is nobody's, so nobody's Record has it."""

    manager: Visitor
    key: str
    client: str  # the address of the client's page

    @property
    def new(self) -> str:
        return "/batch-exchanges/new/" if self.key == BATCHES else f"{self.client}{SLUGS[self.key]}/new/"

    def change(self, ref: str) -> str:
        around = "/batch-exchanges" if self.key == BATCHES else f"/contacts/{SLUGS[self.key]}"
        return f"{around}/{ref}/change/"

    def lines(self, days: Days) -> dict[Answer, str]:
        page = self.manager.opens("/batch-exchanges/" if self.key == BATCHES else self.client)
        entries = [
            entry for timeline in page.document.of_class("ims-timeline") for entry in timeline.all("li")
        ]
        return _of_each(days, "%d/%m/%Y", entries)

    def prints(self, days: Days) -> dict[Answer, str]:
        if self.key == BATCHES:
            return dict.fromkeys(days, "")
        page = self.manager.opens(f"{self.client}detailed-record/")
        return _of_each(days, "%-d %B %Y:", page.document.of_class("ims-contact"))

    def rows(self, days: Days) -> dict[Answer, dict[str, str]]:
        self.manager.opens("/local-extract/")
        rows = {row["on"]: row for row in self.manager.sends(what=self.key).records()}
        return {answer: rows[f"{day}"] for answer, day in days.items()}


def _of_each(days: Days, form: str, nodes) -> dict[Answer, str]:
    """The words of the one node that begins with each day."""
    said = [node.words() for node in nodes]
    return {
        answer: next(words for words in said if words.startswith(day.strftime(form)))
        for answer, day in days.items()
    }


@pytest.fixture
def reader(world, key) -> Reader:
    world.riverside.instruments = [one.key for one in latest_versions()]
    world.riverside.save(update_fields=["instruments"])
    return Reader(at_work(world, world.pharmacy_manager), key, world.client.get_absolute_url())


def type_each(told: Told, enter: Callable[[date, dict[str, str]], None]) -> Days:
    """A contact for each answer, with that answer in every box that takes it, each on a day of its own."""
    days = {answer: LONG_AGO + timedelta(days=place) for place, answer in enumerate(told.answers())}
    for answer, day in days.items():
        enter(day, {box.name: box.said(answer).typed for box in told.boxes})
    return days


def typed_in_its_form(reader: Reader) -> Days:
    told = EVERY_KIND[reader.key]

    def enter(day, answers):
        reader.manager.opens(reader.new)
        page = reader.manager.sends(on=f"{day}", **told.always, **answers)
        assert page.said.endswith(" saved."), page.problems

    return type_each(told, enter)


def typed_in_the_grid(reader: Reader, who: str) -> Days:
    told = EVERY_KIND[reader.key]

    def enter(day, answers):
        cells = {"who": who, **told.cells, **{name: answers[name] for name in told.grid}}
        reader.manager.opens(f"/grid/{SLUGS[reader.key]}/")
        page = reader.manager.sends(on=f"{day}", **{f"row-0-{name}": text for name, text in cells.items()})
        assert "1 line saved." in page.said, page.problems

    return type_each(told, enter)


def says(text: str, words: str) -> bool:
    """Whether a text has these words and not only the beginning of others; no words are in every text."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)) if words else True


def mistaken(told: Told, reader: Reader, days: Days, names: Sequence[str]) -> list[str]:
    """Where an answer is not read as itself, or is read as another one."""
    read = {"line": reader.lines(days), "printed": reader.prints(days)}
    rows = reader.rows(days)
    wrong = []
    for box, answer in product([box for box in told.boxes if box.name in names], days):
        meant = box.said(answer)
        others = [said for said in box.says.values() if said != meant]
        for place, texts in read.items():
            not_meant = [getattr(said, place) for said in others]
            if not says(texts[answer], getattr(meant, place)) or any(
                words and says(texts[answer], words) for words in not_meant
            ):
                wrong.append(f"{box.name}, {answer}, {place}: {texts[answer]}")
        if rows[answer][box.column] != meant.filed:
            wrong.append(f"{box.name}, {answer}, in the file: {rows[answer][box.column]!r}")
    return wrong


def test_somebody_has_said_of_every_kind_how_its_answers_look():
    assert set(EVERY_KIND) == {*SLUGS, BATCHES}
    assert [key for key in WITH_A_GRID if not EVERY_KIND[key].grid] == []


@each_kind
def test_somebody_has_said_of_every_box_that_may_stay_empty(reader, key):
    told = EVERY_KIND[key]

    boxes = {name for name in reader.manager.opens(reader.new).typed if not name.startswith(QUANTITIES)}

    assert boxes - SHARED - set(told.always) == {box.name for box in told.boxes}


@each_kind
def test_no_two_answers_look_alike(key):
    places = ("typed", "line", "filed", *(["printed"] if key != BATCHES else []))
    alike = [
        (box.name, place)
        for box in EVERY_KIND[key].boxes
        for place in places
        if len({getattr(said, place) for said in box.says.values()}) < len(box.says)
    ]

    assert alike == []


@each_kind
def test_what_is_typed_in_the_form_is_read_as_itself_wherever_it_is_read(reader, key):
    told, days = EVERY_KIND[key], typed_in_its_form(reader)

    assert mistaken(told, reader, days, [box.name for box in told.boxes]) == []


@pytest.mark.parametrize("key", WITH_A_GRID)
def test_what_is_typed_in_the_grid_is_read_as_itself_wherever_it_is_read(world, reader, key):
    told, days = EVERY_KIND[key], typed_in_the_grid(reader, world.client.ims_id)

    assert mistaken(told, reader, days, told.grid) == []


@each_kind
def test_opened_to_be_changed_and_saved_as_it_stands_it_says_the_same(reader, key):
    told, days = EVERY_KIND[key], typed_in_its_form(reader)
    before = reader.rows(days)
    acts = Event.objects.exclude(what__endswith=".viewed").count()

    for answer, row in before.items():
        page = reader.manager.opens(reader.change(row.get("contact") or row["batch"]))
        assert {box.name: page.typed[box.name] for box in told.boxes} == {
            box.name: box.said(answer).typed for box in told.boxes
        }
        assert reader.manager.sends().said.endswith(" put right.")

    assert Event.objects.exclude(what__endswith=".viewed").count() == acts
    assert reader.rows(days) == before
