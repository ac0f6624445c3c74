"""A page that is closed, and a session that is about to end: what was typed is there again."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from interventions.models import SyringeExchange
from tests.browser.reading import words
from tests.browser.stage import STORY

pytestmark = STORY
SYRINGES = "Fixed-needle insulin syringe 1 ml"
BACK = "is back, unsaved. Check it, then save."


@pytest.fixture
def page_of(stage):
    return f"{stage.a_client('AB05051985M').get_absolute_url()}exchanges/new/"


def opens_with_a_clock(pharmacist, path):
    """The clock of the page can be moved from now on; that of the server is another."""
    pharmacist.page.clock.install()
    pharmacist.signs_in("pharmacist", path)


def test_what_was_typed_is_kept_while_typing_and_back_after_the_page_was_closed(page_of, at_keyboard):
    pharmacist = at_keyboard()
    opens_with_a_clock(pharmacist, page_of)
    pharmacist.types(SYRINGES, "35")
    line = pharmacist.page.locator("form[data-keep] > [aria-live]")
    expect(line).to_be_empty()

    pharmacist.page.clock.run_for(11_000)

    expect(line).to_contain_text("Draft saved 12:00")
    again = pharmacist.page.context.new_page()
    pharmacist.page.close(run_before_unload=False)
    again.goto(page_of)
    assert BACK in words(again)
    assert again.get_by_label(SYRINGES, exact=True).input_value() == "35"
    assert SyringeExchange.objects.count() == 0


def test_what_was_typed_just_before_leaving_is_kept_too(page_of, at_keyboard):
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist", page_of)
    pharmacist.page.on("dialog", lambda dialog: dialog.accept())  # leaves all the same
    pharmacist.types(SYRINGES, "36")

    pharmacist.follows("Find a client")
    pharmacist.opens(page_of)

    assert BACK in words(pharmacist.page)
    assert pharmacist.page.get_by_label(SYRINGES, exact=True).input_value() == "36"


def test_what_is_thrown_away_is_gone_though_more_was_typed_meanwhile(page_of, at_keyboard):
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist", page_of)
    pharmacist.page.on("dialog", lambda dialog: dialog.accept())
    pharmacist.types(SYRINGES, "38")
    pharmacist.follows("Find a client")
    pharmacist.opens(page_of)
    pharmacist.types(SYRINGES, "39")

    pharmacist.presses("Throw it away")
    pharmacist.opens(page_of)

    assert BACK not in words(pharmacist.page)
    assert pharmacist.page.get_by_label(SYRINGES, exact=True).input_value() == ""


def test_a_person_is_warned_before_being_signed_out_and_can_stay(page_of, at_keyboard, clock):
    pharmacist = at_keyboard()
    opens_with_a_clock(pharmacist, page_of)
    warning = pharmacist.page.get_by_role("alert")
    pharmacist.page.clock.fast_forward(24 * 60_000)
    expect(warning).to_be_empty()

    pharmacist.page.clock.fast_forward(2 * 60_000)
    clock.shift(timedelta(minutes=26))

    expect(warning).to_contain_text("You will be signed out in 5 minutes")
    pharmacist.tabs_to("Stay signed in", "submit")
    pharmacist.page.keyboard.press("Enter")
    expect(warning).to_be_empty()
    clock.shift(timedelta(minutes=26))
    pharmacist.opens(page_of)
    assert pharmacist.page.title() == "Record an exchange - IMS"


def test_the_page_says_that_the_session_has_ended_and_signing_in_brings_the_form_back(
    page_of, at_keyboard, clock
):
    pharmacist = at_keyboard()
    opens_with_a_clock(pharmacist, page_of)
    pharmacist.types(SYRINGES, "37")
    pharmacist.page.clock.run_for(11_000)
    expect(pharmacist.page.locator("form[data-keep] > [aria-live]")).to_contain_text("Draft saved")

    clock.shift(timedelta(minutes=31))
    pharmacist.page.clock.fast_forward(31 * 60_000)
    expect(pharmacist.page.get_by_role("alert")).to_contain_text("You have been signed out.")
    pharmacist.follows("Sign in again")
    pharmacist.types_who_it_is("pharmacist")

    assert BACK in words(pharmacist.page)
    assert pharmacist.page.get_by_label(SYRINGES, exact=True).input_value() == "37"
