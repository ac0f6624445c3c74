import pytest

from ims.geography.loading.files import FileRefused
from ims.geography.loading.layouts import CODE_POINT_OPEN, recognise
from ims.geography.models import Product
from tests.geography import made_files as made


def columns(header: str) -> dict[str, str]:
    """The names of the columns that are taken from a file with this header."""
    names = header.split(",")
    layout = recognise(names, "the file")
    parts = {part: getattr(layout, part) for part in ("postcode", "authority", "ward", "lsoa", "terminated")}
    return {part: names[index] for part, index in parts.items() if index is not None}


@pytest.mark.parametrize(
    ("header", "product", "taken"),
    [
        (made.ONSPD_2024, Product.ONSPD, ["pcds", "oslaua", "osward", "lsoa21", "doterm"]),
        (made.ONSPD_2025, Product.ONSPD, ["pcds", "lad25cd", "wd25cd", "lsoa21cd", "doterm"]),
        (made.NSPL_2018, Product.NSPL, ["pcds", "laua", "ward", "lsoa11", "doterm"]),
        (made.NSPL_2024, Product.NSPL, ["pcds", "laua", "ward", "lsoa21", "doterm"]),
        (made.NSPL_2026, Product.NSPL, ["pcds", "lad26cd", "wd26cd", "lsoa21cd", "doterm"]),
    ],
    ids=["ONSPD to 2024", "ONSPD 2025", "NSPL 2018", "NSPL 2024", "NSPL 2026"],
)
def test_the_columns_of_each_product_and_year_are_found(header, product, taken):
    assert list(columns(header).values()) == taken
    assert recognise(header.split(","), "the file").product == product


def test_a_year_that_is_still_to_come_is_read_like_those_before():
    assert columns("PCDS,DOINTR,DOTERM,LAD29CD,WD29CD,LSOA21CD")["authority"] == "LAD29CD"


def test_of_two_years_side_by_side_the_later_is_taken():
    assert columns("postcode,lad24cd,lad25cd,lsoa11cd,lsoa21cd") == {
        "postcode": "postcode",
        "authority": "lad25cd",
        "lsoa": "lsoa21cd",
    }


def test_a_simple_file_needs_only_postcode_and_authority():
    assert columns("postcode,lad25cd") == {"postcode": "postcode", "authority": "lad25cd"}
    assert columns("postcode,authority_code,authority,lsoa21,ward") == {
        "postcode": "postcode",
        "authority": "authority_code",
        "ward": "ward",
        "lsoa": "lsoa21",
    }


def test_a_file_without_header_is_code_point_open():
    row = [
        "L1 0AA",
        "10",
        "334864",
        "389326",
        "E92000001",
        "E19000001",
        "E18000002",
        "",
        "E08000012",
        "E05015289",
    ]

    assert recognise(row, "l.csv") is CODE_POINT_OPEN


def test_a_file_without_header_and_with_other_columns_is_refused_with_both_numbers():
    with pytest.raises(
        FileRefused, match=r"'l\.csv' has no header and 2 columns, where Code-Point Open has 10"
    ):
        recognise(["L1 0AA", "E08000012"], "'l.csv'")


def test_a_header_without_a_postcode_is_refused():
    with pytest.raises(FileRefused, match=r"names no postcode column \(pcds, pcd or postcode\)"):
        recognise(["name", "lad25cd"], "the file")


def test_a_header_without_an_authority_is_refused():
    with pytest.raises(FileRefused, match="names no authority column"):
        recognise(["postcode", "lad25nm"], "the file")
