"""Save pressed twice, or held down, is one exchange."""

import threading

from interventions.models import SyringeExchange
from interventions.syringe_exchange import action
from tests.browser.reading import words
from tests.browser.stage import STORY

pytestmark = STORY


def _has_typed_an_exchange(person, client):
    person.signs_in("pharmacist", f"{client.get_absolute_url()}exchanges/new/")
    person.types("Fixed-needle insulin syringe 1 ml", "35")
    person.tabs_to("Save exchange", "submit")


def test_save_held_down_sends_the_form_once(stage, at_keyboard):
    pharmacist = at_keyboard()
    _has_typed_an_exchange(pharmacist, stage.a_client("AB05051985M"))
    posts = []
    pharmacist.page.on("request", lambda request: request.method == "POST" and posts.append(request.url))

    with pharmacist.page.expect_navigation():
        for _ in range(8):
            pharmacist.page.keyboard.down("Enter")
        pharmacist.page.keyboard.up("Enter")

    assert "Exchange saved." in words(pharmacist.page)
    assert len(posts) == 1
    assert SyringeExchange.objects.count() == 1


def test_two_presses_that_reach_the_site_at_the_same_moment_are_one_exchange(stage, at_keyboard, monkeypatch):
    both_arrived = threading.Barrier(2, timeout=25)
    record, come = action.record, []

    def record_when_both_are_here(*said, **named):
        come.append(threading.get_ident())
        if len(come) <= 2:  # the one that finds the other's record runs again, alone
            both_arrived.wait()
        return record(*said, **named)

    monkeypatch.setattr(action, "record", record_when_both_are_here)
    pharmacist = at_keyboard(java_script_enabled=False)  # with scripts the second press is not even sent
    _has_typed_an_exchange(pharmacist, stage.a_client("AB05051985M"))

    with pharmacist.page.expect_request(lambda request: request.method == "POST"):
        pharmacist.page.keyboard.press("Enter")  # a second press before it is under way would take its place
    pharmacist.page.keyboard.press("Enter")
    pharmacist.page.locator(".ims-timeline").wait_for()

    assert words(pharmacist.page).count("35 × Fixed-needle") == 1
    assert SyringeExchange.objects.count() == 1
