"""Referrals accepted at the very same moment: of two people who take the same one on, one does and the other is told; two
services that take on each other's client both do.
"""

import pytest
from django.db import connection

from clients.models import Client
from ims.core.embedded_process import wait_until
from referrals.models import ReferralIn, ReferralStatus
from referrals.receiving import actions as receiving
from tests import makers
from tests.stories.test_at_the_same_moment import at_once, meet_before
from tests.stories.visitor import at_work
from tests.world import a_world

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"consent": "yes", "consent_how": "spoken"}
PERSON = {"first_initial": "c", "last_initial": "d", "date_of_birth": "17/9/1979", "sex": "F", **ASKED}
THEIRS = {"first_initial": "k", "last_initial": "l", "date_of_birth": "30/6/1990", "sex": "F", **ASKED}


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


def each_opens_the_others(world, ours, theirs):
    """Riverside refers `ours` to Harbour, and Harbour `theirs` to Riverside; somebody at each has opened the form."""
    sent = [
        makers.a_received_referral(world.pharmacist, ours, world.harbour),
        makers.a_received_referral(world.keyworker, theirs, world.riverside),
    ]
    visitors = [at_work(world, world.keyworker), at_work(world, world.pharmacist)]
    for visitor, received in zip(visitors, sent, strict=True):
        visitor.opens(f"/referrals/{received.ref}/accept/")
    return sent, visitors


def both_are_accepted(sent, answers):
    assert ["Referral accepted." in page.said for page in answers] == [True, True]
    for received in sent:
        assert ReferralIn.objects.filter(answers=received.pk).count() == 1
        assert ReferralStatus.objects.filter(referral=received.pk, state="accepted").count() == 1


def test_two_services_that_accept_each_others_client_at_once_each_have_one_new_client(world, monkeypatch):
    sent, (harbour, riverside) = each_opens_the_others(world, world.woman, world.other)
    meet_before(monkeypatch, receiving, "register_client")  # each holds the other's client

    answers = at_once(lambda: harbour.sends(**PERSON), lambda: riverside.sends(**THEIRS))

    both_are_accepted(sent, answers)
    assert Client.objects.filter(provider=world.harbour, first_initial="C").count() == 1
    assert Client.objects.filter(provider=world.riverside, first_initial="K").count() == 1


def meet_or_be_waited_for(monkeypatch, module, name):
    """Let nobody into a function before the other has come to it too, or waits for what the first one holds."""
    come, wrapped = [], getattr(module, name)

    def wait_then(*args, **named):
        come.append(name)
        assert wait_until(lambda: len(come) == 2 or somebody_waits_for_us(), 60)
        return wrapped(*args, **named)

    monkeypatch.setattr(module, name, wait_then)


def somebody_waits_for_us():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        return cursor.fetchone() != (0,)


def test_two_services_that_refer_the_same_person_to_each_other_both_find_their_own_client(world, monkeypatch):
    """Each holds the client that the other wants next, unless both take them in one order."""
    sent, visitors = each_opens_the_others(world, world.client, world.same_person)
    clients = Client.objects.count()
    meet_or_be_waited_for(monkeypatch, receiving, "_asked_afresh")

    answers = at_once(
        *(
            lambda visitor=visitor: visitor.presses("Use A B, 05/05/1985, male", **ASKED)
            for visitor in visitors
        )
    )

    both_are_accepted(sent, answers)
    assert Client.objects.count() == clients
