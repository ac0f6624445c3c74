import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.ims_id import ALPHABET, LENGTH, check_character, is_ims_id, new_ims_id

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def test_a_new_id_is_ten_signs_and_checks():
    ids = {new_ims_id() for _ in range(500)}

    assert len(ids) == 500
    assert all(len(made) == 10 and is_ims_id(made) for made in ids)


def test_no_two_signs_of_the_alphabet_look_alike():
    for pair in ("0O", "1I", "1L", "2Z", "5S", "6G", "8B", "VU", "DO", "QO"):
        assert not set(pair) <= set(ALPHABET), pair
    assert len(ALPHABET) == 23  # a prime, on which the check character rests


@given(bodies, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(body, place, sign):
    right = body + check_character(body)
    wrong = right[:place] + sign + right[place + 1 :]

    assert is_ims_id(wrong) == (wrong == right)


@given(bodies, st.integers(0, LENGTH - 2))
def test_two_neighbours_swapped_are_always_noticed(body, place):
    right = body + check_character(body)
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]

    assert is_ims_id(swapped) == (swapped == right)


@pytest.mark.parametrize("spelled", ["{}", " {} ", "{}".lower()])
def test_an_id_is_taken_as_people_write_it(spelled):
    made = new_ims_id()

    assert is_ims_id(spelled.format(made.lower()))
    assert is_ims_id(f"{made[:5]}-{made[5:]}")


def test_an_id_says_nothing_about_the_person():
    assert re.fullmatch("[23456789ACEFHJKMNPRTWXY]{10}", new_ims_id())
