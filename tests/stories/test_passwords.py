"""Passwords: sixty days, ten remembered, good enough, and a way back for whoever forgot."""

import re
from datetime import timedelta

import pytest

from ims.accounts.actions import choose_password, themselves
from ims.accounts.models import User
from interventions.models import SyringeExchange
from tests.makers import NOW, PASSWORD
from tests.stories.visitor import Visitor, at_work

NEW = "Quiet-Harbour-77"
SENT = "If that username exists, a link is on its way to its e-mail address."


@pytest.fixture
def user(world):
    """The pharmacist, who chose a password at noon today."""
    user = world.user_of(world.pharmacist)
    choose_password(user=user, password=PASSWORD, at=NOW, by=themselves(user))
    return user


def signed_in(user, password=PASSWORD) -> Visitor:
    visitor = Visitor()
    visitor.signs_in(user.username, password)
    return visitor


def changes(visitor, new, old=PASSWORD, again=None):
    visitor.opens("/account/password/")
    return visitor.sends(old_password=old, new_password=new, new_password_again=again or new)


def test_after_sixty_days_a_new_one_is_chosen_before_the_next_page(world, user):
    world.clock.shift(timedelta(days=59, hours=23))
    assert signed_in(user).page.title == "Home - IMS"

    world.clock.shift(timedelta(hours=2))
    visitor = signed_in(user)
    assert visitor.page.title == "Change your password - IMS"
    assert "Your password is 60 days old. Choose a new one to go on." in visitor.page.said
    assert visitor.opens(world.client.get_absolute_url()).title == "Change your password - IMS"

    assert changes(visitor, NEW).title == "Home - IMS"
    assert visitor.opens(world.client.get_absolute_url()).status == 200


def test_a_form_being_sent_when_the_sixty_days_end_is_saved(world, user):
    world.clock.shift(timedelta(days=59, hours=23, minutes=50))
    visitor = signed_in(user)
    visitor.opens(f"{world.client.get_absolute_url()}exchanges/new/")
    world.clock.shift(timedelta(minutes=20))

    page = visitor.sends(item_FOIL="2")

    assert SyringeExchange.objects.filter(items={"FOIL": 2}).count() == 1
    assert page.title == "Change your password - IMS"
    assert "Exchange saved." in page.said


@pytest.mark.parametrize(("days_left", "said"), [(14, "14 days"), (7, "7 days"), (1, "1 day")])
def test_the_days_before_it_is_due_are_said_once_each(world, user, days_left, said):
    world.clock.shift(timedelta(days=60 - days_left) - timedelta(hours=20))
    signed_in(user)

    world.clock.shift(timedelta(hours=20))
    assert f"Your password is due in {said}." in signed_in(user).page.said

    world.clock.shift(timedelta(minutes=1))
    assert "due in" not in signed_in(user).page.said


def test_nothing_is_said_about_a_password_that_is_good_for_longer(world, user):
    world.clock.shift(timedelta(days=45))

    assert signed_in(user).page.said == ""


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("Kettle-2026", "at least 12 characters"),
        (
            "kettleblueharbour",
            "Use at least three of: a small letter, a capital letter, a digit, another sign.",
        ),
        ("Password1234!"[:12], "too common"),
        ("Sam-Okoro-is-1", "Do not use your name or username in it."),
        ("My-Pharmacist-1", "Do not use your name or username in it."),
        (PASSWORD, "Do not use one of your last 10 passwords."),
    ],
)
def test_a_password_that_is_not_good_enough_is_refused_with_the_reason(user, new, why):
    page = changes(signed_in(user), new)

    assert page.status == 422
    assert any(why in problem for problem in page.problems), page.problems
    assert PASSWORD not in page.body.replace("Blue-Kettle-2026 ", "")
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"old": "wrong"}, "Password you use now: That is not the password you use now."),
        (
            {"again": "Quiet-Harbour-78"},
            "New password again: The two passwords differ. Type the new one twice.",
        ),
    ],
)
def test_a_slip_in_changing_it_changes_nothing(user, typed, why):
    page = changes(signed_in(user), NEW, **typed)

    assert page.problems == [why]
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_ten_passwords_are_remembered_and_the_eleventh_back_may_be_used_again(world, user):
    visitor = signed_in(user)
    old = PASSWORD
    for number in range(9):
        world.clock.shift(timedelta(minutes=1))
        new = f"Quiet-Harbour-{number}"
        assert changes(visitor, new, old).title == "Home - IMS"
        old = new
    assert "one of your last 10 passwords" in changes(visitor, PASSWORD, old).problems[0]

    world.clock.shift(timedelta(minutes=1))
    changes(visitor, "Quiet-Harbour-9", old)

    assert changes(visitor, PASSWORD, "Quiet-Harbour-9").title == "Home - IMS"


def test_a_new_password_ends_the_sessions_begun_with_the_old_one(world, user):
    elsewhere, here = signed_in(user), signed_in(user)

    changes(here, NEW)

    assert here.opens("/").title == "Home - IMS"
    assert elsewhere.opens("/").title == "Sign in - IMS"


def forgets(username) -> Visitor:
    visitor = Visitor()
    visitor.opens("/account/forgotten/")
    visitor.sends(username=username)
    return visitor


def link_in(message) -> str:
    return re.search(r"http://testserver(/\S+)", message.body)[1]


def test_who_forgot_has_a_link_that_works_once(user, mailoutbox):
    assert SENT in forgets("PHARMACIST ").page.words
    path = link_in(mailoutbox[0])
    visitor = Visitor()
    visitor.opens(path)

    page = visitor.sends(new_password=NEW, new_password_again=NEW)

    assert "Your password is set. Sign in with it." in page.said
    assert signed_in(user, NEW).page.title == "Home - IMS"
    assert "A link works once, and for one day." in visitor.opens(path).words


def test_a_link_is_of_no_use_after_a_day_or_to_change_another_account(world, user, mailoutbox):
    forgets(user.username)
    path = link_in(mailoutbox[0])
    someone_else = re.sub(r"user=\w+", "user=MQ", path)

    for wrong in (someone_else, path[:-1], path.replace("token=", "token=x")):
        assert Visitor().opens(wrong).title == "This link no longer works - IMS"

    world.clock.shift(timedelta(hours=25))
    assert Visitor().opens(path).title == "This link no longer works - IMS"


def test_a_password_chosen_by_link_must_be_good_enough_too(user, mailoutbox):
    forgets(user.username)
    visitor = Visitor()
    visitor.opens(link_in(mailoutbox[0]))

    page = visitor.sends(new_password=PASSWORD, new_password_again=PASSWORD)

    assert page.problems == ["New password: Do not use one of your last 10 passwords."]


def test_the_e_mail_goes_to_the_account_and_names_nobody(user, mailoutbox):
    forgets(user.username)

    (message,) = mailoutbox
    assert message.to == [user.email]
    for personal in (user.username, user.full_name, user.email, "Okoro", "Riverside"):
        assert personal not in message.body + message.subject


@pytest.mark.parametrize("username", ["nobody", "closed"])
def test_the_page_says_the_same_for_a_name_that_does_not_exist(world, user, mailoutbox, username):
    User.objects.filter(username="keyworker").update(username="closed", is_active=False)

    page = forgets(username).page

    assert page.words == forgets(user.username).page.words
    assert [message.to for message in mailoutbox] == [[user.email]]


def test_the_page_says_the_same_when_mail_is_down(user, monkeypatch):
    def refuse(*args, **named):
        raise ConnectionRefusedError

    unknown = forgets("nobody").page.words
    monkeypatch.setattr("ims.core.mail.send", refuse)

    assert forgets(user.username).page.words == unknown


def test_passwords_are_kept_as_argon2_hashes(world, settings):
    from ims import settings as real

    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    user = world.user_of(world.pharmacist)
    choose_password(user=user, password=PASSWORD, at=NOW, by=themselves(user))

    assert user.password.startswith("argon2$argon2id$")
    assert signed_in(user).page.title == "Home - IMS"
    assert at_work(world, world.pharmacist).opens("/").status == 200
