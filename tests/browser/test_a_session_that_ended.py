"""The session ended in mid-form: nothing that was typed is lost, and nothing is saved behind anybody's back."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from interventions.models import SyringeExchange
from tests.browser.reading import words
from tests.browser.stage import STORY

pytestmark = STORY
SYRINGES = "Fixed-needle insulin syringe 1 ml"


def half_an_hour_without_a_page(pharmacist, clock):
    clock.shift(timedelta(minutes=31))


def session_removed_on_the_server(pharmacist, clock):
    Session.objects.all().delete()


def cookie_lost_in_the_browser(pharmacist, clock):
    pharmacist.page.context.clear_cookies(name="ims")


ENDS = [half_an_hour_without_a_page, session_removed_on_the_server, cookie_lost_in_the_browser]


@pytest.mark.parametrize("ended", ENDS)
@pytest.mark.parametrize("scripts", [True, False], ids=["", "without scripts"])
def test_a_form_comes_back_filled_and_unsaved_after_signing_in_again(
    stage, at_keyboard, clock, ended, scripts
):
    client = stage.a_client("AB05051985M")
    pharmacist = at_keyboard(java_script_enabled=scripts)
    pharmacist.signs_in("pharmacist", f"{client.get_absolute_url()}exchanges/new/")
    pharmacist.picks("Drug at this visit", "Heroin")
    pharmacist.types(SYRINGES, "35")
    pharmacist.types("Note", "Asked about detox, <b>twice</b> & left")

    ended(pharmacist, clock)
    pharmacist.presses("Save exchange")

    assert pharmacist.page.title() == "Sign in - IMS"
    assert "What you typed is kept" in words(pharmacist.page)

    pharmacist.types_who_it_is("pharmacist")

    assert "You were signed out before this was saved" in words(pharmacist.page)
    pharmacist.tabs_to("Drug at this visit", "select-one")
    assert pharmacist.focus()["value"] == "Heroin"
    pharmacist.tabs_to(SYRINGES, "text")
    assert pharmacist.focus()["value"] == "35"
    pharmacist.tabs_to("Note", "textarea")
    assert pharmacist.focus()["value"] == "Asked about detox, <b>twice</b> & left"
    assert SyringeExchange.objects.count() == 0

    pharmacist.presses("Save exchange")

    assert "Exchange saved." in words(pharmacist.page)
    assert [exchange.items for exchange in SyringeExchange.objects.all()] == [{"SYR_FIXED_1": 35}]


def test_what_was_typed_comes_back_to_nobody_else(stage, at_keyboard, clock):
    client = stage.a_client("AB05051985M")
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist", f"{client.get_absolute_url()}exchanges/new/")
    pharmacist.types(SYRINGES, "35")

    session_removed_on_the_server(pharmacist, clock)
    pharmacist.presses("Save exchange")
    pharmacist.types_who_it_is("manager")

    pharmacist.tabs_to(SYRINGES, "text")
    assert pharmacist.focus()["value"] == ""
    assert SyringeExchange.objects.count() == 0
