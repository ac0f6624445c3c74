"""What is unusual of a file, by what the files of the service usually do."""

import pytest

from tests.bulk.sending import HEADINGS, confirm, record, send

pytestmark = pytest.mark.django_db
FIRST = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"


def rows(number: int) -> str:
    return "".join(FIRST.replace("=10", f"={outs}") for outs in range(11, 11 + number))


def test_many_rows_are_unusual_where_the_latest_files_had_nothing_new(manager):
    record(manager, HEADINGS + FIRST)
    for _ in range(2):
        confirm(manager, send(manager, HEADINGS + FIRST))

    upload = send(manager, HEADINGS + rows(51))

    assert upload.unusual == ["It would record or change 51 rows; your files of this kind usually do 0."]


def test_fifty_are_not(manager):
    record(manager, HEADINGS + FIRST)
    for _ in range(2):
        confirm(manager, send(manager, HEADINGS + FIRST))

    assert send(manager, HEADINGS + rows(50)).unusual == []


def test_nothing_is_known_of_what_is_usual_before_the_first_file(manager):
    assert send(manager, HEADINGS + rows(60)).unusual == []
