"""The cast of the stories: two services, the people who work there and centrally, and a few clients of each.

    def test_a_manager_invites_staff(world):
        browser = world.client_of(world.pharmacy_manager)

People are actors, ready for `by=`. Everything is recorded by the actions of the site, at `NOW`, and the clock stands
there for the length of the test: `world.clock.shift(...)` moves it.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client as Browser
from django.test import RequestFactory

from clients.models import Client
from ims.accounts import session
from ims.accounts.models import Membership, User
from ims.accounts.roles import Role
from ims.core.actor import Actor
from ims.providers.models import Kind, Provider
from interventions.brief_intervention.action import record_brief_interventions
from interventions.naloxone.action import record_naloxone
from interventions.syringe_exchange.action import record_exchanges
from interventions.wellbeing_assessment.action import record_assessments
from referrals.actions import record_referrals_in, send_referrals
from tests import makers
from tests.makers import LIVERPOOL, NOW, TODAY, WIRRAL


@dataclass
class World:
    clock: time_machine.Traveller

    officer: Actor  # opens providers
    analyst: Actor  # all areas' figures
    commissioner: Actor  # Liverpool's figures

    riverside: Provider  # Riverside Pharmacy, of Liverpool
    pharmacist: Actor
    pharmacy_manager: Actor
    harbour: Provider  # Harbour Agency, of Wirral
    keyworker: Actor
    agency_manager: Actor

    # Of Riverside; all but the dummy have an exchange and a brief intervention in June 2026, the dummy an exchange.
    client: Client  # AB05051985M, of Liverpool, heroin
    woman: Client  # CD17091979F, of Wirral, crack
    said_no: Client  # GH02021968M, said No
    dummy: Client
    # Of Harbour, with the same.
    same_person: Client  # AB05051985M again
    other: Client  # KL30061990F
    said_no_there: Client  # MN12121975M, said No
    dummy_there: Client

    def client_of(self, actor: Actor) -> Browser:
        """A browser in which the actor is signed in and works in that role."""
        browser = Browser()
        browser.cookies[settings.SESSION_COOKIE_NAME] = self.session_of(actor)
        return browser

    def session_of(self, actor: Actor) -> str:
        """The key of a session begun as the sign-in page begins one; no password is hashed for it."""
        membership = self.membership_of(actor)
        request = RequestFactory().post("/sign-in/")
        request.session = SessionStore()
        session.begin(request, membership.user)
        session.work_as(request, membership)
        request.session.save()
        return request.session.session_key

    def stranger(self) -> Browser:
        """A browser in which nobody is signed in."""
        return Browser()

    def membership_of(self, actor: Actor) -> Membership:
        return Membership.objects.select_related("user", "provider").get(pk=actor.membership_id)

    def user_of(self, actor: Actor) -> User:
        return self.membership_of(actor).user


@contextmanager
def a_world():
    """The cast on its stage, for as long as the block lasts."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield World(clock=clock, **_centre(), **_riverside(), **_harbour())


@pytest.fixture
def world(db):
    with a_world() as cast:
        yield cast


def _centre() -> dict:
    return {
        "officer": makers.an_officer(),
        "analyst": makers.an_actor(Role.PHI_ANALYST, username="analyst", full_name="Ruth Adeyemi"),
        "commissioner": makers.an_actor(
            Role.COMMISSIONER, username="commissioner", full_name="Helen Marsh", areas=[LIVERPOOL]
        ),
    }


def _riverside() -> dict:
    riverside = makers.a_provider("Riverside Pharmacy", code="LIV0001")
    staff = makers.an_actor(provider=riverside, username="pharmacist", full_name="Sam Okoro")
    clients = {
        "client": makers.a_client(staff, "AB05051985M", postcode="L1 9DB", main_substance="HEROIN"),
        "woman": makers.a_client(staff, "CD17091979F", postcode="CH41 3RB", main_substance="CRACK"),
        "said_no": makers.a_client(staff, "GH02021968M", consent=False, main_substance="HEROIN"),
        "dummy": makers.the_dummy(staff),
    }
    _visits(staff, clients)
    return {
        "riverside": riverside,
        "pharmacist": staff,
        "pharmacy_manager": makers.the_manager(riverside),
        **clients,
    }


def _harbour() -> dict:
    harbour = makers.a_provider("Harbour Agency", code="WIR0001", kind=Kind.AGENCY, authority=WIRRAL)
    staff = makers.an_actor(provider=harbour, username="keyworker", full_name="Priya Nair")
    clients = {
        "same_person": makers.a_client(staff, "AB05051985M", main_substance="HEROIN"),
        "other": makers.a_client(staff, "KL30061990F", postcode="CH41 3RB", main_substance="AMPHET"),
        "said_no_there": makers.a_client(staff, "MN12121975M", consent=False, main_substance="HEROIN"),
        "dummy_there": makers.the_dummy(staff),
    }
    _visits(staff, clients)
    return {
        "harbour": harbour,
        "keyworker": staff,
        "agency_manager": makers.the_manager(harbour),
        **clients,
    }


def _visits(staff: Actor, clients: dict[str, Client]) -> None:
    """An exchange of ten syringes a week ago for everybody; for those who are somebody advice yesterday, naloxone, a first assessment, a referral in and one to the GP."""
    week_ago, yesterday = TODAY - timedelta(days=7), TODAY - timedelta(days=1)
    exchanges = [makers.exchange_line(client, on=week_ago) for client in clients.values()]
    advice = [
        makers.intervention_line(client, on=yesterday) for client in clients.values() if not client.is_dummy
    ]
    record_exchanges(lines=exchanges, at=NOW, by=staff)
    record_brief_interventions(lines=advice, at=NOW, by=staff)
    people = [client for client in clients.values() if not client.is_dummy]
    ten_days_ago = TODAY - timedelta(days=10)
    supplies = [makers.naloxone_line(client, on=ten_days_ago) for client in people]
    assessments = [makers.assessment_line(client, on=ten_days_ago) for client in people]
    record_naloxone(lines=supplies, at=NOW, by=staff)
    record_assessments(lines=assessments, at=NOW, by=staff)
    record_referrals_in(
        lines=[makers.incoming_line(client, on=ten_days_ago) for client in people], at=NOW, by=staff
    )
    send_referrals(lines=[makers.outgoing_line(client, on=yesterday) for client in people], at=NOW, by=staff)
