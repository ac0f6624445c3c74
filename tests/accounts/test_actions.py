"""What changes an account: who is opened, who ends, and what the database refuses whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from ims.accounts import actions
from ims.accounts.actions import Person, change_details, end_membership, found, give_role, open_account
from ims.accounts.models import Membership, User
from ims.accounts.roles import Role
from ims.audit.models import Event
from tests import makers
from tests.makers import LIVERPOOL, NOW

pytestmark = pytest.mark.django_db
LEE = Person("lee.tran", "Lee Tran", "lee@example.org")


def opened(person=LEE, role=Role.PHI_ANALYST, **details) -> User:
    return open_account(person=person, role=role, at=NOW, by=makers.an_officer(), **details)


def test_the_first_account_is_opened_by_itself_and_only_the_first():
    officer = found(person=LEE, role=Role.PHI_OFFICER, at=NOW)

    membership = Membership.objects.get()
    assert (membership.user_id, membership.began_by_id) == (officer.user_id, officer.user_id)
    with pytest.raises(actions.NotTheFirst):
        found(person=Person("other", "O", "o@example.org"), role=Role.PHI_OFFICER, at=NOW)


def test_a_new_account_has_no_password_that_anybody_could_know():
    user = opened()

    assert not user.has_usable_password()
    assert user.password_due_at() is None


@pytest.mark.parametrize("username", ["lee.tran", "LEE.TRAN"])
def test_a_username_is_one_persons_in_any_letters(username):
    opened()

    with pytest.raises(actions.UsernameTaken):
        opened(Person(username, "Another Person", "other@example.org"))


def test_the_same_account_asked_for_again_is_the_one_that_is_there():
    assert opened() == opened()
    assert User.objects.filter(username="lee.tran").count() == 1


def test_the_database_too_refuses_the_same_username_in_other_letters():
    opened()

    with pytest.raises(IntegrityError, match="username_is_unique_in_any_case"), transaction.atomic():
        User.objects.create(username="LEE.tran", full_name="L", email="l@example.org", created_at=NOW)


def test_a_role_at_a_provider_names_it_and_a_central_one_names_none():
    for role, provider in ((Role.PROVIDER_STAFF, None), (Role.PHI_ANALYST, makers.a_provider())):
        with pytest.raises(IntegrityError, match="membership_names_a_provider_if_its_role_needs_one"):
            opened(role=role, provider=provider)

    assert not User.objects.filter(username="lee.tran").exists()


def test_a_role_is_held_once_and_may_be_held_again_after_it_ended():
    user, provider, officer = opened(), makers.a_provider(), makers.an_officer()
    held = give_role(user=user, role=Role.PROVIDER_STAFF, provider=provider, at=NOW, by=officer)

    with pytest.raises(IntegrityError, match="membership_is_held_once"):
        give_role(user=user, role=Role.PROVIDER_STAFF, provider=provider, at=NOW, by=officer)
    end_membership(membership=held, at=NOW, by=officer)

    assert (
        give_role(user=user, role=Role.PROVIDER_STAFF, provider=provider, at=NOW, by=officer).ended_at is None
    )


def test_a_membership_is_what_a_person_is_while_they_use_it():
    user = opened(role=Role.COMMISSIONER, areas=[LIVERPOOL])

    actor = user.memberships.get().actor()

    assert (actor.name, actor.role_label, actor.areas) == ("Lee Tran", "Commissioner", frozenset({LIVERPOOL}))
    assert (actor.provider_id, actor.modules) == (None, frozenset())


def test_ending_is_done_once_and_never_to_oneself():
    provider = makers.a_provider()
    manager = makers.the_manager(provider)
    _, membership = makers.a_person(provider=provider)
    end_membership(membership=membership, at=NOW, by=manager)
    events = Event.objects.count()

    end_membership(membership=membership, at=NOW, by=manager)

    assert Event.objects.count() == events
    with pytest.raises(actions.NotYourself):
        end_membership(membership=Membership.objects.get(pk=manager.membership_id), at=NOW, by=manager)


def test_who_is_not_active_holds_nothing_in_force():
    user = opened()
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert not Membership.objects.in_force().filter(user=user).exists()


def test_a_provider_is_opened_with_its_manager_or_not_at_all():
    makers.a_provider(code="LIV0001")
    officer = makers.an_officer()

    with pytest.raises(actions.CodeTaken):
        makers.a_provider("Another", code="LIV0001")
    with pytest.raises(actions.UsernameTaken):
        actions.open_provider(
            code="LIV0002", name="N", kind="agency", authority_code=LIVERPOOL, modules=[], opened_on=makers.OPENED_ON,
            manager=Person("MANAGER-LIV0001", "M", "m@example.org"), at=NOW, by=officer,
        )  # fmt: skip

    assert makers.Provider.objects.count() == 1


def test_own_details_are_changed_and_nothing_else():
    user = opened()

    change_details(
        user=user,
        full_name="Lee T",
        email="t@example.org",
        wants_email=False,
        at=NOW,
        by=actions.themselves(user),
    )

    user.refresh_from_db()
    assert (user.full_name, user.email, user.wants_email, user.username) == (
        "Lee T",
        "t@example.org",
        False,
        "lee.tran",
    )
