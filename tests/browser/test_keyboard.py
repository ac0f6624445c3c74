"""Short ways for those who type all day."""

from tests.browser.stage import STORY

pytestmark = STORY


def test_the_skip_link_is_first_is_seen_and_leads_past_the_menu(stage, at_keyboard):
    manager = at_keyboard()
    manager.signs_in("manager", "/staff/")

    manager.page.keyboard.press("Tab")

    assert manager.focus()["name"] == "Skip to main content"
    seen = manager.page.locator(".govuk-skip-link").bounding_box()
    assert seen["width"] > 100 and seen["height"] > 20 and seen["y"] >= 0

    manager.page.keyboard.press("Enter")
    manager.page.keyboard.press("Tab")

    assert manager.focus()["name"] == "Invite a person"


def test_shift_and_tab_go_back(stage, at_keyboard):
    manager = at_keyboard()
    manager.signs_in("manager", "/staff/")
    manager.tabs_to("Invite a person", "a")

    manager.page.keyboard.press("Shift+Tab")

    assert manager.focus()["name"] == "Staff"


def test_ctrl_s_saves_the_form_one_is_in(stage, at_keyboard):
    client = stage.a_client("AB05051985M")
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist", f"{client.get_absolute_url()}exchanges/new/")
    pharmacist.types("Fixed-needle insulin syringe 1 ml", "35")

    pharmacist.goes_on_with("Control+s")

    assert "Exchange saved." in pharmacist.reads()


def test_the_search_box_has_the_focus_when_a_pharmacist_comes_in(stage, at_keyboard):
    pharmacist = at_keyboard()

    pharmacist.signs_in("pharmacist")

    assert pharmacist.focus()["name"] == "Attributor, IMS ID or own reference"
