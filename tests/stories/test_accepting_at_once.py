"""Two people of a service take the same referral on at the very same moment: one of them does, the other is told."""

import pytest

from clients.models import Client
from referrals.models import ReferralIn, ReferralStatus
from referrals.receiving import actions as receiving
from tests import makers
from tests.stories.test_at_the_same_moment import at_once, meet_before
from tests.stories.visitor import at_work
from tests.world import a_world

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = {
    "first_initial": "c",
    "last_initial": "d",
    "date_of_birth": "17/9/1979",
    "sex": "F",
    "consent": "yes",
    "consent_how": "spoken",
}


@pytest.fixture
def world():
    with a_world() as cast:
        yield cast


def test_one_referral_accepted_by_two_at_once_is_one_client(world, monkeypatch):
    received = makers.a_received_referral(world.pharmacist, world.woman, world.harbour)
    visitors = [at_work(world, person) for person in (world.keyworker, world.agency_manager)]
    for visitor in visitors:
        visitor.opens(f"/referrals/{received.ref}/accept/")
    meet_before(monkeypatch, receiving, "accept_referral")

    answers = at_once(*(lambda visitor=visitor: visitor.sends(**PERSON) for visitor in visitors))

    assert sorted(page.status for page in answers) == [200, 409]
    assert Client.objects.filter(provider=world.harbour, first_initial="C").count() == 1
    assert ReferralIn.objects.filter(answers=received.pk).count() == 1
    assert ReferralStatus.objects.filter(referral=received.pk, state="accepted").count() == 1
