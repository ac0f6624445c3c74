"""The picture of the README, taken of the demo's data. Run on purpose: pytest tests/browser/pictures.py"""

from pathlib import Path

import pytest

from ims.bulk.models import Upload

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parents[2] / "docs"
WIDE = {"width": 1100, "height": 970}  # ends below an entry


def test_the_page_of_a_client_is_pictured(gallery):
    page = gallery.page_of("pharmacist")
    page.set_viewport_size(WIDE)

    page.goto(gallery.clients["pharmacist"].get_absolute_url())
    page.screenshot(path=DOCS / "client.png")

    assert gallery.faults() == []


def test_the_counter_is_pictured(gallery):
    page = gallery.page_of("pharmacist")
    page.set_viewport_size(WIDE)
    client = gallery.clients["pharmacist"]

    page.goto("/")
    page.get_by_label("Attributor, IMS ID or own reference").fill(client.ims_id)
    page.keyboard.press("Enter")
    page.get_by_text("Last here").wait_for()
    page.screenshot(path=DOCS / "counter.png")

    assert gallery.faults() == []


def test_the_check_of_a_file_is_pictured(gallery):
    page = gallery.page_of("manager")
    page.set_viewport_size(WIDE)

    page.goto(Upload.objects.visible_to(gallery.stage.actor("manager")).latest("pk").get_absolute_url())
    page.screenshot(path=DOCS / "upload.png", full_page=True)

    assert gallery.faults() == []


def test_the_grid_is_pictured(gallery):
    page = gallery.page_of("pharmacist")
    page.set_viewport_size({"width": 1280, "height": 970})

    page.goto("/grid/exchanges/")
    page.screenshot(path=DOCS / "grid.png")

    assert gallery.faults() == []
