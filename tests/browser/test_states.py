"""Pages as they are after something was done or went wrong: as sound as the pages one comes to first."""

import pytest

import tests.browser.states_of_accounts
import tests.browser.states_of_records
import tests.browser.states_of_uploads  # noqa: F401 - each adds what it holds
from tests.browser import axe
from tests.browser.reflow import DESK, PHONE, too_wide
from tests.browser.states import STATES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=STATES)
def page(request, gallery):
    with pytest.MonkeyPatch.context() as patch:
        opened = STATES[request.param](gallery, patch)
        opened.wait_for_load_state()
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
