"""Every address × every role × GET and POST × own and foreign objects (house rule 3).

A table an app says who may; an address that is in no table fails. The other service's record must look exactly like
one that does not exist, and nothing of it may be in anybody's page.
"""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from clients.actions import Details, correct_client
from ims.accounts.roles import Role
from ims.audit.models import Event
from tests import makers
from tests.access import (
    accounts,
    batch,
    clients,
    codelists,
    contacts,
    objects,
    record,
    referrals,
    reporting,
    rules,
    settings,
    uploads,
)
from tests.access.row import Row
from tests.makers import NOW

TABLES = (
    accounts, batch, clients, codelists, contacts, record, referrals, reporting, rules, settings, uploads,
)  # fmt: skip
ROWS: list[Row] = [row for table in TABLES for row in table.ROWS]
CANARY = "CANARY-7Q4"
METHODS = ("get", "post")


def names_in(resolver: URLResolver, space: str = "") -> set[str]:
    """Every URL name of a resolver, with its namespace."""
    names = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            names.add(f"{space}{pattern.name}")
        else:
            names |= names_in(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
    return names


def missing(resolver: URLResolver, rows: list[Row]) -> set[str]:
    return names_in(resolver) - {row.name for row in rows}


def test_every_address_is_in_the_matrix():
    assert missing(get_resolver(), ROWS) == set()
    assert {row.name for row in ROWS} <= names_in(get_resolver())


def test_an_address_that_nobody_has_decided_about_is_noticed():
    planted = URLResolver(get_resolver().pattern, [path("planted/", lambda request: None, name="planted")])

    assert missing(planted, ROWS) == {"planted"}


@pytest.fixture
def people(world):
    """Somebody of every role; those of a provider work at Riverside."""
    held = {
        Role.PROVIDER_STAFF: world.pharmacist,
        Role.PROVIDER_MANAGER: world.pharmacy_manager,
        Role.PHI_ANALYST: world.analyst,
        Role.PHI_OFFICER: world.officer,
        Role.COMMISSIONER: world.commissioner,
    }
    return {role: held.get(role) or makers.an_actor(role) for role in Role}


@pytest.fixture
def foreign(world):
    """Harbour's own, marked so that a trace of it anywhere is seen."""
    correct_client(
        client=world.other,
        attributor=world.other.attributor,
        details=Details(own_reference=CANARY),
        expected_version=world.other.version,
        at=NOW,
        by=world.keyworker,
    )
    makers.an_exchange(world.keyworker, world.other, note=CANARY)
    makers.an_exchange(world.keyworker, world.said_no_there, note=CANARY)
    return objects.of_harbour(world)


@pytest.fixture
def own(world):
    return objects.of_riverside(world)


def named(row: Row, held: dict) -> dict:
    """The arguments of an address: those of the row, and of the object it is about."""
    return {**row.arguments, **held.get(row.of, {})}


def ask(browser, method: str, row: Row, arguments: dict):
    return getattr(browser, method)(
        reverse(row.name, kwargs=arguments), row.sends() if method == "post" else {}
    )


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def expected(row: Row, role: Role, method: str) -> int:
    return getattr(row, method) if role in row.may else 403


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}{sorted(row.sends()) or ''}")
class TestTheMatrix:
    def test_each_role_gets_what_the_table_says_and_nothing_of_the_other_service(
        self, world, people, own, foreign, row
    ):
        for role, person in people.items():
            for method in METHODS:
                arguments = named(row, own)
                answer = ask(world.client_of(person), method, row, arguments)

                assert answer.status_code == expected(row, role, method), (role, method)
                assert CANARY.encode() not in body_of(answer), (role, method)

    def test_a_stranger_is_sent_to_sign_in(self, world, own, row):
        arguments = named(row, own)
        for method, turned_away in (("get", 302), ("post", 401)):
            answer = ask(world.stranger(), method, row, arguments)

            if row.public:
                assert answer.status_code in {getattr(row, method), 302}
            else:
                assert answer.status_code == turned_away

    def test_the_other_services_record_looks_exactly_like_none(self, world, people, foreign, row):
        if not row.of:
            return
        for role in row.may:
            browser = world.client_of(people[role])
            for method in METHODS:
                if getattr(row, method) == 405:
                    continue
                theirs = ask(browser, method, row, named(row, foreign))
                nobodys = ask(browser, method, row, named(row, objects.ABSENT))

                assert theirs.status_code == nobodys.status_code == 404
                assert like(theirs) == like(nobodys)
                assert dict(theirs.headers) == dict(nobodys.headers)


def like(response) -> bytes:
    """A page without the token that differs on every page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


def test_a_record_of_the_other_service_and_one_that_does_not_exist_leave_the_same_trace(world, foreign):
    """The audit says that somebody was refused, and not that there was something to be refused."""
    browser = world.client_of(world.pharmacist)
    traces = []
    for arguments in (foreign["client"], objects.ABSENT["client"]):
        browser.get(reverse("record:client", kwargs=arguments))
        event = Event.objects.latest("id")
        traces.append((event.what, event.kind, event.subjects, event.counts, event.user_id))

    assert traces == [("access.refused", "", [], {}, world.pharmacist.user_id)] * 2


def test_a_missing_permission_is_an_event_too(world):
    world.client_of(world.analyst).get(reverse("clients:find"))

    assert Event.objects.latest("id").what == "access.refused"
