from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ims.core.dates import NotADay, age_on, parse_day, start_of_financial_year, today

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    "typed",
    ["5/5/1985", "05/05/1985", "5/5/85", "050585", "05051985", "5-5-1985", "5.5.85", "5 5 1985", "1985-05-05",
     "5 May 1985", "5 may 85", "05MAY1985"],
)  # fmt: skip
def test_british_and_iso_ways_of_writing_a_day_are_read(typed):
    assert parse_day(typed, today=TODAY) == date(1985, 5, 5)


@pytest.mark.parametrize(
    ("typed", "year"), [("1/1/26", 2026), ("1/1/27", 1927), ("1/1/00", 2000), ("1/1/99", 1999)]
)
def test_a_year_of_two_digits_is_the_latest_that_is_not_after_this_one(typed, year):
    assert parse_day(typed, today=TODAY).year == year


@pytest.mark.parametrize("typed", ["31/02/2026", "00/01/2026", "12/13/2026", "310285", "29/02/2025"])
def test_a_day_that_does_not_exist_is_refused_with_the_reason(typed):
    with pytest.raises(NotADay, match="There is no such day"):
        parse_day(typed, today=TODAY)


@pytest.mark.parametrize(
    "typed", ["", "yesterday", "5/5", "5/5/198", "19850505x", "5 Mai 1985", "1/1/0000", "٥/٥/1985"]
)
def test_what_is_no_date_is_refused_with_words(typed):
    with pytest.raises(NotADay):
        parse_day(typed, today=TODAY)


@given(st.dates(date(1900, 1, 1), date(2026, 6, 15)))
def test_a_day_written_out_reads_back_as_the_same_day(day):
    assert parse_day(f"{day:%d/%m/%Y}", today=TODAY) == day
    assert parse_day(day.isoformat(), today=TODAY) == day


def test_a_day_is_a_day_in_london():
    assert today(datetime(2026, 6, 15, 23, 30, tzinfo=UTC)) == date(2026, 6, 16)
    assert today(datetime(2026, 1, 15, 23, 30, tzinfo=UTC)) == date(2026, 1, 15)


def test_age_grows_on_the_birthday():
    assert age_on(date(1985, 6, 16), TODAY) == 40
    assert age_on(date(1985, 6, 15), TODAY) == 41


def test_a_financial_year_begins_on_the_first_of_april():
    assert start_of_financial_year(date(2026, 3, 31)) == date(2025, 4, 1)
    assert start_of_financial_year(date(2026, 4, 1)) == date(2026, 4, 1)
