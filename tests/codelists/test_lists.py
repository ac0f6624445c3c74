"""Forms and pages read code lists from memory, and nobody is offered a retired code."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ims.codelists import lists
from ims.codelists.loading import OUR_FILES, load

AT = datetime(2026, 11, 5, 12, tzinfo=UTC)
TODAY = date(2026, 11, 5)
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("empty_tables")


@pytest.fixture
def colours(folder):
    folder.write(
        "colour",
        "RED,Red,,,Warm,proposed,,",
        "PUCE,Puce,2020-01-01,2026-03-31,Warm,proposed,,",
        "BLUE,Blue,,,Cold,proposed,,",
        "TEAL,Teal,2027-01-01,,Cold,proposed,,",
        "CLEAR,Clear,,,,proposed,,",
    )
    load(folder.path, at=AT)


class Clock:
    """The monotonic clock, which stands still until it is moved."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(lists, "monotonic", clock)
    return clock


def test_only_codes_in_force_on_the_day_are_offered_in_the_order_of_the_list(colours):
    assert lists.choices("colour", TODAY) == [("RED", "Red"), ("BLUE", "Blue"), ("CLEAR", "Clear")]


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2020, 1, 1) - DAY, False),
        (date(2020, 1, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 3, 31) + DAY, False),
    ],
)
def test_a_code_is_in_force_on_its_first_and_on_its_last_day(colours, day, offered):
    assert lists.is_in_force("colour", "PUCE", day) is offered
    assert (("PUCE", "Puce") in lists.choices("colour", day)) is offered


def test_codes_are_offered_by_group_and_those_without_one_apart(colours):
    assert lists.grouped_choices("colour", TODAY) == [
        ("Warm", [("RED", "Red")]),
        ("Cold", [("BLUE", "Blue")]),
        ("", [("CLEAR", "Clear")]),
    ]


def test_a_retired_code_is_not_offered_and_still_has_its_label(colours):
    assert not lists.is_in_force("colour", "PUCE", TODAY)
    assert lists.label_of("colour", "PUCE") == "Puce"


def test_a_code_that_is_in_no_list_is_its_own_label_and_may_not_be_chosen(colours):
    assert lists.label_of("colour", "MAUVE") == "MAUVE"
    assert lists.label_of("shape", "ROUND") == "ROUND"
    assert lists.facts_of("colour", "MAUVE") == {}
    assert not lists.is_in_force("colour", "MAUVE", TODAY)


def test_before_anything_is_loaded_every_list_is_empty():
    assert lists.choices("sex", TODAY) == []
    assert lists.grouped_choices("sex", TODAY) == []
    assert lists.label_of("sex", "F") == "F"
    assert not lists.is_in_force("sex", "F", TODAY)


def test_facts_cannot_be_changed_by_those_who_read_them(folder):
    load(OUR_FILES, at=AT)

    with pytest.raises(TypeError):
        lists.facts_of("equipment", "FOIL")["needles"] = 100


def test_a_page_asks_the_database_nothing_once_the_lists_are_in_memory(colours, django_assert_num_queries):
    lists.label_of("colour", "RED")

    with django_assert_num_queries(0):
        lists.choices("colour", TODAY)
        lists.grouped_choices("colour", TODAY)
        lists.facts_of("colour", "RED")
        lists.is_in_force("colour", "RED", TODAY)
        lists.label_of("unknown", "RED")


def test_empty_tables_are_remembered_as_empty(django_assert_num_queries):
    lists.choices("sex", TODAY)

    with django_assert_num_queries(0):
        lists.choices("sex", TODAY)


def test_after_a_minute_one_small_query_finds_that_nothing_was_loaded(
    colours, clock, django_assert_num_queries
):
    lists.label_of("colour", "RED")
    clock.now += 60

    with django_assert_num_queries(1):
        lists.label_of("colour", "RED")
        lists.label_of("colour", "RED")


def test_what_another_process_loads_is_seen_within_a_minute(colours, clock, folder, monkeypatch):
    lists.label_of("colour", "RED")
    monkeypatch.setattr(lists, "forget", lambda: None)  # the other process cannot make this one forget
    load(folder.write("colour", "RED,Scarlet,,,,proposed,,").path, at=AT)

    clock.now += 59
    assert lists.label_of("colour", "RED") == "Red"
    clock.now += 1
    assert lists.label_of("colour", "RED") == "Scarlet"


def test_what_this_process_loads_is_seen_at_once(colours, folder):
    lists.label_of("colour", "RED")

    load(folder.write("colour", "RED,Scarlet,,,,proposed,,").path, at=AT)

    assert lists.label_of("colour", "RED") == "Scarlet"
