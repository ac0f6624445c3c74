"""Nothing that could find a person is in an address, a title, a log, a cookie, an e-mail or the audit.

One day's work is done by everybody, every answer is kept, and then each of these places is looked through.
"""

import io
import json
import logging
import re
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from clients import actions
from ims.audit.models import Event
from ims.core.logs import WithoutValues
from tests.makers import PASSWORD
from tests.stories.visitor import Page, Visitor, at_work, by_password

REFERENCE, NOTE, POSTCODE = "REF-7Q4-KX", "Asked about detox", "WA7 1JD"
WORDS = [
    "zw170879f",
    "ZW17081979F",
    "17/08/1979",
    "17/8/1979",
    "1979-08-17",
    REFERENCE,
    NOTE,
    POSTCODE,
    "WA71JD",
]
URL = re.compile(r'(?:href|action|src)="([^"]*)"')


@dataclass
class Day:
    """Everything that was answered, and what the site wrote meanwhile."""

    pages: list[Page] = field(default_factory=list)
    log: io.StringIO = field(default_factory=io.StringIO)
    found: list[str] = field(default_factory=lambda: list(WORDS))  # what must be nowhere


class Watched(Visitor):
    """A visitor whose every answer is kept."""

    def __init__(self, browser, day):
        super().__init__(browser)
        self.day = day

    def __setattr__(self, name, value):
        super().__setattr__(name, value)
        if name == "page" and value is not None:
            self.day.pages.append(value)


@pytest.fixture(scope="module")
def day(stage):
    with pytest.MonkeyPatch.context() as patch:
        day = Day()
        _write_everything_to(day.log, patch)
        _everybodys_work(stage, day)
        yield day


def _everybodys_work(world, day):
    username = by_password(world, world.pharmacy_manager)
    manager = Watched(world.stranger(), day)
    manager.signs_in(username)
    _work(manager, day)
    Session.objects.all().delete()
    manager.sends(note=NOTE)  # a session that ended in mid-form
    manager.sends(username=username, password=PASSWORD)
    analyst = Watched(world.client_of(world.analyst), day)
    for path in ("/reports/year/2026/", "/reports/year/2026/figures.csv"):
        analyst.opens(path)


def _work(manager, day):
    manager.opens("/clients/")
    manager.sends(wanted="zw170879f")
    manager.presses("Register a new client")
    page = manager.sends(consent="yes", postcode=POSTCODE, own_reference=REFERENCE)
    client = page.path
    day.found.append(actions.Client.objects.get(own_reference=REFERENCE).ims_id)
    for form, typed in [
        ("exchanges/new/", {"item_FOIL": "2", "note": NOTE}),
        ("brief-interventions/new/", {"types": ["WOUND"], "note": NOTE}),
        ("consent/", {"consent": "no"}),
        ("correct/", {"postcode": "banana"}),
        ("correct/", {"main_substance": "CRACK"}),
    ]:
        manager.opens(f"{client}{form}")
        manager.sends(**typed)
    manager.opens(f"{client}detailed-record/")
    manager.opens("/clients/")
    manager.sends(wanted=REFERENCE)
    manager.opens("/local-extract/")
    manager.sends(what="clients", ims_id=day.found[-1])
    manager.opens("/local-extract/")
    manager.sends(what="clients", ims_id="x" * 12)
    manager.opens(f"{client}exchanges/new/")


def _write_everything_to(stream, monkeypatch):
    """The site's own log handler, with its filter and format, at the most talkative level."""
    (handler,) = [
        one for one in logging.getLogger().handlers if any(isinstance(f, WithoutValues) for f in one.filters)
    ]
    monkeypatch.setattr(handler, "stream", stream)
    for name in ("", "ims", "django", "django.request", "django.security", "axes"):
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "level", logging.DEBUG)
        logger.manager._clear_cache()


def in_text(text: str, found) -> list[str]:
    return [word for word in found if word.lower() in text.lower()]


def test_the_day_was_a_full_one(day):
    """Else nothing could be found anywhere."""
    bodies = " ".join(page.body for page in day.pages)
    assert in_text(bodies, [REFERENCE, NOTE, POSTCODE, "ZW17081979F", "17/08/1979", day.found[-1]]) != []
    assert {page.status for page in day.pages} >= {200, 401, 422}
    assert len(day.log.getvalue().splitlines()) > 20


def test_nothing_that_could_find_a_person_is_in_an_address(day):
    for page in day.pages:
        addresses = [
            page.url,
            *(to for to, _ in getattr(page.response, "redirect_chain", [])),
            *URL.findall(page.body),
        ]
        assert in_text(" ".join(addresses), day.found) == [], page.path


def test_nothing_that_could_find_a_person_is_in_a_title_or_the_name_of_a_file(day):
    for page in day.pages:
        named = page.response.headers.get("Content-Disposition") or page.title
        assert in_text(named, day.found) == [], page.path


def test_no_search_is_in_an_address_because_every_form_about_a_person_is_posted(day):
    for page in day.pages:
        for form in page.document.all("form") if "html" in page.response.headers["Content-Type"] else []:
            assert form.attrs["method"] == "post", page.path


def test_nothing_that_was_typed_is_in_the_log(day):
    assert in_text(day.log.getvalue(), [*day.found, PASSWORD]) == []


def test_cookies_hold_a_key_and_nothing_to_read(day):
    for page in day.pages:
        for cookie in page.response.client.cookies.values():
            assert cookie.key in {"ims", "ims-csrf"}
            assert re.fullmatch(r"\w*", cookie.value)


def test_a_session_holds_what_was_typed_only_under_a_seal(day):
    held = [session.get_decoded() for session in Session.objects.all()]

    assert held
    assert in_text(json.dumps(held), [*day.found, PASSWORD]) == []


def test_the_audit_holds_numbers_and_fixed_words(day):
    events = list(Event.objects.values())

    assert len(events) > 20
    assert in_text(json.dumps(events, default=str), day.found) == []
    for event in events:
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", event["what"])
        assert all(isinstance(value, int) for value in event["counts"].values())


def test_no_e_mail_is_written_about_a_client(day, mailoutbox):
    assert mailoutbox == []


def test_no_page_is_kept_by_a_browser_or_a_proxy_or_tells_others_where_one_was(day):
    for page in day.pages:
        assert page.response.headers["Cache-Control"] == "no-store", page.path
        assert page.response.headers["Referrer-Policy"] == "same-origin"


def test_a_fault_is_logged_by_its_kind_and_place_and_not_by_what_was_typed(world, monkeypatch):
    """The database's own words for a unique violation quote the initials and the date of birth."""
    log = io.StringIO()
    _write_everything_to(log, monkeypatch)
    monkeypatch.setattr(actions, "_refuse_same", lambda *args, **named: None)
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.browser.raise_request_exception = False
    pharmacist.opens(f"{world.woman.get_absolute_url()}correct/")

    page = pharmacist.sends(first_initial="A", last_initial="B", date_of_birth="5/5/1985", sex="M")

    assert page.status == 500
    assert "This is a fault of ours, not of yours." in page.words
    for written in (log.getvalue(), page.body):
        assert in_text(written, ["1985", "A, B", "Key (", "DETAIL"]) == []
    assert "IntegrityError" in log.getvalue()
    assert "clients/actions.py" in log.getvalue()


def test_the_databases_own_log_holds_nothing_of_what_was_typed(day):
    log = settings.DATA_DIR / "postgres" / "server.log"
    if not log.exists():
        pytest.skip("not a private server of ours: its log is not to be reached from here")

    assert in_text(log.read_text(errors="replace"), [*day.found, "Key (", "INSERT INTO"]) == []
