"""A manager's own staff: invited by e-mail, gone from the next page on, and nobody else's."""

import re

import pytest

from ims.accounts.actions import give_role
from ims.accounts.models import Membership, User
from ims.accounts.roles import Role
from tests.makers import NOW, PASSWORD
from tests.stories.visitor import Visitor, at_work

LEE = {"full_name": "Lee Tran", "email": "lee@example.org", "username": "Lee.Tran"}


def invites(world, **typed):
    manager = at_work(world, world.pharmacy_manager)
    manager.opens("/staff/invite/")
    return manager.sends(**{**LEE, **typed})


def follows_the_link(message) -> Visitor:
    """Whoever was written to chooses a password and signs in with it."""
    visitor = Visitor()
    visitor.opens(re.search(r"http://testserver(/\S+)", message.body)[1])
    visitor.sends(new_password=PASSWORD, new_password_again=PASSWORD)
    return visitor


def test_a_person_is_invited_chooses_a_password_and_works_at_this_service_alone(world, mailoutbox):
    page = invites(world)
    assert "Lee Tran is invited." in page.said
    assert ["Lee Tran", "lee.tran", "Provider staff"] in [row[:3] for row in page.tables[STAFF]]

    lee = follows_the_link(mailoutbox[0])
    page = lee.sends(username="lee.tran", password=PASSWORD)

    assert page.title == "Home - IMS"
    assert lee.opens(world.client.get_absolute_url()).status == 200
    assert lee.opens(world.other.get_absolute_url()).status == 404
    assert lee.opens("/staff/").status == 403


STAFF = "Everybody who can sign in to this service"


def test_the_invitation_holds_a_link_and_no_name(world, mailoutbox):
    invites(world)

    (message,) = mailoutbox
    assert message.to == ["lee@example.org"]
    for personal in ("Lee", "Tran", "lee.tran", "Riverside", "Manager"):
        assert personal not in message.body + message.subject


def test_when_mail_is_down_the_account_is_there_and_the_page_says_what_to_do(world, monkeypatch):
    def refuse(*args, **named):
        raise ConnectionRefusedError

    monkeypatch.setattr("ims.core.mail.send", refuse)

    page = invites(world)

    assert page.status == 200
    assert "The e-mail could not be sent. The account is there" in page.said
    assert User.objects.filter(username="lee.tran").exists()


def test_a_manager_may_invite_another_manager(world, mailoutbox):
    invites(world, role="provider_manager")

    lee = follows_the_link(mailoutbox[0])
    lee.sends(username="lee.tran", password=PASSWORD)

    assert lee.opens("/staff/").status == 200


@pytest.mark.parametrize("role", ["phi_officer", "phi_analyst", "commissioner", "", "manager"])
def test_a_manager_gives_no_role_outside_their_service(world, role):
    page = invites(world, role=role)

    assert page.status == 422
    assert page.typed["full_name"] == "Lee Tran"
    assert not User.objects.filter(full_name="Lee Tran").exists()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"username": "PHARMACIST"}, "Username: That username is taken. Choose another."),
        ({"username": "lee tran"}, "Username: Use 3 to 60 letters, digits and . @ _ - only."),
        ({"username": "lee\u0440an"}, "Username: Use 3 to 60 letters, digits and . @ _ - only."),
        ({"email": "lee at example"}, "E-mail address: Enter a valid email address."),
        ({"full_name": ""}, "Full name: This field is required."),
    ],
)
def test_a_slip_in_the_invitation_is_said_and_nothing_typed_is_lost(world, mailoutbox, typed, why):
    page = invites(world, **typed)

    assert page.problems == [why]
    assert {**LEE, **typed}.items() <= page.typed.items()
    assert mailoutbox == []


def test_who_is_deactivated_is_off_the_list_and_keeps_their_place_elsewhere(world):
    user = world.user_of(world.pharmacist)
    give_role(user=user, role=Role.PROVIDER_STAFF, provider=world.harbour, at=NOW, by=world.officer)
    manager = at_work(world, world.pharmacy_manager)
    manager.opens(f"/staff/{world.membership_of(world.pharmacist).pk}/deactivate/")
    assert "Take access away from Sam Okoro?" in manager.page.words

    page = manager.presses("Take access away")

    assert "Sam Okoro can no longer sign in to this service." in page.said
    assert [row[0] for row in page.tables[STAFF][1:]] == ["Manager of Riverside Pharmacy"]
    ended = world.membership_of(world.pharmacist)
    assert (ended.ended_at, ended.ended_by_id) == (NOW, world.pharmacy_manager.user_id)
    assert Membership.objects.in_force().get(user=user).provider == world.harbour


def test_nobody_takes_their_own_access_away(world):
    manager = at_work(world, world.pharmacy_manager)
    manager.opens(f"/staff/{world.membership_of(world.pharmacy_manager).pk}/deactivate/")

    page = manager.presses("Take access away")

    assert "You cannot take away your own access. Ask another manager to do it." in page.said
    assert world.membership_of(world.pharmacy_manager).ended_at is None


def test_the_list_shows_the_services_own_staff_alone(world):
    page = at_work(world, world.pharmacy_manager).opens("/staff/")

    assert [row[0] for row in page.tables[STAFF][1:]] == ["Manager of Riverside Pharmacy", "Sam Okoro"]
    assert "Priya Nair" not in page.body


def test_the_staff_of_another_service_cannot_be_deactivated(world):
    manager = at_work(world, world.pharmacy_manager)

    assert manager.opens(f"/staff/{world.membership_of(world.keyworker).pk}/deactivate/").status == 404
