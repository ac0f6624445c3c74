"""Examples of the rules; that they suffice for every table is tried in test_attack."""

import time
from random import Random

import pytest
from hypothesis import given, settings

from ims.core.figures.additive import Cell, DoesNotAddUp, Relation
from ims.core.figures.policy import Policy
from ims.core.figures.suppression import protect
from tests.core.figures.exhaustive_reader import grid
from tests.core.figures.test_attack import overlaps, tables

POLICY = Policy()


def shown(counts: dict, relations=(), **more) -> dict:
    cells = {key: count if isinstance(count, Cell) else Cell(count) for key, count in counts.items()}
    return {key: str(figure) for key, figure in protect(cells, list(relations), POLICY, **more).items()}


def as_lines(body) -> list[str]:
    figures = protect(*grid(body), POLICY)
    rows, columns = [*range(len(body)), "all"], [*range(len(body[0])), "all"]
    return [" ".join(str(figures[row, column]) for column in columns) for row in rows]


def test_a_count_from_1_to_7_is_hidden_and_a_nought_is_shown():
    assert shown({"none": 0, "one": 1, "seven": 7, "eight": 8}) == {
        "none": "0",
        "one": "*",
        "seven": "*",
        "eight": "10",
    }


def test_a_count_nobody_recorded_is_neither_a_nought_nor_hidden():
    assert shown({"returned": None}) == {"returned": "not recorded"}


def test_a_hidden_count_takes_the_smallest_other_of_its_line_with_it():
    line = Relation("all", ("a", "b", "c"))

    assert shown({"a": 3, "b": 50, "c": 20, "all": 73}, [line]) == {
        "a": "*",
        "b": "50",
        "c": "*",
        "all": "75",
    }


def test_no_nought_is_taken_for_that_the_total_goes_instead():
    line = Relation("all", ("a", "b", "c"))

    assert shown({"a": 7, "b": 0, "c": 0, "all": 7}, [line]) == {"a": "*", "b": "0", "c": "0", "all": "*"}


def test_in_rows_and_columns_four_cells_are_hidden_for_one_and_no_total():
    assert as_lines([[3, 20, 40], [30, 50, 12], [60, 70, 80]]) == [
        "* * 40 65",
        "* * 10 90",
        "60 70 80 210",
        "95 140 130 365",
    ]


def test_two_hidden_counts_that_can_only_be_one_each_take_a_third_with_them():
    line = Relation("all", ("a", "b", "c"))

    assert shown({"a": 1, "b": 1, "c": 8, "all": 10}, [line]) == {"a": "*", "b": "*", "c": "*", "all": "10"}


def test_the_third_takes_another_with_it_in_its_own_line_and_the_needles_of_that():
    across = Relation("all", ("a", "b", "c"))
    others = {f"other {number}": 40 + number for number in range(30)}
    down = Relation("all of c", ("c", *others))
    counts = {"a": 1, "b": 1, "c": 8, "all": 10, **others, "all of c": 8 + sum(others.values())}
    needles = {"needles": Cell(900, people="other 0")}

    figures = shown(counts | needles, [across, down])

    assert [key for key in figures if figures[key] == "*"] == ["a", "b", "c", "other 0", "needles"]


def test_a_yes_cannot_be_had_by_taking_the_no_from_everybody():
    answers = Relation("everybody", ("yes", "no"))

    assert shown({"yes": 4, "no": 96, "everybody": 100}, [answers]) == {
        "yes": "*",
        "no": "*",
        "everybody": "100",
    }


def test_many_rounded_counts_leave_enough_doubt_that_two_hidden_ones_do():
    parts = {f"provider {number}": 40 for number in range(20)}
    figures = shown({"small": 2, **parts, "all": 802}, [Relation("all", ("small", *parts))])

    assert list(figures.values()).count("*") == 2


def test_what_a_manager_knows_of_the_own_service_does_not_uncover_the_neighbour():
    line = Relation("all", ("own", "neighbour", "third"))
    counts = {"own": 5, "neighbour": 4, "third": 90, "all": 99}

    assert shown(counts, [line])["third"] == "90"
    assert shown(counts, [line], known={"own"}) == {"own": "*", "neighbour": "*", "third": "*", "all": "100"}


def test_a_count_in_two_tables_is_hidden_in_both():
    by_area = Relation("all", ("north", "south"))
    by_provider = Relation("all", ("one", "two"))
    figures = shown({"north": 5, "south": 0, "all": 5, "one": 5, "two": 0}, [by_area, by_provider])

    assert figures == {"north": "*", "south": "0", "all": "*", "one": "*", "two": "0"}


def test_needles_of_few_people_are_hidden_however_many_they_are():
    figures = shown({"people": 3, "needles": Cell(400, people="people")})

    assert figures == {"people": "*", "needles": "*"}


def test_that_few_people_were_given_nothing_is_hidden_too():
    assert shown({"people": 3, "barrels": Cell(0, people="people")})["barrels"] == "*"


def test_that_many_people_were_given_nothing_is_shown():
    assert shown({"people": 30, "barrels": Cell(0, people="people")})["barrels"] == "0"


def test_a_small_volume_of_many_people_is_a_small_count():
    assert shown({"people": 30, "barrels": Cell(4, people="people")})["barrels"] == "*"


def test_a_small_volume_of_many_people_cannot_be_had_by_taking_the_others_from_the_total():
    people = {"a": 30, "b": 50, "all": 80}
    barrels = {"a": 4, "b": 90, "all": 94}
    cells = people | {("barrels", key): Cell(volume, people=key) for key, volume in barrels.items()}

    figures = shown(cells, [Relation(("barrels", "all"), (("barrels", "a"), ("barrels", "b")))])

    assert [figures["barrels", key] for key in ("a", "b", "all")] == ["*", "*", "95"]


def test_nobody_was_given_nothing_and_that_is_shown():
    assert shown({"people": 0, "needles": Cell(0, people="people")})["needles"] == "0"


def test_that_few_people_were_given_nothing_cannot_be_had_from_what_the_others_were_given():
    people = {"a": 3, "b": 4, "c": 50, "all": 57}
    barrels = {"a": 0, "b": 0, "c": 9, "all": 9}
    cells = people | {("barrels", key): Cell(volume, people=key) for key, volume in barrels.items()}

    figures = shown(cells, [Relation(("barrels", "all"), tuple(("barrels", key) for key in "abc"))])

    assert [figures["barrels", key] for key in ("a", "b", "c", "all")] == ["*", "*", "*", "10"]


def test_a_volume_is_hidden_where_its_people_are_hidden_to_protect_others():
    people = Relation("all", ("a", "b"))
    counts = {"a": 3, "b": 50, "all": 53, "needles": Cell(900, people="b")}

    assert shown(counts, [people])["needles"] == "*"


def test_a_volume_whose_people_nobody_counted_is_hidden():
    assert shown({"people": None, "needles": Cell(900, people="people")})["needles"] == "*"


def test_needles_of_few_people_cannot_be_had_by_taking_the_others_from_the_total():
    counts = {"a": 3, "b": 50, "c": 60, "all": 113}
    needles = {"a": 400, "b": 900, "c": 5000, "all": 6300}
    cells = counts | {("needles", key): Cell(volume, people=key) for key, volume in needles.items()}
    lines = [
        Relation("all", ("a", "b", "c")),
        Relation(("needles", "all"), (("needles", "a"), ("needles", "b"), ("needles", "c"))),
    ]

    figures = shown(cells, lines)

    assert [figures["needles", key] for key in ("a", "b", "c", "all")] == ["*", "*", "5,000", "6,300"]


def test_hidden_people_who_are_counted_at_several_providers_are_hidden_all_the_same():
    line = Relation("all", ("a", "b", "c"), overlapping=True)

    assert shown({"a": 3, "b": 50, "c": 20, "all": 70}, [line]) == {
        "a": "*",
        "b": "50",
        "c": "*",
        "all": "70",
    }


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"a": 9, "b": 9, "all": 17}, Relation("all", ("a", "b"))),
        ({"a": 9, "b": 9, "all": 19}, Relation("all", ("a", "b"), overlapping=True)),
        ({"a": 9, "b": 9, "all": 8}, Relation("all", ("a", "b"), overlapping=True)),
    ],
)
def test_counts_that_contradict_each_other_are_refused(counts, line):
    with pytest.raises(DoesNotAddUp):
        shown(counts, [line])


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"a": -1, "all": -1}, Relation("all", ("a",))),
        ({"a": 9, "all": 18}, Relation("all", ("a", "a"))),
        ({"a": 9, "all": Cell(9, people="a")}, Relation("all", ("a",))),
        ({"a": 9, "v": Cell(9, people="a"), "all": Cell(9, people="v")}, Relation("v", ("all",))),
    ],
)
def test_counts_that_make_no_sense_are_refused(counts, line):
    with pytest.raises(ValueError):
        shown(counts, [line])


@pytest.mark.parametrize("more", [{"relations": [Relation("all", ("a",))]}, {"known": {"b"}}])
def test_a_cell_that_is_not_there_is_refused(more):
    with pytest.raises(KeyError):
        shown({"a": 9}, **more)


@given(tables(), overlaps)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_whatever_is_shown_is_the_true_count_rounded_and_a_nought_always_is(body, overlaps):
    cells, relations = grid(body, overlaps)

    figures = protect(cells, relations, POLICY)

    for key, figure in figures.items():
        assert figure.is_suppressed or figure.value == 5 * round(cells[key].value / 5)
        assert cells[key].value or figure.value == 0
        assert figure.is_suppressed or not 1 <= cells[key].value <= 7


@given(tables(), overlaps)
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_no_line_is_left_with_one_hidden_count_beside_others_that_are_shown(body, overlaps):
    cells, relations = grid(body, overlaps)

    figures = protect(cells, relations, POLICY)

    for line in relations:
        counted = [key for key in (line.total, *line.parts) if cells[key].value]
        assert len(counted) == 1 or sum(figures[key].is_suppressed for key in counted) != 1


@given(tables(), overlaps)
@settings(max_examples=50, deadline=None, derandomize=True, database=None)
def test_the_same_counts_always_give_the_same_figures(body, overlaps):
    assert protect(*grid(body, overlaps), POLICY) == protect(*grid(body, overlaps), POLICY)


def test_a_report_of_twelve_areas_and_a_hundred_and_fifty_providers_takes_no_time():
    """Measured at 0.05 seconds; the bound leaves room for a slow machine."""
    cells, relations = year_report(Random(7))

    started = time.process_time()
    protect(cells, relations, POLICY)

    assert time.process_time() - started < 0.5


def year_report(random: Random):
    """Six measures by twelve areas and five cohorts, and by 150 providers, sharing the total of each measure."""
    choices = [0, 1, 2, 5, 7, 9, 14, 30, 120, 400, 800]
    people = [[random.choice(choices) for _ in range(5)] for _ in range(12)]
    at_providers = [random.choice([0, 1, 3, 6, 8, 12, 40, 90, 200]) for _ in range(150)]
    cells, relations = {}, []
    for measure, each in {
        "people": 1,
        "visits": 4,
        "needles": 80,
        "barrels": 3,
        "sets": 1,
        "returned": 60,
    }.items():
        volumes = [[each * count for count in row] for row in people]
        by_area, lines = grid(volumes, [] if each > 1 or measure == "sets" else [2, 3, 1])
        rests = (lambda *key: None) if measure == "people" else lambda *key: ("people", *key)
        cells |= {(measure, *key): Cell(cell.value, rests(*key)) for key, cell in by_area.items()}
        relations += [
            Relation((measure, *line.total), tuple((measure, *part) for part in line.parts), line.overlapping)
            for line in lines
        ]
        total = by_area["all", "all"].value
        share = [total * count // sum(at_providers) for count in at_providers]
        share[-1] += total - sum(share)
        cells |= {
            (measure, "provider", n): Cell(count, rests("provider", n)) for n, count in enumerate(share)
        }
        parts = tuple((measure, "provider", n) for n in range(150))
        relations.append(Relation((measure, "all", "all"), parts, measure == "people"))
    return cells, relations
