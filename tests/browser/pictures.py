"""The pictures of the README, taken of what `make demo` shows. Run on purpose: pytest tests/browser/pictures.py"""

from pathlib import Path

import pytest

from clients.models import Client
from ims.bulk.models import Upload
from ims.operations.demo.activity import record_activity
from tests import database
from tests.browser.gallery import Gallery
from tests.browser.stage import set_the_stage
from tests.makers import NOW

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parents[2] / "docs"
CLIENT = {"width": 1100, "height": 1000}  # ends below a chart
COUNTER = {"width": 1100, "height": 920}  # ends above the foot of the page


@pytest.fixture(scope="module")
def demo(chromium, site, django_db_blocker, clock):
    """The demo as a newcomer finds it, without the long names that other tests look at."""
    with django_db_blocker.unblock():
        try:
            stage = set_the_stage()
            record_activity(stage.members, NOW)
            first = Client.objects.real().visible_to(stage.actor("pharmacist")).order_by("pk")[0]
            opened = Gallery(chromium, site, stage, {"pharmacist": first})
            yield opened
            opened.close()
        finally:
            database.clean()


def test_the_page_of_a_client_is_pictured(demo):
    page = demo.page_of("pharmacist")
    page.set_viewport_size(CLIENT)

    page.goto(demo.client_of("pharmacist").get_absolute_url())
    page.screenshot(path=DOCS / "client.png")

    assert demo.faults() == []


def test_the_counter_is_pictured(demo):
    page = demo.page_of("pharmacist")
    page.set_viewport_size(COUNTER)

    page.goto("/")
    page.get_by_label("Attributor, IMS ID or own reference").fill(demo.client_of("pharmacist").ims_id)
    page.keyboard.press("Enter")
    page.get_by_text("Last here").wait_for()
    page.screenshot(path=DOCS / "counter.png")

    assert demo.faults() == []


def test_the_check_of_a_file_is_pictured(demo):
    page = demo.page_of("manager")
    page.set_viewport_size({"width": 1280, "height": 970})

    waits = Upload.objects.visible_to(demo.stage.actor("manager")).get(state="checked")
    page.goto(waits.get_absolute_url())
    page.screenshot(path=DOCS / "upload.png", full_page=True)

    assert demo.faults() == []


def test_the_grid_is_pictured(demo):
    page = demo.page_of("pharmacist")
    page.set_viewport_size({"width": 1280, "height": 1010})  # ends below its buttons

    page.goto("/grid/exchanges/")
    page.screenshot(path=DOCS / "grid.png")

    assert demo.faults() == []
