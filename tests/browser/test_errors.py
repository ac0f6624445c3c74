"""What happens when something has to be mended: the page says so at once, and leads to the box it is about."""

import pytest

from tests.browser.reading import words
from tests.browser.stage import STORY

pytestmark = STORY
SUMMARY = "() => document.activeElement.classList.contains('govuk-error-summary')"
LINKS = ".govuk-error-summary a"


def _new_exchange(person, stage):
    person.signs_in("pharmacist", f"{stage.a_client('AB05051985M').get_absolute_url()}exchanges/new/")


def test_after_an_error_the_title_says_so_and_the_summary_has_the_focus(stage, at_keyboard):
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist", "/clients/new/")

    pharmacist.presses("Register")

    assert pharmacist.page.title() == "Error: Register a client - IMS"
    assert pharmacist.page.evaluate(SUMMARY)
    assert words(pharmacist.page).startswith("There is a problem")


def test_every_line_of_the_summary_leads_to_the_box_it_is_about(stage, at_keyboard):
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist", "/clients/new/")
    pharmacist.presses("Register")
    lines = pharmacist.page.locator(LINKS).all_inner_texts()

    for line in lines:
        pharmacist.tabs_to(line, "a")
        pharmacist.page.keyboard.press("Enter")

        box = pharmacist.focus()
        assert line.startswith(f"{box['name']}: ") or line.startswith(f"{box['group']}: ")
        assert box["kind"] in ("text", "radio")
    assert len(lines) == 5  # two initials, date of birth, sex, consent


def test_what_was_typed_stays_and_the_box_says_what_is_wrong(stage, at_keyboard):
    pharmacist = at_keyboard()
    _new_exchange(pharmacist, stage)
    pharmacist.types("Date of contact", "31/02/2026")
    pharmacist.types("Fixed-needle insulin syringe 1 ml", "ten")

    pharmacist.presses("Save exchange")

    pharmacist.tabs_to("Date of contact", "text")
    assert pharmacist.focus()["value"] == "31/02/2026"
    assert "There is no such day as 31/02/2026" in pharmacist.described()
    pharmacist.tabs_to("Fixed-needle insulin syringe 1 ml", "text")
    assert pharmacist.focus()["value"] == "ten"
    assert "Enter a whole number, 0 or more." in pharmacist.described()


def test_a_number_that_is_hard_to_believe_is_saved_when_it_is_meant(stage, at_keyboard):
    pharmacist = at_keyboard()
    _new_exchange(pharmacist, stage)
    pharmacist.types("Fixed-needle insulin syringe 1 ml", "2500")
    pharmacist.presses("Save exchange")
    assert "2,500 is more than 2,000. If it is right, save again" in words(pharmacist.page)

    pharmacist.presses("Save exchange")

    assert "Exchange saved." in words(pharmacist.page)
    assert "2500 × Fixed-needle insulin syringe 1 ml" in words(pharmacist.page)


def test_a_person_like_one_who_is_there_is_offered_first(stage, at_keyboard):
    held = stage.a_client("AB05051985M")
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist", "/clients/new/")
    pharmacist.types("First name: initial", "b")
    pharmacist.types("Last name: initial", "a")
    pharmacist.types("Date of birth", "5/5/85")
    pharmacist.chooses("Sex", "Male")
    pharmacist.chooses("Does the client consent to their data being processed?", "Yes")
    pharmacist.presses("Register")
    assert "This client has the initials the other way round." in words(pharmacist.page)

    pharmacist.follows("Use A B, 05/05/1985, male")

    assert pharmacist.page.url.endswith(held.get_absolute_url())


@pytest.mark.parametrize("answer", ["stay", "leave"])
def test_a_form_half_filled_is_not_left_by_accident(stage, at_keyboard, answer):
    pharmacist = at_keyboard()
    _new_exchange(pharmacist, stage)
    asked = []

    def is_asked(dialog):
        asked.append(dialog.type)
        dialog.dismiss() if answer == "stay" else dialog.accept()

    pharmacist.page.on("dialog", is_asked)
    pharmacist.types("Fixed-needle insulin syringe 1 ml", "35")

    pharmacist.tabs_to("Cancel", "a")
    if answer == "leave":
        pharmacist.goes_on_with("Enter")
    else:
        pharmacist.page.keyboard.press("Enter")
        pharmacist.tabs_to("Fixed-needle insulin syringe 1 ml", "text")

    assert asked == ["beforeunload"]
    assert ("exchanges/new" in pharmacist.page.url) == (answer == "stay")
