"""An officer opens a provider with its first manager, who runs it from then on."""

import re

import pytest

from ims.accounts.models import User
from ims.providers.models import Provider
from tests.makers import PASSWORD
from tests.stories.visitor import Visitor, at_work

QUAYSIDE = {
    "code": "HAL0007",
    "name": "Quayside Outreach",
    "kind": "outreach",
    "authority_code": "E06000006",
    "modules": ["syringe_exchange", "brief_intervention"],
    "opened_on": "1/7/2026",
    "full_name": "Lee Tran",
    "email": "lee@example.org",
    "username": "lee.tran",
}


def opens_one(world, **typed):
    officer = at_work(world, world.officer)
    officer.opens("/providers/open/")
    return officer.sends(**{**QUAYSIDE, **typed})


def test_a_provider_is_opened_and_its_manager_can_sign_in(world, mailoutbox):
    page = opens_one(world)
    assert "Quayside Outreach is open, and Lee Tran is invited as its manager." in page.said
    rows = [row[:4] for row in page.tables["All providers"]]
    assert ["Quayside Outreach", "HAL0007", "Outreach team", "01/07/2026"] in rows

    lee = Visitor()
    lee.opens(re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1])
    lee.sends(new_password=PASSWORD, new_password_again=PASSWORD)
    page = lee.sends(username="lee.tran", password=PASSWORD)

    assert page.document.all("h1")[0].words() == "Quayside Outreach"
    assert lee.opens("/staff/").status == lee.opens("/local-extract/").status == 200


def test_a_service_records_what_it_was_opened_for_and_nothing_else(world, mailoutbox):
    opens_one(world, modules=["syringe_exchange"])
    lee = at_work(world, Provider.objects.get(code="HAL0007").memberships.get().actor())
    form = lee.opens("/clients/new/").typed
    assert "postcode" in form
    assert "main_substance" not in form

    page = lee.sends(first_initial="P", last_initial="Q", date_of_birth="1/2/1990", sex="F", consent="yes")

    assert "Record an exchange" in page.words
    assert "Record a brief intervention" not in page.words
    assert lee.opens(f"{page.path}brief-interventions/new/").status == 404


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (
            {"code": "hal7"},
            "Provider code: Enter three capital letters and four digits, for example WIR2022.",
        ),
        (
            {"code": "HAL٠٠٠٧"},
            "Provider code: Enter three capital letters and four digits, for example WIR2022.",
        ),
        (
            {"code": "LIV0001"},
            "Provider code: A provider with this code exists. Look in the list of providers.",
        ),
        ({"username": "pharmacist"}, "Username: That username is taken. Choose another."),
        (
            {"opened_on": "31/2/2026"},
            "Opened on: There is no such day as 31/2/2026. Check the day and the month.",
        ),
    ],
)
def test_a_slip_is_said_nothing_is_opened_and_nothing_typed_is_lost(world, mailoutbox, typed, why):
    before = Provider.objects.count(), User.objects.count()

    page = opens_one(world, **typed)

    assert page.problems == [why]
    expected = {**QUAYSIDE, **typed, "modules": "syringe_exchange,brief_intervention"}
    assert expected.items() <= page.typed.items()
    assert (Provider.objects.count(), User.objects.count()) == before
    assert mailoutbox == []


def test_the_officer_sees_providers_and_none_of_their_clients(world):
    officer = at_work(world, world.officer)

    page = officer.opens("/providers/")

    assert [row[0] for row in page.tables["All providers"][1:]] == ["Harbour Agency", "Riverside Pharmacy"]
    for path in ("/clients/", "/local-extract/", "/reports/", world.client.get_absolute_url()):
        assert officer.opens(path).status == 403
