"""Each product, in each of its layouts, becomes the same four columns."""

import pytest

from ims.geography.models import Edition, Postcode
from ims.geography.residence import authority_of
from tests.geography import made_files as made
from tests.geography.made_files import LIVERPOOL, SEFTON, WIRRAL
from tests.geography.real_files import real_file

pytestmark = pytest.mark.django_db

L1 = {"pcds": "L1 0AA", "doterm": ""}
L2_TERMINATED = {"pcds": "L2 0AB", "doterm": "199606"}


def current() -> Edition:
    return Edition.objects.current().get()


def rows() -> list[tuple]:
    return list(
        Postcode.objects.order_by("postcode").values_list(
            "postcode", "authority_code", "ward_code", "lsoa_code"
        )
    )


def test_code_point_open_is_read_area_by_area_out_of_its_zip(load, tmp_path):
    path = made.write_zip(
        tmp_path,
        "codepo_gb.zip",
        Data__CSV__l_csv=made.code_point(
            [("L1 0AA", LIVERPOOL, "E05015289"), ("L1 0AB", LIVERPOOL, "E05015289")]
        ),
        Data__CSV__ch_csv=made.code_point([("CH411AA", WIRRAL, ""), ("CH1 1AA", "", "")]),
        Doc__metadata_txt=made.METADATA.format(area="L", rows=4),
        Doc__headers_csv="PC,PQ,EA\r\nPostcode,Quality,Eastings\r\n",
    )

    load(path)

    assert rows() == [
        ("CH1 1AA", "", "", ""),
        ("CH41 1AA", WIRRAL, "", ""),
        ("L1 0AA", LIVERPOOL, "E05015289", ""),
        ("L1 0AB", LIVERPOOL, "E05015289", ""),
    ]
    assert (current().product, current().name, current().rows) == ("code-point-open", "2026.2", 4)


@pytest.mark.parametrize(
    ("name", "header", "authority", "ward", "lsoa"),
    [
        ("ONSPD_FEB_2024_UK.csv", made.ONSPD_2024, "oslaua", "osward", "lsoa21"),
        ("ONSPD_MAY_2025_UK.csv", made.ONSPD_2025, "lad25cd", "wd25cd", "lsoa21cd"),
        ("NSPL_AUG_2018_UK.csv", made.NSPL_2018, "laua", "ward", "lsoa11"),
        ("NSPL_FEB_2024_UK.csv", made.NSPL_2024, "laua", "ward", "lsoa21"),
        ("NSPL_AUG_2026_UK.csv", made.NSPL_2026, "lad26cd", "wd26cd", "lsoa21cd"),
    ],
)
def test_the_directory_and_the_lookup_are_read_whatever_the_year(
    load, tmp_path, name, header, authority, ward, lsoa
):
    codes = {authority: LIVERPOOL, ward: "E05015289", lsoa: "E01033756"}
    text = made.with_header(header, L1 | codes, L2_TERMINATED | codes)
    path = made.write(tmp_path, name, text)

    load(path)

    assert rows() == [
        ("L1 0AA", LIVERPOOL, "E05015289", "E01033756"),
        ("L2 0AB", LIVERPOOL, "E05015289", "E01033756"),
    ]
    assert current().product == name[:5].strip("_").lower()
    assert current().name.endswith(name[-11:-7])


def test_a_terminated_postcode_keeps_its_authority_and_the_month_of_its_end(load, tmp_path):
    text = made.with_header(made.ONSPD_2025, L2_TERMINATED | {"lad25cd": LIVERPOOL})

    load(made.write(tmp_path, "ONSPD_MAY_2025_UK.csv", text))

    assert Postcode.objects.get().terminated_on.isoformat() == "1996-06-01"
    assert authority_of("L2 0AB").authority_code == LIVERPOOL


def test_the_copy_by_area_that_the_directory_carries_is_not_read_a_second_time(load, tmp_path):
    text = made.with_header(made.ONSPD_2025, L1 | {"lad25cd": LIVERPOOL})
    path = made.write_zip(
        tmp_path,
        "ONSPD.zip",
        Data__ONSPD_MAY_2025_UK_csv=text,
        Data__multi_csv__ONSPD_MAY_2025_UK_L_csv=text,
        Documents__names_csv="LAD25CD,LAD25NM\r\nE08000012,Liverpool\r\n",
    )

    load(path)

    assert (current().rows, current().name) == (1, "May 2025")


def test_a_simple_file_is_read_plain_gzipped_or_zipped(load, tmp_path):
    for number, name in enumerate(["2025.1.csv", "2025.2.csv.gz"], 1):
        load(made.write(tmp_path, name, made.simple([("L1 0AA", LIVERPOOL), (f"L{number} 0AB", SEFTON)])))
    zipped = made.simple([("L1 0AA", WIRRAL), ("L3 0AB", SEFTON)])

    load(made.write_zip(tmp_path, "2025.3.zip", postcodes_csv=zipped))

    assert rows() == [("L1 0AA", WIRRAL, "", ""), ("L3 0AB", SEFTON, "", "")]


def test_a_name_under_the_heading_of_a_code_is_not_taken_for_one(load, tmp_path):
    text = "postcode,authority_code,authority,lsoa21,ward\r\nL1 0AA,E08000012,Liverpool,E01033756,City Centre\r\n"

    load(made.write(tmp_path, "2025.4.csv", text))

    assert rows() == [("L1 0AA", LIVERPOOL, "", "E01033756")]


def test_a_file_marked_as_utf_8_and_one_in_an_old_encoding_are_both_read(load, tmp_path):
    (tmp_path / "2025.1.csv").write_bytes(b"\xef\xbb\xbfpostcode,lad25cd\r\nL1 0AA,E08000012\r\n")
    (tmp_path / "2025.2.csv").write_bytes(b"postcode,lad25cd,name\r\nL1 0AB,W06000001,Ynys M\xf4n\r\n")

    load(tmp_path / "2025.1.csv")
    load(tmp_path / "2025.2.csv")

    assert rows() == [("L1 0AB", "W06000001", "", "")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "postcodes"),
    [
        ("cheshire_merseyside_postcodes.csv.gz", 66_644),
        ("cheshire_merseyside_postcodes_former.csv", 2_705),
        ("codepoint_open_sample.zip", 65_602),
        ("gb_postcode_lad_min.csv.gz", 1_745_849),
    ],
)
def test_the_real_files_load_whole(load, name, postcodes):
    said = load(real_file(name), "--edition", "2025.4")

    assert current().rows == Postcode.objects.count() == postcodes
    assert "malformed" not in said
    assert "not in the list" not in said
