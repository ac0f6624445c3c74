"""Signing in: few tries, no hint about who exists, and access that ends on the next request."""

import re
from datetime import timedelta

import pytest

from ims.accounts.actions import end_membership, give_role
from ims.accounts.models import User
from ims.accounts.roles import Role
from ims.audit.models import Event
from interventions.models import SyringeExchange
from tests.makers import NOW, PASSWORD
from tests.stories.visitor import Page, Visitor, at_work, by_password

WRONG = "Username or password is not right. After five tries you have to wait 15 minutes."


@pytest.fixture
def name(world):
    """The pharmacist's username; the password is that of the makers."""
    return by_password(world, world.pharmacist)


def tries(username, password="wrong", *, times=1, address="127.0.0.1") -> Page:
    """The answer to the last of several tries, each from a fresh browser."""
    for _ in range(times):
        visitor = Visitor()
        visitor.browser.defaults["REMOTE_ADDR"] = address
        page = visitor.signs_in(username, password)
    return page


def test_five_failures_lock_for_fifteen_minutes_even_with_the_right_password(world, name):
    assert tries(name, times=4).problems == [WRONG]
    assert tries(name).status == 429

    page = tries(name, PASSWORD)
    assert page.status == 429
    assert "Wait 15 minutes, then try again." in page.words

    world.clock.shift(timedelta(minutes=14))
    assert tries(name, PASSWORD).status == 429

    world.clock.shift(timedelta(minutes=2))
    assert tries(name, PASSWORD).title == "Home - IMS"


def test_trying_while_locked_does_not_hold_the_lock_open(world, name):
    tries(name, times=5)
    world.clock.shift(timedelta(minutes=10))
    tries(name)
    world.clock.shift(timedelta(minutes=6))

    assert tries(name, PASSWORD).title == "Home - IMS"


def test_getting_it_right_forgets_the_failures_before(world, name):
    for _ in range(3):
        tries(name, times=4)
        assert tries(name, PASSWORD).title == "Home - IMS"


def test_a_lock_is_on_the_name_from_one_address_and_its_owner_elsewhere_can_sign_in(world, name):
    tries(name, times=5, address="192.0.2.7")

    assert tries(name, PASSWORD, address="192.0.2.8").title == "Home - IMS"


def test_nothing_tells_a_name_that_exists_from_one_that_does_not(world, name):
    def like(page):
        return re.sub(r'value="[^"]*"', "", page.body)

    for times in (1, 4):  # a first failure, then the one that locks
        known, unknown = tries(name, times=times), tries("nobody", times=times)

        assert known.status == unknown.status
        assert like(known) == like(unknown)


def test_one_address_trying_many_names_is_slowed_down(world, name, settings):
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 6
    for number in range(6):
        assert tries(f"name-{number}").status == 422

    assert tries(name, PASSWORD).status == 429
    assert tries(name, PASSWORD, address="192.0.2.8").title == "Home - IMS"


def test_many_addresses_trying_one_name_are_slowed_down(world, name, settings):
    settings.SIGN_IN_FAILURES_PER_NAME = 6
    for number in range(6):
        assert tries(name, address=f"192.0.2.{number}").status == 422

    assert tries(name, PASSWORD, address="192.0.2.99").status == 429
    world.clock.shift(timedelta(minutes=16))
    assert tries(name, PASSWORD, address="192.0.2.99").title == "Home - IMS"


def test_a_name_that_was_tried_in_other_letters_is_the_same_name(world, name):
    for typed in (name, name.upper(), f" {name.title()} ", name):
        tries(typed)

    assert tries(name.upper()).status == 429


@pytest.mark.parametrize("typed", ["PHARMACIST", " pharmacist ", "Pharmacist"])
def test_a_name_is_taken_in_any_letters(world, name, typed):
    assert tries(typed, PASSWORD).title == "Home - IMS"


def test_a_password_is_taken_as_it_is(world, name):
    assert tries(name, PASSWORD.upper()).problems == [WRONG]
    assert tries(name, f" {PASSWORD}").problems == [WRONG]


def test_what_was_typed_stays_but_the_password_does_not(world, name):
    page = tries(name)

    assert page.typed["username"] == name
    assert page.typed["password"] == ""
    assert page.title == "Error: Sign in - IMS"


def test_success_and_failure_are_events_and_a_failure_names_nobody(world, name):
    tries(name)
    tries(name, PASSWORD)

    failed, succeeded = Event.objects.filter(what__startswith="sign_in.").order_by("pk")
    assert (failed.what, failed.user_id, failed.subjects, failed.counts) == ("sign_in.failed", None, [], {})
    assert (succeeded.what, succeeded.user_id) == ("sign_in.succeeded", world.pharmacist.user_id)


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_after_signing_in_nobody_is_sent_to_another_site(world, name, path):
    visitor = Visitor()
    visitor.opens("/sign-in/")

    page = visitor.sends(username=name, password=PASSWORD, next=path)

    assert page.response.redirect_chain == [("/", 302)]


def test_one_goes_on_to_the_page_that_was_asked_for(world, name):
    page = Visitor().signs_in(name, path=world.client.get_absolute_url())

    assert page.path == world.client.get_absolute_url()


def test_another_person_at_the_same_browser_begins_a_session_of_their_own(world, name):
    manager = by_password(world, world.pharmacy_manager)
    visitor = Visitor()
    visitor.signs_in(name)
    first = visitor.browser.cookies["ims"].value

    visitor.signs_in(manager)

    assert visitor.browser.cookies["ims"].value != first


def test_signing_out_ends_the_session_and_leaves_a_trace(world):
    pharmacist = at_work(world, world.pharmacist)
    session = pharmacist.browser.cookies["ims"].value
    pharmacist.opens("/")
    pharmacist.presses("Sign out")

    assert pharmacist.opens(world.client.get_absolute_url()).title == "Sign in - IMS"
    pharmacist.browser.cookies["ims"] = session
    assert pharmacist.opens("/").title == "Sign in - IMS"
    assert Event.objects.get(what="sign_in.ended").user_id == world.pharmacist.user_id


def test_a_deactivated_person_is_out_on_the_next_request_and_saves_nothing_more(world):
    before = SyringeExchange.objects.count()
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/")
    end_membership(membership=world.membership_of(world.pharmacist), at=NOW, by=world.pharmacy_manager)

    assert pharmacist.sends(item_FOIL="2").status == 401

    assert pharmacist.opens("/").title == "Sign in - IMS"
    assert SyringeExchange.objects.count() == before


def test_a_closed_account_is_out_on_the_next_request_and_cannot_sign_in(world, name):
    pharmacist = at_work(world, world.pharmacist)
    User.objects.filter(username=name).update(is_active=False)

    assert pharmacist.opens("/").title == "Sign in - IMS"
    assert tries(name, PASSWORD).problems == [WRONG]


def test_who_has_no_role_left_is_told_whom_to_ask(world, name):
    end_membership(membership=world.membership_of(world.pharmacist), at=NOW, by=world.pharmacy_manager)

    page = tries(name, PASSWORD)

    assert "Your account has no role at the moment. Ask the manager of your service" in page.words


def test_a_person_of_two_services_chooses_one_and_switches_to_the_other(world, name):
    user = world.user_of(world.pharmacist)
    give_role(user=user, role=Role.PROVIDER_MANAGER, provider=world.harbour, at=NOW, by=world.officer)
    visitor = Visitor()
    visitor.signs_in(name)
    assert visitor.page.title == "Choose where you work - IMS"
    assert visitor.opens(world.client.get_absolute_url()).title == "Sign in - IMS"  # not before choosing

    visitor.opens("/switch/")
    page = visitor.presses("Provider staff at Riverside Pharmacy")
    assert "Provider staff at Riverside Pharmacy" in page.body
    assert visitor.opens(world.client.get_absolute_url()).status == 200
    assert visitor.opens(world.other.get_absolute_url()).status == 404

    assert page.document.all("a", href="/switch/")
    visitor.opens("/switch/")
    visitor.presses("Provider manager at Harbour Agency")
    assert visitor.opens(world.other.get_absolute_url()).status == 200
    assert visitor.opens(world.client.get_absolute_url()).status == 404
    assert visitor.opens("/local-extract/").status == 200


def test_nobody_takes_the_role_of_another(world):
    pharmacist = at_work(world, world.pharmacist)
    theirs = world.membership_of(world.agency_manager).pk

    for chosen in (theirs, "", "x", "9" * 30, "-1"):
        pharmacist.opens("/switch/")
        pharmacist.browser.post("/switch/", {"membership": chosen, **csrf(pharmacist)})

    assert pharmacist.opens(world.other.get_absolute_url()).status == 404


def csrf(visitor):
    """The token of the page, for a post that no button of it makes."""
    return {
        "csrfmiddlewaretoken": visitor.page.document.all("input", name="csrfmiddlewaretoken")[0].attrs[
            "value"
        ]
    }
