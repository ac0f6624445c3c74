"""The cast of the stories is what it says, so that a story cannot pass because somebody in it is missing."""

import pytest

from clients.models import Client
from ims.core import dates
from interventions.models import BriefIntervention, SyringeExchange
from tests.makers import TODAY, an_authority

PEOPLE = [
    "officer",
    "analyst",
    "commissioner",
    "pharmacist",
    "pharmacy_manager",
    "keyworker",
    "agency_manager",
]


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_of_the_cast_can_sign_in(world, name):
    page = world.client_of(getattr(world, name)).get("/")

    assert page.status_code == 200
    assert page.wsgi_request.actor == getattr(world, name)


def test_a_stranger_is_asked_to_sign_in(world):
    assert world.stranger().get("/").headers["Location"].startswith("/sign-in/")


def test_each_service_has_its_own_four_clients(world):
    def held_by(actor):
        return set(Client.objects.visible_to(actor))

    assert held_by(world.pharmacist) == {world.client, world.woman, world.said_no, world.dummy}
    assert held_by(world.agency_manager) == {
        world.same_person,
        world.other,
        world.said_no_there,
        world.dummy_there,
    }


def test_three_people_may_be_counted_and_nobody_else(world):
    counted = {client for client in Client.objects.all() if client.has_consented()}

    assert counted == {world.client, world.woman, world.same_person, world.other}
    assert world.same_person.attributor == world.client.attributor


def test_every_client_has_a_visit_to_be_counted_or_not(world):
    assert SyringeExchange.objects.filter(needles=10).count() == 8
    assert BriefIntervention.objects.count() == 6


def test_the_client_lives_in_liverpool_and_the_woman_in_wirral(world):
    def authority_of(client):
        return SyringeExchange.objects.get(client=client).authority_code

    assert authority_of(world.client) == an_authority().code
    assert authority_of(world.woman) == world.harbour.authority_code


def test_the_day_is_always_the_same(world):
    assert dates.today() == TODAY
