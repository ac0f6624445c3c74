from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.attributor import (
    DUMMY_BORN,
    Attributor,
    Likeness,
    NotAnAttributor,
    likeness,
    parse_attributor,
    slips_of,
)

TODAY = date(2026, 6, 15)
AB = Attributor("A", "B", date(1985, 5, 12), "M")

letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
attributors = st.builds(
    Attributor, letters, letters, st.dates(date(1917, 1, 1), date(2016, 12, 31)), st.sampled_from("MF")
)


@pytest.mark.parametrize(
    "typed",
    ["ab120585m", "AB12051985M", "a b 12/05/1985 m", "ab 12.5.85 m", "A.B 12-05-1985 M", " ab120585M "],
)
def test_an_attributor_is_read_however_it_is_typed(typed):
    assert parse_attributor(typed, today=TODAY) == AB


@pytest.mark.parametrize("typed", ["", "ab", "ab120585", "120585m", "abc120585m", "ab120585x", "á120585m"])
def test_what_lacks_a_part_is_refused_with_an_example(typed):
    with pytest.raises(NotAnAttributor, match="for example ab050585m"):
        parse_attributor(typed, today=TODAY)


def test_a_day_that_does_not_exist_is_named_in_the_refusal():
    with pytest.raises(NotAnAttributor, match="no such day as 31/02/85"):
        parse_attributor("ab310285m", today=TODAY)


@given(attributors)
def test_the_text_of_an_attributor_reads_back_as_the_same(attributor):
    assert parse_attributor(attributor.text(), today=TODAY) == attributor


def test_the_dummy_is_known_by_initials_and_date_whatever_the_sex():
    assert Attributor("X", "X", DUMMY_BORN, "F").is_dummy()
    assert not Attributor("X", "X", date(1955, 5, 6), "F").is_dummy()


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (AB, Likeness.SAME),
        (Attributor("A", "B", date(1985, 12, 5), "M"), Likeness.DAY_AND_MONTH),
        (Attributor("B", "A", date(1985, 5, 12), "M"), Likeness.INITIALS),
        (Attributor("A", "B", date(1985, 5, 12), "F"), Likeness.SEX),
        (Attributor("A", "B", date(1985, 5, 13), "M"), Likeness.ONE_DIGIT),
        (Attributor("A", "B", date(1995, 5, 12), "M"), Likeness.ONE_DIGIT),
        (Attributor("A", "C", date(1985, 5, 12), "M"), None),
        (Attributor("B", "A", date(1985, 5, 13), "M"), None),
        (Attributor("A", "B", date(1986, 5, 13), "M"), None),
        (Attributor("A", "B", date(1985, 5, 13), "F"), None),
    ],
)
def test_one_slip_is_noticed_and_named_and_two_are_not(other, expected):
    assert likeness(AB, other) == expected


@given(attributors, attributors)
def test_likeness_is_the_same_from_both_sides(one, other):
    assert likeness(one, other) == likeness(other, one)


@given(attributors, st.sampled_from("0123456789"), st.integers(0, 7))
def test_every_slip_of_one_digit_is_among_those_looked_for(attributor, digit, place):
    written = f"{attributor.born:%d%m%Y}"
    slipped = written[:place] + digit + written[place + 1 :]
    try:
        day = date(int(slipped[4:]), int(slipped[2:4]), int(slipped[:2]))
    except ValueError:
        return

    assert day in slips_of(attributor.born)
