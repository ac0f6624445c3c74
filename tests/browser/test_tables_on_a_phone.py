"""Tables of words on a phone: each row is a list that is read downwards, and still a table to a screen reader."""

import pytest
from django.urls import reverse

from tests.browser.gallery import LONG_NAMED
from tests.browser.reflow import DESK, PHONE
from tests.browser.visits import ADDRESSES

pytestmark = pytest.mark.browser
OF_WORDS = ["bulk:upload", "bulk:uploads", "layouts:layout", "reference", "reference-list"]
ROLES = {"columnheader", "rowheader", "cell"}
MOVED = """() => [...document.querySelectorAll(".ims-scroll:has(.ims-stacks)")]
  .filter((frame) => frame.scrollWidth > frame.clientWidth).map((frame) => frame.ariaLabel)"""


@pytest.fixture(params=OF_WORDS)
def page(request, gallery):
    opened = gallery.page_of(LONG_NAMED)
    opened.set_viewport_size(PHONE)
    opened.goto(reverse(request.param, args=ADDRESSES[request.param](gallery, LONG_NAMED)))
    yield opened
    opened.close()


def test_no_table_of_words_has_to_be_moved_sideways(page):
    assert page.locator(".ims-stacks").count() > 0
    assert page.evaluate(MOVED) == []


def test_a_screen_reader_finds_the_same_table_as_at_a_desk(page):
    on_a_phone = _read_out(page)
    page.set_viewport_size(DESK)
    at_a_desk = _read_out(page)

    assert {role for role, _ in on_a_phone} == ROLES
    assert on_a_phone == at_a_desk


def _read_out(page) -> list[tuple[str, str]]:
    """Role and words of every part of a table, as the browser tells a screen reader; empty cells are not asked for."""
    told = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    parts = [
        (one["role"]["value"], one.get("name", {}).get("value", "")) for one in told if not one["ignored"]
    ]
    return [(role, words) for role, words in parts if role in ROLES and words]
