"""A person's own details: name, e-mail, and whether they want occasional e-mails."""

import pytest

from ims.accounts.models import User
from tests.stories.visitor import at_work


def test_everybody_keeps_their_own_details_and_can_unsubscribe(world):
    analyst = at_work(world, world.analyst)
    page = analyst.opens("/account/details/")
    assert page.typed["wants_email"] == "on"

    form = {"full_name": "Ruth Adeyemi-Cole", "email": "ruth@example.org", "wants_email": []}
    page = analyst.sends(**form)

    assert "Your details are saved." in page.said
    assert "wants_email" not in page.typed
    user = User.objects.get(username="analyst")
    assert (user.full_name, user.email, user.wants_email) == ("Ruth Adeyemi-Cole", "ruth@example.org", False)
    assert "Ruth Adeyemi-Cole" in page.document.of_class("ims-account__who")[0].words()


def test_the_page_says_what_one_is_and_how_to_have_the_account_deleted(world):
    words = at_work(world, world.pharmacist).opens("/account/details/").words

    assert "You are Provider staff at Riverside Pharmacy." in words
    assert "To have your account deleted, write to the central team." in words


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"email": "ruth"}, "E-mail address: Enter a valid email address."),
        ({"email": ""}, "E-mail address: This field is required."),
        ({"full_name": "R" * 121}, "Full name: Ensure this value has at most 120 characters (it has 121)."),
    ],
)
def test_a_slip_changes_nothing_and_stays_to_be_mended(world, typed, why):
    analyst = at_work(world, world.analyst)
    analyst.opens("/account/details/")

    page = analyst.sends(**typed)

    assert page.problems == [why]
    assert typed.items() <= page.typed.items()
    assert User.objects.get(username="analyst").full_name == "Ruth Adeyemi"


def test_a_username_is_not_changed_by_whoever_adds_it_to_the_form(world):
    analyst = at_work(world, world.analyst)
    analyst.opens("/account/details/")

    analyst.sends(username="root", password="x", is_active="")

    assert User.objects.filter(username="analyst", is_active=True).exists()
