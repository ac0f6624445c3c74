"""Every task can be done without JavaScript: the main job again, in a browser that runs none."""

import csv

import pytest

from tests.browser.reading import INDIVIDUALS, figure, words
from tests.browser.stage import PASSWORDS, STORY

pytestmark = STORY


@pytest.fixture
def without_scripts(a_browser):
    """Signs a person in, with a mouse, in a browser that runs no script."""

    def sign_in(username):
        page = a_browser(java_script_enabled=False)
        page.goto("/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(PASSWORDS[username])
        page.get_by_role("button", name="Sign in").click()
        return page

    return sign_in


def _register(page):
    page.goto("/clients/")
    page.get_by_label("Attributor, IMS ID or own reference").fill("ZW 17/08/1979 F")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Register a new client").click()
    page.get_by_role("group", name="Does the client consent").get_by_label("Yes").check()
    page.get_by_label("Postcode").fill("CH41 3RB")
    page.get_by_role("button", name="Register", exact=True).click()


def _record(page):
    page.get_by_role("button", name="Record an exchange").click()
    page.get_by_label("Drug at this visit").select_option("Heroin")
    page.get_by_label("Fixed-needle insulin syringe 1 ml").fill("20")
    page.get_by_role("button", name="Save exchange").click()
    page.get_by_role("button", name="Record a brief intervention").click()
    page.get_by_label("Overdose awareness").check()
    page.get_by_role("button", name="Save brief intervention").click()


def test_the_main_job_is_done_without_scripts(stage, without_scripts):
    stage.people_with_exchanges(12)
    pharmacist, manager, analyst = map(without_scripts, ("pharmacist", "manager", "analyst"))

    _register(pharmacist)
    _record(pharmacist)
    pharmacist.get_by_role("link", name="Client Detailed Record").click()

    record = words(pharmacist)
    assert (
        "ZW" in record
        and "20 × Fixed-needle insulin syringe 1 ml" in record
        and "Overdose awareness" in record
    )

    manager.goto("/local-extract/")
    manager.get_by_label("Syringe exchanges").check()
    with manager.expect_download() as file:
        manager.get_by_role("button", name="Download").click()
    rows = csv.DictReader(open(file.value.path(), encoding="utf-8-sig"))
    assert [row["items"] for row in rows if row["attributor"] == "ZW17081979F"] == ["SYR_FIXED_1=20"]

    analyst.goto("/reports/year/2026/")
    assert figure(analyst, INDIVIDUALS, "Wirral") == "15"


def test_an_error_is_mended_without_scripts(stage, without_scripts):
    page = without_scripts("pharmacist")
    page.goto("/clients/new/")
    page.get_by_label("First name: initial").fill("7")

    page.get_by_role("button", name="Register", exact=True).click()
    page.get_by_role("link", name="First name: initial: Enter one letter from A to Z.").click()

    assert page.title() == "Error: Register a client - IMS"
    assert page.url.endswith("#id_first_initial")
    assert page.get_by_label("First name: initial").input_value() == "7"


def test_two_roles_are_switched_without_scripts(stage, without_scripts):
    stage.gives_a_second_role("manager", "outreach-lead")
    page = without_scripts("manager")

    page.get_by_role("button", name="Provider manager at Riverside Outreach").click()

    assert page.get_by_role("heading", name="Riverside Outreach").is_visible()
