"""A file that is no postcode file, or a damaged or malicious one, changes nothing, and one sentence says why."""

import gzip
import io
import random
import zipfile

import pytest

from ims.geography.loading import files
from ims.geography.loading.files import FileRefused, opened
from ims.geography.loading.rows import Reading, rows_of
from tests.geography import made_files as made
from tests.geography.made_files import LIVERPOOL

pytestmark = pytest.mark.django_db

GOOD = made.simple(made.some_postcodes(400))


def test_a_file_that_is_not_there_is_refused(refuse, tmp_path):
    assert "'absent.csv' cannot be read: No such file or directory." in refuse(tmp_path / "absent.csv")


def test_a_folder_is_refused(refuse, tmp_path):
    assert "cannot be read: Is a directory" in refuse(tmp_path)


def test_an_empty_file_is_refused(refuse, tmp_path):
    assert "is empty" in refuse(made.write(tmp_path, "x.csv", ""))


def test_a_header_without_rows_is_refused(refuse, tmp_path):
    assert "holds no postcodes" in refuse(made.write(tmp_path, "x.csv", made.simple([])))


def test_a_web_page_saved_in_place_of_the_download_is_refused(refuse, tmp_path):
    page = "<!DOCTYPE html>\n<html><body>Please sign in</body></html>\n"

    assert "'x.zip' is not a zip, whatever its name says" in refuse(made.write(tmp_path, "x.zip", page))
    assert "names no postcode column" in refuse(made.write(tmp_path, "x.csv", page))


def test_a_picture_is_refused(refuse, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50 + b"\n")

    assert "names no postcode column" in refuse(path)


def test_a_header_without_postcode_or_authority_is_refused(refuse, tmp_path):
    assert "names no postcode column" in refuse(made.write(tmp_path, "x.csv", "name,lad25cd\nA,E08000012\n"))
    assert "names no authority column" in refuse(
        made.write(tmp_path, "x.csv", "postcode,lad25nm\nL1 0AA,Liverpool\n")
    )


def test_a_file_without_header_that_is_not_code_point_open_is_refused(refuse, tmp_path):
    assert "no header and 2 columns" in refuse(made.write(tmp_path, "x.csv", "L1 0AA,E08000012\n"))


def test_a_zip_without_a_csv_file_is_refused(refuse, tmp_path):
    assert "a zip without a CSV file in it" in refuse(made.write_zip(tmp_path, "x.zip", readme_txt="nothing"))


def test_a_zip_cut_short_is_refused(refuse, tmp_path):
    path = made.write_zip(tmp_path, "x.zip", Data__x_csv=GOOD)
    path.write_bytes(path.read_bytes()[:-60])

    assert "is damaged or was cut short. Download it again." in refuse(path)


def test_a_zip_with_a_wrong_checksum_is_refused(refuse, tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("x.csv", GOOD)
    path.write_bytes(path.read_bytes().replace(b"L1 0BA,E08000012", b"L1 0BA,E08000013"))

    assert "is damaged or was cut short" in refuse(path)


def test_a_gzip_cut_short_is_refused(refuse, tmp_path):
    path = made.write(tmp_path, "x.csv.gz", GOOD)
    path.write_bytes(path.read_bytes()[:-9])

    assert "is damaged or was cut short" in refuse(path)


def test_a_gzip_with_a_wrong_checksum_is_refused(refuse, tmp_path):
    path = made.write(tmp_path, "x.csv.gz", GOOD)
    damaged = bytearray(path.read_bytes())
    damaged[-8] ^= 1
    path.write_bytes(damaged)

    assert "is damaged or was cut short" in refuse(path)


def test_a_csv_cut_in_the_middle_of_a_line_is_refused(refuse, tmp_path):
    assert "stops in the middle of a line: it was cut short" in refuse(
        made.write(tmp_path, "x.csv", GOOD[:-5])
    )


def test_a_zip_with_a_password_is_refused(refuse, tmp_path):
    path = made.write_zip(tmp_path, "x.zip", x_csv=GOOD)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the table of contents
    path.write_bytes(data)

    assert "packed in a way that cannot be read" in refuse(path)


def test_a_zip_packed_by_another_method_is_refused(refuse, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.csv", GOOD)

    assert "packed in a way that cannot be read" in refuse(tmp_path / "x.zip")


def test_a_postcode_that_is_there_twice_is_refused(refuse, tmp_path):
    text = made.simple([*made.some_postcodes(20), ("L1 0AA", LIVERPOOL)])

    assert "holds a postcode twice: L1 0AA." in refuse(made.write(tmp_path, "x.csv", text))


def test_a_line_without_an_end_is_refused(refuse, tmp_path):
    text = "postcode,lad25cd\r\n" + "x" * (files.LONGEST_LINE + 1)

    assert "has a line of over 20,000 characters: not postcodes" in refuse(
        made.write(tmp_path, "x.csv", text)
    )


def test_a_quotation_mark_that_is_never_closed_is_refused(refuse, tmp_path):
    text = 'postcode,lad25cd\r\n"L1 0AA,E08000012\r\n' + "L1 0AB,E08000012\r\n" * 10_000

    assert "is not a CSV file" in refuse(made.write(tmp_path, "x.csv", text))


def test_a_zip_that_unpacks_to_too_much_is_refused(refuse, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 1_000)

    assert "unpacks to over 1,000 characters" in refuse(made.write_zip(tmp_path, "x.zip", x_csv=GOOD))


def test_a_gzip_that_unpacks_to_too_much_is_refused(refuse, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 1_000)

    assert "unpacks to over 1,000 characters" in refuse(made.write(tmp_path, "x.csv.gz", GOOD))


def test_a_zip_of_too_many_files_is_refused(refuse, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_MEMBERS", 2)

    assert "holds over 2 files" in refuse(made.write_zip(tmp_path, "x.zip", a_csv="", b_csv="", c_csv=""))


def test_nothing_of_a_zip_reaches_the_disk_and_its_names_cannot_command_a_terminal(refuse, tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../escaped\x1b[31m.csv", "neither,nor\r\n")

    reason = refuse(path)

    assert "\x1b" not in reason
    assert sorted(file.name for file in tmp_path.iterdir()) == ["before_2025.4.csv", "x.zip"]
    assert not (tmp_path.parent / "escaped\x1b[31m.csv").exists()


def test_whatever_byte_of_a_packed_file_is_damaged_the_answer_is_never_a_traceback(tmp_path):
    chance = random.Random(5)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Data/x.csv", GOOD)
        archive.writestr("Doc/metadata.txt", made.METADATA.format(area="L", rows=400))

    refused = 0
    for original in [packed.getvalue(), gzip.compress(GOOD.encode())]:
        for _ in range(300):
            damaged = bytearray(original)
            damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
            refused += not reads(tmp_path, bytes(damaged))

    assert refused > 400  # most damage shows; none of it escapes


def reads(folder, content: bytes) -> bool:
    (folder / "x").write_bytes(content)
    try:
        with opened(folder / "x") as source:
            reading = Reading()
            for _ in rows_of(source, reading):
                pass
            reading.judge(source, smaller=False)
    except FileRefused:
        return False
    return True
