"""Every page, for everybody who may see it: axe finds nothing at a desk or on a phone, and nothing runs off the side."""

import pytest
from django.urls import reverse

from tests.browser import axe
from tests.browser.reflow import DESK, PHONE, too_wide
from tests.browser.visits import NO_PAGE, all_visits, named_views, not_visited

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=all_visits(), ids=str)
def page(request, gallery):
    opened = request.param.open(gallery)
    yield opened
    opened.close()
    assert gallery.faults() == []


def test_axe_finds_nothing_at_a_desk(page):
    page.set_viewport_size(DESK)

    assert axe.violations(page) == []


def test_axe_finds_nothing_on_a_phone(page):
    page.set_viewport_size(PHONE)

    assert axe.violations(page) == []


def test_nothing_runs_off_the_side_of_a_phone(page):
    page.set_viewport_size(PHONE)

    assert too_wide(page) == []


def test_every_address_of_the_site_is_visited():
    assert not_visited(name for name, _ in named_views()) == []


@pytest.mark.parametrize("name", NO_PAGE)
@pytest.mark.parametrize("who", ["manager", "analyst"])
def test_an_address_that_is_not_visited_has_no_page_to_show(gallery, name, who):
    path = reverse(name, args=NO_PAGE[name](gallery, who))

    answer = gallery.page_of(who).request.get(path, max_redirects=0)

    assert answer.status in (302, 403) or "attachment" in answer.headers["content-disposition"]


def test_an_address_that_nobody_visits_is_found():
    assert not_visited(["home", "clients:planted", "reference-csv"]) == ["clients:planted"]
