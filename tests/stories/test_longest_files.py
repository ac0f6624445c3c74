"""The longest file that is taken, by the settings as they are delivered: 50 MB and a million rows."""

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from ims.bulk.models import UploadFile
from tests.bulk.sending import HEADINGS, send
from tests.stories.document import values_of
from tests.stories.uploading import NEW, the_upload
from tests.stories.visitor import Page, at_work

MB = 1_000_000
PART = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
END = f"\r\n--{BOUNDARY}--\r\n".encode()


class Body(io.RawIOBase):
    """A form with a file of so many bytes, which are made while they are read."""

    def __init__(self, fields: dict[str, list[str]], length: int):
        boxes = [PART.format(name, "") + said + "\r\n" for name, some in fields.items() for said in some]
        self.before = ("".join(boxes) + PART.format("file", '; filename="year.csv"')).encode()
        self.left = self.length = len(self.before) + length + len(END)

    def read(self, size: int = -1) -> bytes:
        size = min(size, self.left)
        done, self.left = self.length - self.left, self.left - size
        piece = self.before[done : done + size]
        piece += b"x" * (size - len(piece))
        return piece[: size - len(END)] + END if not self.left else piece


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


@contextmanager
def at_most(memory: int) -> Iterator[None]:
    """Bytes that Python takes in between, above what it has already."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < memory
    finally:
        tracemalloc.stop()


def sends(manager, length: int) -> Page:
    page = manager.opens("/uploads/")
    body = Body({**values_of(page.form), "layout": ["contacts"]}, length)
    asked = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/uploads/",
        "QUERY_STRING": "",
        "CONTENT_TYPE": MULTIPART_CONTENT,
    }
    return Page(manager.browser.request(**asked, CONTENT_LENGTH=body.length, **{"wsgi.input": body}))


def test_the_most_is_50_mb_and_a_million_rows_and_the_page_says_so(manager):
    assert (settings.UPLOAD_MOST_BYTES, settings.UPLOAD_MOST_ROWS) == (50 * MB, 1_000_000)
    assert "at most 50 MB and 1,000,000 rows" in manager.opens("/uploads/").words


@pytest.mark.parametrize(
    ("length", "said", "most_memory"),
    [(50 * MB + 1, "50.0 MB", 75 * MB), (60 * MB, "60.0 MB", 10 * MB)],
    ids=["a byte more, found by counting", "declared longer, and never kept"],
)
def test_a_file_above_it_is_refused_in_bounded_memory(manager, length, said, most_memory):
    with at_most(most_memory):
        page = sends(manager, length)

    assert page.problems == [
        f"File: The file has {said} or more, and the most is 50 MB. "
        "Split it into smaller files, each with the headings."
    ]


def test_the_longest_that_is_taken_is_kept_as_it_came_and_in_bounded_memory(world, manager):
    with at_most(200 * MB):
        sends(manager, 50 * MB)
        data = UploadFile.objects.bytes_of(the_upload(world))

    assert data == b"x" * 50 * MB


@pytest.mark.parametrize(
    ("blank", "state", "why"),
    [
        (999_999, "checked", ""),
        (
            1_000_000,
            "unreadable",
            "The file has more than 1,000,000 rows, blank ones included. "
            "Split it into smaller files, each with the headings.",
        ),
    ],
    ids=["a million", "one more"],
)
def test_the_row_after_the_millionth_refuses_the_file(world, blank, state, why):
    upload = send(world.pharmacy_manager, HEADINGS + "\n" * blank + NEW)

    assert (upload.state, upload.refusal) == (state, why)
