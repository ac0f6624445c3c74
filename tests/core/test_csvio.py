import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ims.core.csvio import neutral, plain, write_rows

FORMULA_MARKS = ["=", "+", "-", "@", "\t", "\r"]
awkward_text = (
    st.text(st.sampled_from([*FORMULA_MARKS, "'", '"', ",", "\n", "a", "é", " "]), max_size=12) | st.text()
)


@pytest.mark.parametrize("mark", FORMULA_MARKS)
def test_text_that_begins_like_a_formula_is_marked_as_text(mark):
    assert neutral(f"{mark}1+1") == f"'{mark}1+1"


@pytest.mark.parametrize("cell", [-3, -0.5, Decimal("-1.20"), 0, None, date(2026, 11, 5)])
def test_what_is_not_text_is_left_alone(cell):
    assert neutral(cell) is cell


@pytest.mark.parametrize("cell", ["", "O'Neill", "1-2", "a=b", "'quoted'", "L1 0AA"])
def test_ordinary_text_is_left_alone(cell):
    assert neutral(cell) == cell
    assert plain(cell) == cell


@given(awkward_text)
def test_every_text_reads_back_as_it_was_written(text):
    assert plain(neutral(text)) == text


@given(awkward_text)
def test_no_written_text_begins_like_a_formula(text):
    assert not str(neutral(text)).startswith(tuple(FORMULA_MARKS))


@given(st.lists(st.lists(awkward_text, min_size=1, max_size=4), max_size=5))
def test_a_file_reads_back_as_the_rows_it_was_made_from(rows):
    written = "".join(write_rows(rows))

    read = [[plain(cell) for cell in row] for row in csv.reader(io.StringIO(written, newline=""))]

    assert read == rows


def test_a_missing_value_is_an_empty_cell_and_a_negative_number_stays_a_number():
    assert "".join(write_rows([["returned", None, -4]])) == "returned,,-4\r\n"


def test_rows_are_written_as_they_come_and_not_held_until_the_last():
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield ["x"]

    first = next(write_rows(endless()))

    assert first.startswith("x\r\nx\r\n")
    assert len(taken) <= 1000
