"""What makes a password good enough, and on which days a new one is asked for."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ims.accounts.actions import choose_password, themselves
from ims.accounts.models import User
from ims.accounts.passwords import Complex, NotAboutYou, days_to_warn_of
from tests import makers
from tests.makers import NOW

SAM = User(username="pharmacist", full_name="Sam Okoro-Lee")


@pytest.mark.parametrize("password", ["abcABC123", "abc123!!!", "ABC123!!!", "abcABC!!!", "äÖ1"])
def test_three_kinds_of_signs_are_enough(password):
    Complex().validate(password)


@pytest.mark.parametrize("password", ["", "abcdefgh", "abcABC", "123456!!", "abc 123"[:3]])
def test_two_kinds_are_not(password):
    with pytest.raises(ValidationError, match="at least three of"):
        Complex().validate(password)


@pytest.mark.parametrize("password", ["My-PHARMACIST-1", "okoro-lee-2026", "X-Okoro-Lee-X"])
def test_a_password_with_ones_name_or_username_in_it_is_refused(password):
    with pytest.raises(ValidationError, match="your name or username"):
        NotAboutYou().validate(password, SAM)


@pytest.mark.parametrize("password", ["Samovar-2026-x", "Blue-Kettle-2026"])
def test_a_name_too_short_to_tell_from_a_word_does_not_count(password):
    NotAboutYou().validate(password, SAM)


def test_without_a_person_there_is_no_name():
    NotAboutYou().validate("pharmacist")


@pytest.mark.parametrize("password", ["Blue-Kettle-1", "kettle harbour quay 9"])
def test_a_long_one_of_several_kinds_is_good_enough(password):
    validate_password(password, SAM)


def test_every_reason_is_given_at_once():
    with pytest.raises(ValidationError) as refused:
        validate_password("pharmacist", SAM)

    assert {error.code for error in refused.value.error_list} >= {
        "password_too_short",
        "not_complex",
        "about_you",
    }


@pytest.mark.django_db
def test_one_persons_old_passwords_do_not_bind_another():
    for name in ("first", "second"):
        user, _ = makers.a_person(provider=makers.a_provider(), username=name)
        validate_password(makers.PASSWORD, user)
        choose_password(user=user, password=makers.PASSWORD, at=NOW, by=themselves(user))
        with pytest.raises(ValidationError, match="last 10 passwords"):
            validate_password(makers.PASSWORD, user)


def days_before_due(days, latest=None) -> int | None:
    """The warning at so many days before the password is due, last signed in so many days before."""
    due = NOW + timedelta(days=60)
    user = User(password_changed_at=NOW)
    signed_in = None if latest is None else due - timedelta(days=latest)
    return days_to_warn_of(user, signed_in, due - timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "latest", "warned_of"),
    [
        (20, 30, None),
        (14, 15, 14),
        (13, 15, 13),  # away on the day itself
        (12, 13, None),  # told already
        (7, 8, 7),
        (3, 8, 3),
        (1, 2, 1),
        (0.5, 2, 1),  # the last hours are not "0 days"
        (0.5, 0.9, None),
        (10, None, 10),  # the first sign-in of all
        (0, 2, None),  # due: it is asked for, not warned of
        (-1, 2, None),
    ],
)
def test_fourteen_seven_and_one_day_before_it_is_due_are_said_at_the_next_sign_in(days, latest, warned_of):
    assert days_before_due(days, latest) == warned_of


def test_who_never_chose_one_is_not_warned():
    assert days_to_warn_of(User(password_changed_at=None), None, NOW) is None
