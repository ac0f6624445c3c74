"""The search for another table must never say that there is one where there is none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ims.core.figures.attacker import Reader

TIMES = settings(max_examples=600, deadline=None, derandomize=True, database=None)


@st.composite
def readers(draw):
    """Any cells, each in up to three of any relations, and a world that lies within what is known of it."""
    cells, relations = draw(st.integers(2, 10)), draw(st.integers(1, 5))
    members = [[] for _ in range(relations)]
    links = [[] for _ in range(cells)]
    world, low, high = [], [], []
    for cell in range(cells):
        for relation in draw(st.sets(st.integers(0, relations - 1), max_size=3)):
            sign = draw(st.sampled_from([1, 1, -1]))
            members[relation].append((cell, sign))
            links[cell].append((relation, sign))
        low.append(draw(st.integers(0, 8)))
        high.append(low[-1] + draw(st.integers(0, 6)))
        world.append(draw(st.integers(low[-1], high[-1])))
    return Reader(members, links, low, high), world


def sums(reader, world):
    return [sum(sign * world[cell] for cell, sign in members) for members in reader.members]


@given(readers(), st.data())
@TIMES
def test_a_table_it_finds_keeps_every_sum_and_lies_within_what_is_shown(given_reader, data):
    reader, world = given_reader
    asked = data.draw(st.integers(0, len(world) - 1))
    changed = world.copy()
    changed[asked] = data.draw(st.integers(reader.low[asked], reader.high[asked]))
    debts = {relation: sign * (changed[asked] - world[asked]) for relation, sign in reader.links[asked]}
    count = changed[asked]

    if not reader.settle(changed, debts, fixed=asked):
        assert sums(reader, changed) == sums(reader, world)
        assert all(
            low <= value <= high for low, value, high in zip(reader.low, changed, reader.high, strict=True)
        )
        assert changed[asked] == count


@given(readers())
@TIMES
def test_what_the_sums_imply_is_true_of_the_table_they_were_taken_from(given_reader):
    reader, world = given_reader

    low, high = reader.implied(world, reader.low, reader.high)

    assert all(least <= count <= most for least, count, most in zip(low, world, high, strict=True))


def test_a_line_of_two_hidden_counts_and_a_shown_total_tells_what_they_can_be():
    parts_and_total = [(0, 1), (1, 1), (2, -1)]
    reader = Reader([parts_and_total], [[(0, 1)], [(0, 1)], [(0, -1)]], [1, 1, 8], [99, 99, 12])

    assert not reader.obstacles([3, 7, 10], 0, 11)
    assert reader.obstacles([3, 7, 10], 0, 12) == {0}
    assert reader.implied([3, 7, 10], reader.low, reader.high) == ([1, 1, 8], [11, 11, 12])
