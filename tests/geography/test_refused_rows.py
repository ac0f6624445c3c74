"""A file whose rows are wrong, or too few, changes nothing; a few wrong rows are left out and named."""

import pytest

from ims.geography.loading.files import FileRefused, opened
from ims.geography.loading.rows import Reading, rows_of
from ims.geography.models import Edition, Postcode
from tests.geography import made_files as made
from tests.geography.made_files import LIVERPOOL

pytestmark = pytest.mark.django_db


def test_code_point_open_with_fewer_rows_than_it_says_of_itself_is_refused(refuse, load, tmp_path):
    path = made.write_zip(
        tmp_path,
        "x.zip",
        Data__CSV__l_csv=made.code_point(
            [(postcode, LIVERPOOL, "") for postcode, _ in made.some_postcodes(20)]
        ),
        Doc__metadata_txt=made.METADATA.format(area="L", rows=41_835),
    )

    assert "says of itself that it holds 41,835 rows, and holds 20" in refuse(path)
    assert "Loaded" in load(path, "--smaller")


def test_more_than_one_malformed_row_in_a_thousand_is_refused_with_the_first_by_number(refuse, tmp_path):
    text = made.simple([*made.some_postcodes(20), ("L1", LIVERPOOL), ("L5 0AA", "Liverpool"), ("L6 0AA",)])

    reason = refuse(made.write(tmp_path, "x.csv", text))

    assert "3 of 23 rows are malformed" in reason
    assert "row 22 of 'x.csv' has 'L1' for a postcode" in reason
    assert "row 23 of 'x.csv' has 'Liverpool' for an authority" in reason
    assert "row 24 of 'x.csv' has 1 columns in place of 2" in reason


def test_a_file_that_is_malformed_throughout_is_not_read_to_its_end(tmp_path):
    path = made.write(tmp_path, "x.csv", made.simple([("nowhere", LIVERPOOL)] * 20_000))

    with opened(path) as source, pytest.raises(FileRefused, match=r"5,000 of 5,000 rows are malformed"):
        list(rows_of(source, Reading()))


def test_fewer_malformed_rows_are_left_out_counted_and_named(load, tmp_path):
    text = made.simple([*made.some_postcodes(2_000), ("L1", LIVERPOOL), *made.some_postcodes(2_001)[-1:]])

    said = load(made.write(tmp_path, "2025.4.csv", text))

    assert "1 malformed rows were left out: row 2002 of '2025.4.csv' has 'L1' for a postcode." in said
    assert Edition.objects.get().rows == Postcode.objects.count() == 2_001


def test_empty_lines_are_nobodys_rows(load, tmp_path):
    said = load(made.write(tmp_path, "2025.4.csv", made.simple(made.some_postcodes(5)) + "\r\n\r\n"))

    assert "5 postcodes" in said
    assert "malformed" not in said


def test_far_fewer_postcodes_than_are_loaded_now_are_refused_until_asked_for(refuse, load, tmp_path):
    path = made.write(tmp_path, "x.csv", made.simple(made.some_postcodes(4)))

    assert "holds 4 postcodes and the current edition (Other, 2025.4) 10" in refuse(path)
    assert "Loaded Other, 2026.1: 4 postcodes." in load(path, "--edition", "2026.1", "--smaller")


def test_half_as_many_postcodes_as_are_loaded_now_are_enough(load, loaded, tmp_path):
    assert "Loaded" in load(made.write(tmp_path, "2026.1.csv", made.simple(made.some_postcodes(5))))
