"""Through every box of a page by Tab, in the order it is read, always seeing where one is: at a desk and on a phone."""

import pytest

from tests.browser.gallery import LONG_NAMED, STRANGER
from tests.browser.reflow import DESK, PHONE
from tests.browser.walking import walk

pytestmark = pytest.mark.browser
PAGES = [
    (STRANGER, "/sign-in/"),
    (STRANGER, "/reference/"),
    ("pharmacist", "/"),
    ("pharmacist", "/clients/new/"),
    ("pharmacist", "/clients/{ref}/"),
    ("pharmacist", "/clients/{ref}/correct/"),
    ("pharmacist", "/clients/{ref}/consent/"),
    ("pharmacist", "/clients/{ref}/exchanges/new/"),
    ("pharmacist", "/clients/{ref}/brief-interventions/new/"),
    ("pharmacist", "/clients/{ref}/detailed-record/"),
    ("manager", "/local-extract/"),
    (LONG_NAMED, "/staff/"),
    ("analyst", "/reports/"),
    ("analyst", "/reports/year/2026/"),
    ("officer", "/providers/open/"),
]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_tab_reaches_everything_in_the_order_it_is_read_and_one_sees_where_one_is(gallery, who, path, size):
    page = gallery.page_of(who)
    page.set_viewport_size(size)
    page.goto(path.format(ref=gallery.clients[who].ref if who in gallery.clients else ""))

    walked = walk(page)
    page.close()

    assert walked.reached == walked.names
    assert walked.unseen == []
    assert walked.backwards == []
