"""The server is killed while somebody types: with scripts the last ten seconds are lost at most, without nothing that was sent.

gunicorn as in production over a PostgreSQL of its own, killed with `kill -9` and started again at the same address. What
becomes of a save that is cut off is in tests/operations/test_killed.py.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.reading import words
from tests.browser.watch import Watch
from tests.killed.site import AUDIT, NOTHING, lines_of_one_act

pytestmark = pytest.mark.browser
SYRINGES, NOTE = "Fixed-needle insulin syringe 1 ml", "Note"
BACK = "is back, unsaved. Check it, then save."
EVERY = 10_000  # milliseconds from one draft to the next
PATIENCE = 60_000  # milliseconds


@pytest.fixture
def site(site_to_kill):
    site_to_kill.serve()
    return site_to_kill


@pytest.fixture
def a_pharmacist(site, chromium):
    """Somebody at the keyboard of a browser, signed in, with a page open. With scripts the clock of the page is ours."""
    watched = []

    def opens(path, *, scripts=True):
        context = chromium.new_context(
            base_url=f"http://127.0.0.1:{site.port}", locale="en-GB", java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENCE)
        watched.append((context, Watch(context, f"http://127.0.0.1:{site.port}")))
        person = Keyboard(context.new_page())
        if scripts:
            person.page.clock.install()
        person.signs_in("pharmacist", path)
        return person

    yield opens
    for context, _ in watched:
        context.close()
    faults = [fault for _, watch in watched for fault in watch.faults]
    assert [
        fault for fault in faults if "net::ERR_CONNECTION" not in fault
    ] == []  # of the server that is dead


def is_told(person, text):
    """What the line under the form says of the draft; a busy server takes its time."""
    line = person.page.locator("form[data-keep] > [aria-live]")
    expect(line).to_contain_text(text, timeout=PATIENCE)


def typed_in(page, label):
    return page.get_by_label(label, exact=True).input_value()


def opened_again(person, path):
    """Another page of the same browser, which has not been asked to sign in again."""
    page = person.page.context.new_page()
    page.goto(path)
    assert BACK in words(page)
    return page


def test_of_a_form_half_typed_all_is_back_but_the_last_ten_seconds(site, a_pharmacist):
    form = f"{site.a_client()['page']}exchanges/new/"
    pharmacist = a_pharmacist(form)
    pharmacist.types(SYRINGES, "35")
    pharmacist.page.clock.run_for(EVERY)
    is_told(pharmacist, "Draft saved")

    pharmacist.types(NOTE, "Asked about detox")
    site.kill_everything()
    pharmacist.page.close()
    site.serve()

    assert typed_in(opened_again(pharmacist, form), SYRINGES) == "35"


def test_a_page_that_stays_open_while_the_server_is_away_loses_nothing(site, a_pharmacist):
    form = f"{site.a_client()['page']}exchanges/new/"
    pharmacist = a_pharmacist(form)
    pharmacist.types(SYRINGES, "35")
    site.kill_everything()
    pharmacist.page.clock.run_for(EVERY)
    is_told(pharmacist, "there is no connection. It is tried again.")

    pharmacist.types(NOTE, "Asked about detox")
    site.serve()
    pharmacist.page.clock.run_for(EVERY)
    is_told(pharmacist, "Draft saved")
    pharmacist.page.close()

    again = opened_again(pharmacist, form)
    assert (typed_in(again, SYRINGES), typed_in(again, NOTE)) == ("35", "Asked about detox")


def test_save_pressed_while_the_server_is_away_sends_nothing_and_loses_nothing(site, a_pharmacist):
    form = f"{site.a_client()['page']}exchanges/new/"
    pharmacist = a_pharmacist(form)
    before = site.kept()
    site.kill_everything()
    pharmacist.types(SYRINGES, "35")
    pharmacist.page.clock.run_for(EVERY)
    is_told(pharmacist, "there is no connection")
    pharmacist.types(NOTE, "Asked about detox")
    pharmacist.page.clock.run_for(EVERY - 1)

    pharmacist.tabs_to("Save exchange", "submit")
    pharmacist.page.keyboard.press("Enter")
    is_told(pharmacist, "Nothing was sent: there is no connection.")
    assert (typed_in(pharmacist.page, SYRINGES), typed_in(pharmacist.page, NOTE)) == (
        "35",
        "Asked about detox",
    )
    site.serve()
    pharmacist.page.clock.run_for(1_000)  # what is pressed within a second is a second press of the same
    pharmacist.goes_on_with("Enter")

    assert "Exchange saved." in words(pharmacist.page)
    assert site.kept().since(before) == lines_of_one_act(1)


def test_what_was_sent_and_came_back_with_an_error_is_back_without_scripts(site, a_pharmacist):
    form = f"{site.a_client()['page']}exchanges/new/"
    pharmacist = a_pharmacist(form, scripts=False)
    pharmacist.types(SYRINGES, "many")
    pharmacist.types(NOTE, "Asked about detox")
    pharmacist.presses("Save exchange")
    assert "Error" in pharmacist.page.title()

    site.kill_everything()
    site.serve()

    again = opened_again(pharmacist, form)
    assert (typed_in(again, SYRINGES), typed_in(again, NOTE)) == ("many", "Asked about detox")


def test_the_lines_of_a_grid_are_back_without_scripts_once_more_lines_were_asked_for(site, a_pharmacist):
    who = site.a_client()["attributor"]
    pharmacist = a_pharmacist("/grid/exchanges/", scripts=False)
    pharmacist.types("Line 10: Who", who)
    pharmacist.presses("Ten more lines")

    site.kill_everything()
    site.serve()

    assert typed_in(opened_again(pharmacist, "/grid/exchanges/"), "Line 10: Who") == who


def test_what_was_being_saved_is_back_without_scripts_and_is_saved_once(site, a_pharmacist):
    form = f"{site.a_client()['page']}exchanges/new/"
    pharmacist = a_pharmacist(form, scripts=False)
    pharmacist.types(SYRINGES, "35")
    pharmacist.tabs_to("Save exchange", "submit")
    before = site.kept()

    with site.held_up_at(AUDIT):
        pharmacist.page.keyboard.press("Enter")
        site.wait_until_held_up()
        site.kill_everything()
    site.wait_until_forgotten()
    assert site.kept().since(before) == NOTHING
    site.serve()

    again = Keyboard(opened_again(pharmacist, form))
    assert typed_in(again.page, SYRINGES) == "35"
    again.presses("Save exchange")
    assert "Exchange saved." in words(again.page)
    assert site.kept().since(before) == lines_of_one_act(1)
