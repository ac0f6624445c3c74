"""Two presses at the very same moment: both reach the database, one record comes of it, and nobody sees a fault."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse

from clients import actions
from clients.models import Client
from interventions.models import SyringeExchange
from interventions.syringe_exchange import action
from tests import makers
from tests.stories.visitor import at_work
from tests.world import a_world

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = {
    "first_initial": "P",
    "last_initial": "Q",
    "date_of_birth": "1/2/1990",
    "sex": "F",
    "consent": "yes",
}


@pytest.fixture
def world():
    with a_world() as cast:
        yield cast


def at_once(*presses):
    """What each press was answered, all having been let go together."""

    def press(act):
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def meet_before(monkeypatch, module, name, number=2):
    """Let nobody into a function before `number` have come to it for the first time."""
    everybody, wrapped = threading.Barrier(number, timeout=20), getattr(module, name)
    come = threading.local()

    def wait_then(*args, **named):
        if not getattr(come, "already", False):
            come.already = True
            everybody.wait()
        return wrapped(*args, **named)

    monkeypatch.setattr(module, name, wait_then)


def test_two_presses_of_save_are_one_exchange(world, monkeypatch):
    visitor = at_work(world, world.pharmacist)
    page = visitor.opens(f"{world.client.get_absolute_url()}exchanges/new/")
    sent = {**page.typed, "item_FOIL": "2"}
    meet_before(monkeypatch, action, "record")

    answers = at_once(*[lambda: visitor.browser.post(page.path, sent)] * 2)

    assert [answer.status_code for answer in answers] == [302, 302]
    assert SyringeExchange.objects.filter(items={"FOIL": 2}).count() == 1


def test_two_people_who_object_at_once_share_the_one_dummy(world, monkeypatch):
    service = makers.a_provider("Quayside Outreach")
    people = [makers.an_actor(provider=service), makers.the_manager(service)]
    pages = [at_work(world, person) for person in people]
    for visitor in pages:
        visitor.opens("/clients/new/")
    meet_before(monkeypatch, actions, "new_ims_id")  # both have found that there is none

    answers = at_once(
        *(
            lambda visitor=visitor: visitor.presses("The person objects: use the dummy attributor")
            for visitor in pages
        )
    )

    (dummy,) = Client.objects.filter(provider=service)
    assert [(page.status, page.path) for page in answers] == [(200, dummy.get_absolute_url())] * 2


def test_one_person_registered_by_two_at_once_is_one_client_and_the_second_is_told(world, monkeypatch):
    visitors = [at_work(world, person) for person in (world.pharmacist, world.pharmacy_manager)]
    for visitor in visitors:
        visitor.browser.raise_request_exception = False
        visitor.opens(reverse("clients:register"))
    meet_before(monkeypatch, actions, "new_ims_id")  # both have found that there is nobody

    answers = at_once(*(lambda visitor=visitor: visitor.sends(**PERSON) for visitor in visitors))

    assert Client.objects.filter(first_initial="P").count() == 1
    assert sorted(page.status for page in answers) == [200, 422]
