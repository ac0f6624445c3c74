"""The small questions of signing in: where one goes on to, and which name was tried."""

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from ims.accounts import signing_in
from ims.accounts.signing_in import PasswordBackend, safe_next, username_tried
from tests import makers
from tests.makers import PASSWORD


@pytest.mark.parametrize("path", ["/", "/clients/", "/reports/year/2026/?a=b"])
def test_a_path_of_this_site_is_gone_on_to(path):
    assert safe_next(None, path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "clients/",
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:x",
    ],
)
def test_anything_else_leads_home(path):
    assert safe_next(None, path) == "/"


@pytest.mark.parametrize("typed", ["sam", "SAM", "  Sam "])
def test_failures_are_counted_under_one_spelling(typed):
    request = RequestFactory().post("/sign-in/", {"username": typed})

    assert username_tried(request) == username_tried(request, {"username": typed}) == "sam"


@pytest.mark.django_db
def test_an_unknown_name_costs_a_hash_as_a_known_one_does(monkeypatch):
    hashed = []
    monkeypatch.setattr(signing_in, "make_password", hashed.append)

    assert PasswordBackend().authenticate(None, username="nobody", password="x") is None
    assert hashed == ["x"]


@pytest.mark.django_db
def test_only_the_right_password_of_an_active_person_is_let_in():
    user, _ = makers.a_person(provider=makers.a_provider(), username="sam", password=PASSWORD)
    backend = PasswordBackend()

    assert backend.authenticate(None, username="SAM", password=PASSWORD) == user
    assert backend.authenticate(None, username="sam", password="x") is None
    assert backend.get_user(user.pk) == user
    user.is_active = False
    user.save()
    assert backend.authenticate(None, username="sam", password=PASSWORD) is None
    assert backend.get_user(user.pk) is None


@pytest.mark.django_db
def test_an_account_without_a_password_opens_with_none():
    makers.a_person(provider=makers.a_provider(), username="sam")
    request = RequestFactory().post("/sign-in/")

    for password in ("", "!", None):
        assert authenticate(request, username="sam", password=password) is None
