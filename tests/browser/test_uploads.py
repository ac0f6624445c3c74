"""Sending a file in a browser: with scripts the page goes on by itself, without them it is looked at again."""

import pytest

from ims.bulk.models import Upload
from ims.core import jobs
from tests.browser.stage import PASSWORDS, STORY
from tests.bulk.sending import HEADINGS

pytestmark = STORY
ROWS = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"


@pytest.fixture
def manager(a_browser):
    """Signs the manager in, at a browser with these options."""

    def sign_in(**options):
        page = a_browser(**options)
        page.goto("/uploads/")
        page.get_by_label("Username").fill("manager")
        page.get_by_label("Password").fill(PASSWORDS["manager"])
        page.get_by_role("button", name="Sign in").click()
        return page

    return sign_in


def _sends(page):
    file = {"name": "quarter.csv", "mimeType": "text/csv", "buffer": (HEADINGS + ROWS).encode()}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Contacts").check()
    page.get_by_role("button", name="Send and check").click()
    page.get_by_role("heading", name="Your file is being checked").wait_for()


def test_the_page_goes_on_to_the_check_and_to_the_end_by_itself(stage, manager):
    page = manager()
    _sends(page)
    jobs.run_waiting()

    page.get_by_role("heading", name="Check of your file").wait_for()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Record these rows").click()
    page.get_by_role("heading", name="Your file is being recorded").wait_for()
    jobs.run_waiting()

    page.get_by_role("heading", name="Your file is recorded").wait_for()


def test_it_is_sent_and_recorded_without_scripts(stage, manager):
    page = manager(java_script_enabled=False)
    _sends(page)
    jobs.run_waiting()

    page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Record these rows").click()
    jobs.run_waiting()

    # Nothing is pressed: the browser looks again by what the page tells it.
    page.get_by_role("heading", name="Your file is recorded").wait_for(timeout=20_000)


def test_what_the_script_shows_is_the_number_of_the_server(stage, manager):
    page = manager()
    _sends(page)
    Upload.objects.update(rows_done=12345)

    page.get_by_text("12,345 rows done so far").wait_for()
