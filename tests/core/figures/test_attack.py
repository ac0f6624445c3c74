"""Whatever the counts, a reader who tries every possible table learns nothing of a small one but that it is small."""

import pytest
from hypothesis import HealthCheck, Phase, example, find, given, settings
from hypothesis import strategies as st

from ims.core.figures import suppression
from ims.core.figures.additive import Cell, Relation
from ims.core.figures.policy import Policy
from ims.core.figures.suppression import protect
from tests.core.figures.exhaustive_reader import Belief, ExhaustiveReader, grid

POLICY = Policy()
ENOUGH = settings(
    max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
counts = st.one_of(st.integers(0, 9), st.integers(0, 9), st.integers(8, 30))


def tables(widest=3):
    sizes = st.tuples(st.integers(1, widest), st.integers(1, widest))
    return sizes.flatmap(
        lambda size: st.lists(
            st.lists(counts, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
    )


overlaps = st.lists(st.integers(0, 6), min_size=6, max_size=6)


@given(tables())
@ENOUGH
def test_no_table_of_rows_and_columns_gives_a_small_count_away(body):
    cells, relations = grid(body)

    shown = protect(cells, relations, POLICY)

    assert ExhaustiveReader(cells, relations).leaks(shown) == {}


@pytest.mark.parametrize("belief", Belief)
@given(body=tables(), overlaps=overlaps)
@ENOUGH
def test_nor_where_people_are_counted_in_several_rows_whatever_the_reader_believes_of_that(
    belief, body, overlaps
):
    cells, relations = grid(body, overlaps)

    shown = protect(cells, relations, POLICY)

    assert ExhaustiveReader(cells, relations, belief).leaks(shown) == {}


@given(tables(), st.data())
@ENOUGH
def test_nor_to_a_reader_who_knows_some_of_the_counts(body, data):
    cells, relations = grid(body)
    known = data.draw(st.frozensets(st.sampled_from(list(cells)), min_size=1, max_size=3))

    shown = protect(cells, relations, POLICY, known)

    assert ExhaustiveReader(cells, relations, known=known).leaks(shown) == {}


@pytest.mark.parametrize(
    ("belief", "body", "overlaps", "known"),
    [
        (Belief.KNOWS_THE_OVERLAP, [[3, 8], [23, 7]], [0, 9, 3, 6, 1, 0], ()),
        (
            Belief.ANY_OVERLAP,
            [[29, 0, 7], [4, 7, 8]],
            [1, 0, 0, 0, 6, 0],
            (("all", "all"), (1, "all"), (1, 0)),
        ),
        (Belief.ANY_OVERLAP, [[4, 6, 9], [6, 0, 27]], [6, 0, 6, 9, 9, 3], ()),
        (Belief.NOBODY_IS_COUNTED_TWICE, [[1], [8], [6]], [4, 0, 0, 6], ()),
    ],
)
def test_tables_that_only_one_kind_of_reader_could_have_read(belief, body, overlaps, known):
    """Found by trying many: each is safe from the other two kinds and was not from this one."""
    cells, relations = grid(body, overlaps)

    shown = protect(cells, relations, POLICY, frozenset(known))

    assert ExhaustiveReader(cells, relations, belief, known).leaks(shown) == {}


@given(tables(2), st.integers(1, 3), st.randoms(use_true_random=False))
@ENOUGH
def test_nor_from_two_tables_that_share_their_total(body, providers, random):
    cells, relations = grid(body)
    at = [0] * providers
    for _ in range(cells["all", "all"].value):
        at[random.randrange(providers) if random.random() < 0.3 else 0] += 1
    cells |= {("provider", number): Cell(count) for number, count in enumerate(at)}
    relations.append(Relation(("all", "all"), tuple(("provider", number) for number in range(providers))))

    shown = protect(cells, relations, POLICY)

    assert ExhaustiveReader(cells, relations).leaks(shown) == {}


@given(st.lists(st.lists(counts, min_size=2, max_size=2), min_size=3, max_size=3))
@example([[5, 4], [8, 4], [0, 10]])
@ENOUGH
def test_nor_where_some_rows_have_a_total_of_their_own(body):
    cells, _ = grid(body)
    relations = []
    for column in (0, 1, "all"):
        cells["north", column] = Cell(cells[0, column].value + cells[1, column].value)
        relations.append(Relation(("north", column), ((0, column), (1, column))))
        relations.append(Relation(("all", column), (("north", column), (2, column))))
    relations += [Relation((row, "all"), ((row, 0), (row, 1))) for row in (0, 1, 2, "north", "all")]

    shown = protect(cells, relations, POLICY)

    assert ExhaustiveReader(cells, relations).leaks(shown) == {}


@given(tables(2), st.data())
@ENOUGH
def test_a_volume_of_few_people_cannot_be_told_from_half_as_much_or_half_as_much_again(body, data):
    cells, relations = grid(body)
    volumes = [[people and data.draw(st.integers(0, 25)) for people in row] for row in body]
    needles, needle_relations = grid(volumes)
    cells |= {("needles", *key): Cell(cell.value, people=key) for key, cell in needles.items()}
    relations += [
        Relation(("needles", *relation.total), tuple(("needles", *part) for part in relation.parts))
        for relation in needle_relations
    ]

    shown = protect(cells, relations, POLICY)

    reader = ExhaustiveReader(cells, relations, hint=30)
    for key, cell in cells.items():
        if cell.people and 1 <= cells[cell.people].value <= 7 and cell.value > 7:
            margin = -(-cell.value // 2)
            assert reader.excluded(shown, key, {cell.value - margin, cell.value + margin}) == set()


@pytest.mark.parametrize("left_out", ["_hide", "_keep_in_doubt"])
def test_the_reader_of_these_tests_would_find_what_a_weaker_protection_leaves(left_out, monkeypatch):
    """Without any second cell, and with a second in every line but no regard to what the two add up to."""
    monkeypatch.setattr(suppression, left_out, lambda *_: None)

    def gives_away(body):
        cells, relations = grid(body)
        return bool(ExhaustiveReader(cells, relations).leaks(protect(cells, relations, POLICY)))

    assert find(tables(), gives_away, settings=settings(ENOUGH, phases=[Phase.generate]))
