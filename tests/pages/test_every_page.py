"""Rule 11: every page of the access matrix, as each role that may sees it, looked at and sent with nothing filled in."""

import pytest

from clients.actions import Details, correct_client
from ims.bulk.models import Upload
from reporting.reading import BeingRebuilt
from tests.access.test_matrix import METHODS, ROWS, ask, named
from tests.bulk.sending import HEADINGS, record, send
from tests.makers import NOW
from tests.pages.rules import faults
from tests.stories.profiling import looks_at, tries
from tests.stories.uploading import NEW, sends_a_file
from tests.stories.visitor import Visitor, at_work

REFERENCE = "REF-7Q4-KX"
WITH_A_FORM = {200, 401, 422}  # other answers replace a page that had one


@pytest.fixture
def personal(world):
    """What would find the client whose pages are looked at; the record holds all of it."""
    correct_client(
        client=world.client, attributor=world.client.attributor,
        details=Details(postcode="L1 9DB", own_reference=REFERENCE), expected_version=1, at=NOW, by=world.pharmacist,
    )  # fmt: skip
    return [
        "AB05051985M",
        "AB0505",
        "05/05/1985",
        "1985-05-05",
        REFERENCE,
        "L1 9DB",
        "L19DB",
        world.client.ims_id,
    ]


def of_page(response, personal) -> list[str]:
    """What is wrong with an answer; nothing where it is no page."""
    if not response.headers["Content-Type"].startswith("text/html") or response.status_code in (302, 405):
        return []
    form = response.context.get("form") if response.context and response.status_code in WITH_A_FORM else None
    return faults(response.content.decode(), has_errors=bool(form and form.errors), personal=personal)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}{sorted(row.sends()) or ''}")
def test_every_page_keeps_the_rules_for_every_role(world, people, own, personal, row):
    arguments = named(row, own)
    found = {}
    for role in row.may:
        for method in METHODS:
            answer = ask(world.client_of(people[role]), method, row, arguments)
            found[role, method] = of_page(answer, personal)

    assert {key: wrong for key, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.public or row.post == 422], ids=lambda row: row.name
)
def test_every_page_keeps_the_rules_for_a_stranger(world, own, personal, row):
    """The sign-in page at another page's address among them."""
    arguments = named(row, own)

    for method in METHODS:
        assert of_page(ask(world.stranger(), method, row, arguments), personal) == []


def near_match(world, visitor):
    visitor.opens("/clients/new/")
    typed = {
        "first_initial": "A",
        "last_initial": "B",
        "date_of_birth": "5/6/1985",
        "sex": "M",
        "consent": "yes",
    }
    return visitor.sends(**typed, own_reference=REFERENCE)


def found(world, visitor):
    visitor.opens("/clients/")
    return visitor.sends(wanted=REFERENCE)


def found_nobody(world, visitor):
    visitor.opens("/")
    return visitor.sends(wanted="zw050585m")


def begun_from_a_search(world, visitor):
    visitor.opens("/clients/")
    visitor.sends(wanted="ab060685m")
    return visitor.presses("Register a new client")


def conflict(world, visitor):
    page = visitor.opens(f"{world.client.get_absolute_url()}correct/")
    visitor.sends(page, postcode="WA7 1JD")
    return visitor.sends(page, postcode="CH41 3RB")


def saved(world, visitor):
    visitor.opens(f"{world.client.get_absolute_url()}exchanges/new/")
    return visitor.sends(item_FOIL="2")


def asked_whether_it_was_meant(world, visitor):
    visitor.opens(f"{world.client.get_absolute_url()}exchanges/new/")
    return visitor.sends(item_FOIL="2001")


def the_dummy(world, visitor):
    return visitor.opens(world.dummy.get_absolute_url())


def no_such_client_of_the_extract(world, visitor):
    visitor.opens("/local-extract/")
    return visitor.sends(what="clients", ims_id=world.other.ims_id)


def a_file_that_waits(world, visitor):
    return sends_a_file(visitor, HEADINGS + NEW)


def a_file_that_is_recorded(world, visitor):
    return visitor.opens(record(world.pharmacy_manager, HEADINGS + NEW).get_absolute_url())


def a_file_that_cannot_be_read(world, visitor):
    return visitor.opens(send(world.pharmacy_manager, "a,a\n1,2\n").get_absolute_url())


def a_file_that_was_stopped(world, visitor):
    upload = send(world.pharmacy_manager, HEADINGS + NEW)
    Upload.objects.filter(pk=upload.pk).update(state="failed")
    return visitor.opens(upload.get_absolute_url())


def a_file_that_is_given_up(world, visitor):
    visitor.opens(send(world.pharmacy_manager, HEADINGS + NEW).get_absolute_url())
    return visitor.presses("Give it up")


def the_columns_of_a_file(world, visitor):
    return looks_at(visitor)


def a_profile_that_is_tried(world, visitor):
    looks_at(visitor)
    return tries(visitor)


def a_profile_not_decided_about(world, visitor):
    looks_at(visitor)
    return visitor.presses("Try it on this file")


def not_there(world, visitor):
    return visitor.opens("/nowhere/")


def another_services(world, visitor):
    return visitor.opens(world.other.get_absolute_url())


def not_allowed(world, visitor):
    return visitor.opens("/reports/")


def a_fault(world, visitor):
    visitor.browser.raise_request_exception = False
    world.monkeypatch.setattr("ims.record.views.pages.page_of", None)
    return visitor.opens(world.client.get_absolute_url())


def being_rebuilt(world, visitor):
    def refuse(start):
        raise BeingRebuilt

    world.monkeypatch.setattr("reporting.views.figures_of", refuse)
    return at_work(world, world.analyst).opens("/reports/year/2026/")


def too_many_tries(world, visitor):
    for _ in range(5):
        page = Visitor().signs_in("pharmacist", "wrong")
    return page


def too_much(world, visitor):
    visitor.opens("/clients/")
    return visitor.sends(wanted="x" * 3_000_000)


def a_post_of_another_site(world, visitor):
    visitor.opens("/clients/")
    return visitor.sends(csrfmiddlewaretoken="x", form_owner="x", wanted="ab050585m")


STATES = {
    a_file_that_waits: 200, a_file_that_is_recorded: 200, a_file_that_cannot_be_read: 200, a_file_that_was_stopped: 200,
    a_file_that_is_given_up: 200, the_columns_of_a_file: 200, a_profile_that_is_tried: 200,
    a_profile_not_decided_about: 422, near_match: 200, found: 200, found_nobody: 200, begun_from_a_search: 200, conflict: 422, saved: 200,
    asked_whether_it_was_meant: 422, the_dummy: 200, no_such_client_of_the_extract: 422, not_there: 404,
    another_services: 404, not_allowed: 403, a_fault: 500, being_rebuilt: 503, too_many_tries: 429,
    a_post_of_another_site: 403, too_much: 400,
}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "status"), STATES.items(), ids=lambda state: getattr(state, "__name__", "")
)
def test_what_a_page_shows_in_other_states_keeps_the_rules_too(world, personal, monkeypatch, state, status):
    world.monkeypatch = monkeypatch

    page = state(world, at_work(world, world.pharmacy_manager))

    assert page.status == status
    assert of_page(page.response, [*personal, "05/06/1985", "zw050585m"]) == []
