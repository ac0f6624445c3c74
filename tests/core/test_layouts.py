"""The page around everything: one heading, a way past the menu, nothing from elsewhere and nothing inline."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import include, path

from ims.core import frontend
from tests.core.markup import Markup


def nothing(request):
    return HttpResponse()


urlpatterns = [
    path("", nothing, name="home"),
    path("reference/", nothing, name="reference"),
    path(
        "",
        include(
            ([path(f"{name}/", nothing, name=name) for name in ("sign_out", "switch", "details")], "accounts")
        ),
    ),
]
pytestmark = pytest.mark.urls(__name__)

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
LAYOUTS = ["layouts/page.html", "layouts/form.html", "layouts/plain.html"]
PHARMACIST = SimpleNamespace(name="Sam <b>Jones", provider_name="Hope Street", role_label="Pharmacist")
SAVED = Message(constants.SUCCESS, "Exchange saved.")


class Note(forms.Form):
    note = forms.CharField()


class Saved(Note):
    submission_id = forms.UUIDField(widget=forms.HiddenInput)


def page_on(layout, **context):
    """A page made on a layout, its own heading written as pages write it."""
    content = "<h1>Notes</h1>" if layout == "layouts/page.html" else ""
    source = (
        f'{{% extends "{layout}" %}}{{% block title %}}Notes{{% endblock %}}{{% block heading %}}Notes{{% endblock %}}'
        f"{{% block {'content' if content else 'unused'} %}}{content}{{% endblock %}}"
    )
    return rendered(engines["django"].from_string(source), **context)


def rendered(template, **context):
    request = RequestFactory().get("/")
    return Markup(template.render({"form": Note(), **context}, request))


@pytest.fixture(params=LAYOUTS + ERRORS)
def page(request):
    context = {
        "actor": PHARMACIST,
        "may_switch": True,
        "messages": [SAVED],
        "navigation": [SimpleNamespace(label="Home", url="/", current=True)],
    }
    if request.param in ERRORS:
        return rendered(get_template(request.param), **context)
    return page_on(request.param, **context)


def test_every_page_has_one_heading_and_one_main_part(page):
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.one("h1").text.strip()


def test_the_first_link_leads_past_the_menu_to_what_matters(page):
    first = page.all("a")[0]

    assert first.text == "Skip to main content"
    assert first.attrs["href"] == "#" + page.one("main").attrs["id"]


def test_every_title_ends_with_the_name_of_the_system(page):
    assert re.fullmatch(r"\S.* - IMS", page.one("title").text)


def test_no_page_is_offered_to_search_engines(page):
    assert "noindex" in page.one("meta", name="robots").attrs["content"]


def test_nothing_on_a_page_comes_from_another_host(page):
    asked = [
        one.attrs.get("src") or one.attrs.get("href")
        for tag in ("link", "script", "img")
        for one in page.all(tag)
    ]

    assert len(asked) >= 7
    assert [address for address in asked if not re.match(r"/static/\w", address)] == []


def test_every_file_a_page_asks_for_is_there(page):
    static = settings.BASE_DIR / "static"
    asked = [
        one.attrs.get("src") or one.attrs.get("href")
        for tag in ("link", "script", "img")
        for one in page.all(tag)
    ]

    missing = {address.removeprefix("/static/") for address in asked if not (static / address[8:]).is_file()}
    assert missing <= {f"vendor/{name}" for name in frontend.SERVED}  # made by the build


def test_nothing_on_a_page_is_refused_by_the_content_security_policy(page):
    inline = [
        one
        for one in page.elements
        if "style" in one.attrs or any(name.startswith("on") for name in one.attrs)
    ]

    assert inline == []
    assert page.all("style") == []
    assert [script for script in page.all("script") if "src" not in script.attrs] == []


def test_no_two_things_on_a_page_share_an_id(page):
    assert len(page.ids) == len(set(page.ids))


def test_the_title_of_a_form_with_errors_says_so_first():
    assert page_on("layouts/form.html", form=Note({})).one("title").text == "Error: Notes - IMS"
    assert page_on("layouts/form.html").one("title").text == "Notes - IMS"


def test_a_form_is_checked_by_the_server_and_sealed_to_its_person():
    request = RequestFactory().get("/")
    request.form_owner = "sealed"

    page = Markup(get_template("layouts/form.html").render({"form": Note()}, request))

    form = page.one("form", data_main=None)
    assert form.attrs["method"] == "post"
    assert "novalidate" in form.attrs
    assert page.one("input", name="form_owner").attrs["value"] == "sealed"
    assert page.one("input", name="csrfmiddlewaretoken").attrs["value"]


def test_a_form_that_came_back_is_known_to_be_unsaved():
    assert page_on("layouts/form.html", form=Saved({})).all("form", data_keep=None, data_unsaved=None)
    assert not page_on("layouts/form.html", form=Saved()).all("form", data_unsaved=None)


def test_a_search_may_be_left_without_a_question():
    assert page_on("layouts/form.html", form=Saved()).all("form", data_keep=None)
    assert not page_on("layouts/form.html", form=Note({})).all("form", data_keep=None)


def test_the_masthead_says_who_is_signed_in_and_for_whom():
    html = page_on("layouts/page.html", actor=PHARMACIST).html

    assert "Sam &lt;b&gt;Jones" in html
    assert "Pharmacist at Hope Street" in html


def test_signing_out_is_an_act_and_not_a_link():
    page = page_on("layouts/page.html", actor=PHARMACIST)

    assert page.one("form", action="/sign_out/").attrs["method"] == "post"
    assert page.all("input", name="csrfmiddlewaretoken")


def test_switching_is_offered_only_to_those_with_another_role():
    assert not page_on("layouts/page.html", actor=PHARMACIST, may_switch=False).all("a", href="/switch/")
    assert page_on("layouts/page.html", actor=PHARMACIST, may_switch=True).all("a", href="/switch/")


def test_a_stranger_sees_no_menu_and_nobody_to_sign_out():
    page = page_on("layouts/page.html", actor=None, navigation=[])

    assert page.all("nav") == []
    assert page.all("form") == []


def test_the_menu_marks_the_page_one_is_on():
    items = [
        SimpleNamespace(label="Home", url="/", current=False),
        SimpleNamespace(label="Reports", url="/reports/", current=True),
    ]

    page = page_on("layouts/page.html", actor=PHARMACIST, navigation=items)

    assert page.one("nav").attrs["aria-label"] == "Main"
    assert [link.text for link in page.all("a", aria_current="page")] == ["Reports"]


@pytest.mark.parametrize(
    ("level", "role"), [(constants.SUCCESS, "alert"), (constants.ERROR, "alert"), (constants.INFO, "region")]
)
def test_what_went_well_or_wrong_is_read_out_at_once(level, role):
    page = page_on("layouts/page.html", messages=[Message(level, "<i>AB"), Message(level, "Again")])

    assert [one.attrs["aria-labelledby"] for one in page.all("div", role=role)] == ["message-1", "message-2"]
    assert "&lt;i&gt;AB" in page.html


def test_the_owners_of_the_data_are_named_where_they_ask_to_be():
    assert "Contains &lt;OS&gt; data" in page_on("layouts/page.html", attribution="Contains <OS> data").html


def test_a_missing_page_says_the_same_whatever_the_reason():
    one = rendered(
        get_template("404.html"), exception="No Client matches the given query.", request_path="/a/"
    )
    other = rendered(get_template("404.html"), exception="", request_path="/clients/b/")

    assert one.html == other.html
    assert "may have been deleted or may belong to another service" in one.html


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_nothing_that_may_be_broken(name):
    assert len(Markup(get_template(name).render()).all("h1")) == 1


def test_a_document_for_printing_has_no_menu_and_no_masthead():
    page = page_on(
        "layouts/plain.html",
        actor=PHARMACIST,
        navigation=[SimpleNamespace(label="Home", url="/", current=True)],
    )

    assert page.all("nav", aria_label="Main") == []
    assert page.all("form") == []
