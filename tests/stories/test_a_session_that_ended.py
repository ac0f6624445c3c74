"""The session ended in mid-form: signing in brings the form back, filled in and unsaved, and to nobody else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import signing

from clients.models import Client
from ims.accounts.actions import give_role
from ims.accounts.roles import Role
from interventions.models import BriefIntervention, SyringeExchange
from interventions.syringe_exchange import action
from tests.makers import NOW, PASSWORD
from tests.stories.visitor import Visitor, at_work, by_password

BACK = "You were signed out before this was saved. What you typed is back: check it, then save."


def half_filled(world, form="exchanges/new/"):
    """A pharmacist with a form open whose session then ends."""
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}{form}")
    Session.objects.all().delete()
    return pharmacist


@pytest.fixture
def pharmacists_name(world):
    return by_password(world, world.pharmacist)


def test_what_was_typed_is_kept_sealed_and_nothing_is_saved(world):
    before = SyringeExchange.objects.count()

    page = half_filled(world).sends(item_SYR_FIXED_1="35", note="Asked about detox")

    assert page.status == 401
    assert "Your session had ended, so nothing is saved yet. What you typed is kept, encrypted" in page.words
    assert page.typed["next"] == f"{world.client.get_absolute_url()}exchanges/new/"
    assert page.typed["sealed"] != ""
    assert "detox" not in page.body
    assert SyringeExchange.objects.count() == before


def test_signing_in_brings_the_form_back_filled_in_and_a_press_saves_it(world, pharmacists_name):
    before = SyringeExchange.objects.count()
    pharmacist = half_filled(world)
    pharmacist.sends(item_SYR_FIXED_1="35", drug="CRACK", note="Asked <b>twice</b> & left\nlate")

    page = pharmacist.sends(username=pharmacists_name, password=PASSWORD)

    assert BACK in page.said
    assert page.path == f"{world.client.get_absolute_url()}exchanges/new/"
    assert page.problems == []
    assert (page.typed["item_SYR_FIXED_1"], page.typed["drug"]) == ("35", "CRACK")
    assert page.typed["note"] == "Asked <b>twice</b> & left\nlate"
    assert SyringeExchange.objects.count() == before

    page = pharmacist.sends()

    assert "Exchange saved." in page.said
    assert SyringeExchange.objects.count() == before + 1


def test_a_wrong_password_in_between_loses_nothing(world, pharmacists_name):
    pharmacist = half_filled(world, "brief-interventions/new/")
    pharmacist.sends(types=["ADVICE", "WOUND"], minutes="20")

    pharmacist.sends(username=pharmacists_name, password="wrong")
    page = pharmacist.sends(username=pharmacists_name, password=PASSWORD)

    assert (page.typed["types"], page.typed["minutes"]) == ("ADVICE,WOUND", "20")
    assert BriefIntervention.objects.filter(type="WOUND").count() == 0


def test_a_person_with_two_roles_has_it_back_after_choosing_where_they_work(world, pharmacists_name):
    user = world.user_of(world.pharmacist)
    give_role(user=user, role=Role.PROVIDER_STAFF, provider=world.harbour, at=NOW, by=world.officer)
    pharmacist = half_filled(world)
    pharmacist.sends(item_SYR_FIXED_1="35")
    pharmacist.sends(username=pharmacists_name, password=PASSWORD)

    page = pharmacist.presses("Provider staff at Riverside Pharmacy")

    assert page.typed["item_SYR_FIXED_1"] == "35"


def test_it_comes_back_to_nobody_else(world):
    manager = by_password(world, world.pharmacy_manager)
    pharmacist = half_filled(world)
    pharmacist.sends(item_SYR_FIXED_1="35", note="Asked about detox")

    page = pharmacist.sends(username=manager, password=PASSWORD)

    assert page.path == f"{world.client.get_absolute_url()}exchanges/new/"
    assert page.typed["item_SYR_FIXED_1"] == ""
    assert "detox" not in page.body
    assert BACK not in page.said


def test_what_was_sealed_for_one_page_is_not_unsealed_on_another(world, pharmacists_name):
    pharmacist = half_filled(world)
    pharmacist.sends(note="Asked about detox", item_FOIL="2")

    other = f"{world.woman.get_absolute_url()}exchanges/new/"
    page = pharmacist.sends(username=pharmacists_name, password=PASSWORD, next=other)

    assert page.path == other
    assert "detox" not in page.body


def test_a_seal_that_was_tampered_with_brings_nothing_back(world, pharmacists_name):
    pharmacist = half_filled(world)
    sealed = pharmacist.sends(item_SYR_FIXED_1="35").typed["sealed"]

    page = pharmacist.sends(username=pharmacists_name, password=PASSWORD, sealed=sealed[:-8] + "AAAAAAA=")

    assert page.status == 200
    assert page.typed["item_SYR_FIXED_1"] == ""


def test_a_form_whose_owner_nobody_signed_is_not_kept(world):
    """Else a page of another site could have what it likes sealed for somebody."""
    pharmacist = half_filled(world)

    page = pharmacist.sends(
        item_SYR_FIXED_1="35", form_owner=signing.dumps(world.pharmacist.user_id, salt="another")
    )

    assert page.status == 401
    assert page.typed["sealed"] == ""


def test_a_form_from_before_the_latest_sign_in_comes_back_unsaved(world, pharmacists_name):
    """Signed in again in another window: the old page's token is no longer good."""
    before = SyringeExchange.objects.count()
    pharmacist = Visitor()
    path = f"{world.client.get_absolute_url()}exchanges/new/"
    old = pharmacist.signs_in(pharmacists_name, path=path)
    pharmacist.signs_in(pharmacists_name)

    page = pharmacist.sends(old, item_SYR_FIXED_1="35")

    assert BACK in page.said
    assert page.typed["item_SYR_FIXED_1"] == "35"
    assert SyringeExchange.objects.count() == before
    assert "Exchange saved." in pharmacist.sends().said


def test_a_post_of_another_site_is_refused(world):
    visitor = at_work(world, world.pharmacist)

    answer = visitor.browser.post(f"{world.client.get_absolute_url()}consent/", {"consent": "no"})

    assert answer.status_code == 403
    world.client.refresh_from_db()
    assert world.client.consent


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 401)])
def test_half_an_hour_without_a_page_ends_the_session(world, minutes, status):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/")

    world.clock.shift(timedelta(minutes=minutes))

    assert pharmacist.sends(item_FOIL="2").status == status


def test_twelve_hours_end_the_session_however_busy(world):
    pharmacist = at_work(world, world.pharmacist)
    for _ in range(47):
        world.clock.shift(timedelta(minutes=15))
        assert pharmacist.opens("/").title == "Home - IMS"

    world.clock.shift(timedelta(minutes=16))

    assert pharmacist.opens("/").title == "Sign in - IMS"


def test_a_search_typed_after_the_session_ended_comes_back(world, pharmacists_name):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/")
    Session.objects.all().delete()
    pharmacist.sends(wanted="ab050585m")

    page = pharmacist.sends(username=pharmacists_name, password=PASSWORD)

    assert page.typed["wanted"] == "ab050585m"


@pytest.mark.parametrize(
    ("path", "button"),
    [("/clients/new/", "The person objects: use the dummy attributor"), ("/", "Sign out")],
)
def test_a_button_pressed_after_the_session_ended_leads_to_a_page_after_signing_in(
    world, pharmacists_name, path, button
):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(path)
    Session.objects.all().delete()
    assert pharmacist.presses(button).title == "Sign in - IMS"

    page = pharmacist.sends(username=pharmacists_name, password=PASSWORD)

    assert page.status == 200


def test_a_registration_comes_back_too(world, pharmacists_name):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens("/clients/new/")
    Session.objects.all().delete()
    pharmacist.sends(first_initial="P", last_initial="Q", date_of_birth="1/2/1990", sex="F", consent="no")
    page = pharmacist.sends(username=pharmacists_name, password=PASSWORD)

    assert [page.typed[name] for name in ("first_initial", "date_of_birth", "consent")] == [
        "P",
        "1/2/1990",
        "no",
    ]

    assert "Client registered." in pharmacist.sends().said
    assert Client.objects.get(first_initial="P").consent is False


def test_where_the_session_ends_during_a_save_nobody_is_told_that_nothing_was_saved(world, monkeypatch):
    before, record = SyringeExchange.objects.count(), action.record
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.browser.raise_request_exception = False
    pharmacist.opens(f"{world.client.get_absolute_url()}exchanges/new/")
    monkeypatch.setattr(
        action, "record", lambda *said, **named: (record(*said, **named), Session.objects.all().delete())[0]
    )

    page = pharmacist.sends(item_SYR_FIXED_1="35")

    assert SyringeExchange.objects.count() == before + 1
    assert page.status == 500
    assert "What you were doing may not have been saved." in page.words
    assert "is saved once, even if it did arrive" in page.words
