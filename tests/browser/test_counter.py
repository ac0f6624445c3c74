"""Quicker than the paper form: the counter and the grid, with every key press and every loaded page counted."""

import pytest

from clients.models import Client
from interventions.models import SyringeExchange
from tests.browser.reading import words
from tests.browser.stage import STORY

pytestmark = STORY
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
READ_THE_NAME = 800  # milliseconds: quicker than a person is


class Counted:
    """A person at the keyboard whose key presses and pages are counted from the home page on."""

    def __init__(self, keyboard):
        self.page = keyboard.page
        self.keys = self.loads = 0
        keyboard.signs_in("pharmacist")
        self.stands_on("[name=wanted]")
        self.page.on("framenavigated", lambda frame: setattr(self, "loads", self.loads + 1))

    def types(self, text):
        for sign in text:
            self.presses(sign)

    def presses(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def stands_on(self, box):
        """Waits until the focus is there: a busy browser sets it a moment after the page is loaded."""
        self.page.locator(f"{box}:focus").wait_for()

    def reads_the_name(self, words_on_it):
        self.page.get_by_role("heading", level=1, name=words_on_it).wait_for()
        self.page.locator("#counter :focus").wait_for()
        self.page.wait_for_timeout(READ_THE_NAME)


@pytest.fixture
def somebody(stage):
    """A client who had ten syringes for heroin a while ago."""
    client = stage.a_client("AB05051985M")
    stage.exchanges_of([client], on=client.created_at.date())
    return client


@SCRIPTS
def test_a_repeat_exchange_takes_at_most_twelve_keys_and_two_pages(somebody, at_keyboard, scripts):
    pharmacist = Counted(at_keyboard(java_script_enabled=scripts))

    pharmacist.types("ab050585m")
    pharmacist.presses("Enter")
    pharmacist.reads_the_name("A B, 05/05/1985, male")
    if not scripts:
        pharmacist.presses("Tab")  # from the name to the first box
    pharmacist.presses("Enter")
    pharmacist.page.get_by_text("Exchange saved. Next person.").wait_for()

    assert pharmacist.keys <= 12
    assert pharmacist.loads == (0 if scripts else 2)
    assert SyringeExchange.objects.filter(client=somebody).count() == 2
    pharmacist.stands_on("[name=wanted]")


@SCRIPTS
def test_somebody_new_with_an_exchange_takes_fewer_than_45_keys(stage, at_keyboard, scripts):
    pharmacist = Counted(at_keyboard(java_script_enabled=scripts))

    pharmacist.types("zw170879f")
    pharmacist.presses("Enter")
    pharmacist.reads_the_name("Nobody here has this attributor")
    for label in ("Yes", "Postcode", "Fixed-needle insulin syringe 1 ml"):
        while pharmacist.page.evaluate(LABEL) != label:
            pharmacist.presses("Tab")
        pharmacist.types({"Yes": " ", "Postcode": "ch413rb"}.get(label, "10"))
    pharmacist.presses("Enter")
    pharmacist.page.get_by_text("Registered, and the exchange saved.").wait_for()

    assert pharmacist.keys <= 45
    client = Client.objects.get(first_initial="Z")
    assert (client.consent, client.postcode) == (True, "CH41 3RB")
    assert SyringeExchange.objects.get(client=client).items == {"SYR_FIXED_1": 10}


LABEL = "(document.activeElement.labels?.[0]?.textContent ?? '').trim()"


@SCRIPTS
def test_enter_held_down_in_the_box_records_nothing(somebody, at_keyboard, scripts):
    pharmacist = Counted(at_keyboard(java_script_enabled=scripts))
    pharmacist.types("ab050585m")

    for _ in range(12):
        pharmacist.page.keyboard.down("Enter")
        pharmacist.page.wait_for_timeout(60)
    pharmacist.page.keyboard.up("Enter")
    pharmacist.page.get_by_role("heading", level=1, name="A B, 05/05/1985, male").wait_for()

    assert SyringeExchange.objects.filter(client=somebody).count() == 1


@SCRIPTS
def test_enter_pressed_twice_in_the_box_records_nothing(somebody, at_keyboard, scripts):
    pharmacist = Counted(at_keyboard(java_script_enabled=scripts))
    pharmacist.types("ab050585m")

    pharmacist.presses("Enter")
    pharmacist.page.wait_for_timeout(150)
    pharmacist.presses("Enter")
    pharmacist.page.get_by_role("heading", level=1, name="A B, 05/05/1985, male").wait_for()
    pharmacist.page.wait_for_timeout(400)

    assert SyringeExchange.objects.filter(client=somebody).count() == 1


def test_enter_pressed_twice_on_the_name_records_one_exchange(somebody, at_keyboard):
    pharmacist = Counted(at_keyboard())
    pharmacist.types("ab050585m")
    pharmacist.presses("Enter")
    pharmacist.reads_the_name("A B, 05/05/1985, male")

    pharmacist.presses("Enter")
    pharmacist.presses("Enter")
    pharmacist.page.get_by_text("Exchange saved. Next person.").wait_for()
    pharmacist.page.wait_for_timeout(300)

    assert SyringeExchange.objects.filter(client=somebody).count() == 2


def test_two_people_one_after_the_other_on_one_page(somebody, stage, at_keyboard):
    another = stage.a_client("CD17091979F")
    stage.exchanges_of([another], on=another.created_at.date())
    pharmacist = Counted(at_keyboard())

    for attributor, name in (
        ("ab050585m", "A B, 05/05/1985, male"),
        ("cd170979f", "C D, 17/09/1979, female"),
    ):
        pharmacist.types(attributor)
        pharmacist.presses("Enter")
        pharmacist.reads_the_name(name)
        pharmacist.presses("Enter")
        pharmacist.page.get_by_text("Exchange saved. Next person.").wait_for()
        pharmacist.stands_on("[name=wanted]")

    assert pharmacist.loads == 0
    assert SyringeExchange.objects.filter(client__in=[somebody, another]).count() == 4


def test_a_fault_is_told_where_it_is_and_takes_the_focus(somebody, at_keyboard):
    pharmacist = Counted(at_keyboard())
    pharmacist.types("ab050585m")
    pharmacist.presses("Enter")
    pharmacist.reads_the_name("A B, 05/05/1985, male")

    pharmacist.types("many")
    pharmacist.presses("Enter")
    pharmacist.page.get_by_text("There is a problem").wait_for()

    assert "Enter a whole number" in words(pharmacist.page)
    assert "error-summary" in pharmacist.page.evaluate("document.activeElement.className")


def test_where_the_site_does_not_answer_what_was_typed_stays_and_is_saved_at_the_next_press(
    somebody, at_keyboard
):
    pharmacist = Counted(at_keyboard())
    pharmacist.types("ab050585m")
    pharmacist.presses("Enter")
    pharmacist.reads_the_name("A B, 05/05/1985, male")
    pharmacist.page.route("**/counter/save/", lambda route: route.fulfill(status=503, body="Down"))
    pharmacist.types("7")
    pharmacist.presses("Enter")
    pharmacist.page.get_by_role("alert").get_by_text("The site did not answer.").wait_for()
    assert SyringeExchange.objects.filter(client=somebody).count() == 1

    pharmacist.page.unroute("**/counter/save/")
    pharmacist.presses("Enter")
    pharmacist.page.get_by_text("Exchange saved. Next person.").wait_for()

    assert SyringeExchange.objects.latest("pk").items == {"SYR_FIXED_1": 7}
    assert "The site did not answer." not in words(pharmacist.page)


@SCRIPTS
def test_for_somebody_who_objects_the_counter_leads_to_the_page_of_the_dummy(stage, at_keyboard, scripts):
    person = at_keyboard(java_script_enabled=scripts)
    person.signs_in("pharmacist")

    person.page.get_by_role("button", name="Somebody who objects").press("Enter")
    person.page.get_by_role("heading", level=1, name="Dummy attributor").wait_for()

    dummy = Client.objects.get(provider=stage.members["pharmacist"].provider, is_dummy=True)
    assert person.page.url.endswith(dummy.get_absolute_url())


def test_the_boxes_of_the_grid_stand_in_columns_whatever_is_wrong_and_each_line_has_its_number(
    stage, at_keyboard
):
    stage.a_client("AB05051985M")
    person = at_keyboard()
    person.signs_in("pharmacist", "/grid/exchanges/")
    person.types("Line 1: Who", "zw170879f")
    person.types("Line 2: Who", "ab050585m")
    person.types("Line 2: How many", "many")
    person.goes_on_with("Enter")

    lefts = person.page.evaluate(COLUMNS)
    assert lefts[4:] == [lefts[-1]] * (len(lefts) - 4)  # of the lines in which nothing is wrong
    for line in lefts[:2]:
        assert all(abs(left - usual) < 15 for left, usual in zip(line, lefts[-1], strict=True))
    assert person.page.evaluate(NUMBER).startswith("counter(line)")


COLUMNS = """[...document.querySelectorAll('.ims-grid__row')].map(row =>
  [...row.querySelectorAll('input:not([type=hidden]), select')].map(box => box.getBoundingClientRect().left))"""
NUMBER = "getComputedStyle(document.querySelector('.ims-grid__row'), '::before').content"


@SCRIPTS
def test_thirty_rows_of_the_grid_without_the_mouse(stage, at_keyboard, scripts):
    people = stage.people_with_exchanges(30, on=stage.a_client("AA01011990F").created_at.date())
    person = at_keyboard(java_script_enabled=scripts)
    person.signs_in("pharmacist", "/grid/exchanges/")
    for _ in range(2):
        person.presses("Ten more lines")

    for number, client in enumerate(people, start=1):
        person.types(f"Line {number}: Who", client.attributor.text().lower())
    person.goes_on_with("Enter")

    assert "30 lines saved." in words(person.page)
    assert SyringeExchange.objects.filter(client__in=people).count() == 60
