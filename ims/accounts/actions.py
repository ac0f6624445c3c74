"""What changes an account: each a transaction with one audit event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ims.accounts.models import Membership, User
from ims.accounts.roles import Role
from ims.audit.acting import Act, acting, runs_again_on
from ims.core.actor import Actor
from ims.providers.models import Provider


class NotYourself(ValueError):
    """Nobody takes their own access away: the service would be left without a manager."""


class UsernameTaken(ValueError):
    """Somebody else has this username."""


class CodeTaken(ValueError):
    """Another provider has this code."""


class NotTheFirst(ValueError):
    """There are accounts already: an officer opens the next one."""


@dataclass(frozen=True)
class Person:
    """Who is to have an account."""

    username: str
    full_name: str
    email: str


@runs_again_on("username_is_unique_in_any_case")
def open_account(
    *,
    person: Person,
    role: Role,
    provider: Provider | None = None,
    areas: Sequence[str] = (),
    at: datetime,
    by: Actor,
) -> User:
    """Give a person an account without a password, and a role: at a provider, in authorities, or in the central team.

    The same person in the same role again, as after a second press, is the one already there. Raises UsernameTaken.
    """
    with acting(by=by, at=at) as act:
        if held := _already_there(person, role, provider):
            act.changed_nothing()
            return held
        user = _account(person, at)
        membership = _membership(act, user, role, provider, areas)
        act.record("account.opened", membership)
        return user


def found(*, person: Person, role: Role, at: datetime) -> Actor:
    """The first account of an installation, opened by nobody but itself. Raises NotTheFirst."""
    if User.objects.exists():
        raise NotTheFirst
    with transaction.atomic():
        user = _account(person, at)
        with acting(by=themselves(user), at=at) as act:
            membership = _membership(act, user, role, None)
            act.record("installation.founded", membership)
    return membership.actor()


@runs_again_on("username_is_unique_in_any_case", "provider_code_is_unique")
def open_provider(
    *, code: str, name: str, kind: str, authority_code: str, modules: list[str], opened_on: date, manager: Person,
    at: datetime, by: Actor,
) -> tuple[Provider, User]:  # fmt: skip
    """Open a provider with its first manager. Raises CodeTaken, UsernameTaken."""
    with acting(by=by, at=at) as act:
        if Provider.objects.filter(code=code).exists():
            raise CodeTaken
        provider = Provider.objects.create(
            code=code, name=name, kind=kind, authority_code=authority_code, modules=modules,
            opened_on=opened_on, created_at=at, created_by_id=by.user_id,
        )  # fmt: skip
        user = _account(manager, at)
        _membership(act, user, Role.PROVIDER_MANAGER, provider)
        act.record("provider.opened", provider)
        return provider, user


def _already_there(person: Person, role: Role, provider: Provider | None) -> User | None:
    same = User.objects.filter(username=person.username, full_name=person.full_name, email=person.email)
    held = Membership.objects.in_force().filter(role=role, provider=provider)
    return same.filter(memberships__in=held).first()


def _account(person: Person, at: datetime) -> User:
    """Raises UsernameTaken."""
    if User.objects.filter(username__iexact=person.username).exists():
        raise UsernameTaken
    return User.objects.create(
        username=person.username,
        full_name=person.full_name,
        email=person.email,
        password=make_password(None),
        created_at=at,
    )


def _membership(act: Act, user: User, role: Role, provider: Provider | None, areas=()) -> Membership:
    return Membership.objects.create(
        user=user,
        role=role,
        provider=provider,
        areas=list(areas),
        began_at=act.at,
        began_by_id=act.by.user_id,
    )


def give_role(
    *,
    user: User,
    role: Role,
    provider: Provider | None = None,
    areas: Sequence[str] = (),
    at: datetime,
    by: Actor,
) -> Membership:
    """Let a person with an account also work in another role, or at another provider."""
    with acting(by=by, at=at) as act:
        membership = _membership(act, user, role, provider, areas)
        act.record("membership.given", membership)
        return membership


def end_membership(*, membership: Membership, at: datetime, by: Actor) -> None:
    """Take a person's access to this provider away, from their next page on. Raises NotYourself."""
    if membership.user_id == by.user_id:
        raise NotYourself
    with acting(by=by, at=at) as act:
        ended = Membership.objects.filter(pk=membership.pk, ended_at=None).update(
            ended_at=at, ended_by_id=by.user_id
        )
        act.record("staff.deactivated", membership) if ended else act.changed_nothing()


def choose_password(*, user: User, password: str, at: datetime, by: Actor) -> None:
    """Set a password that has passed the validators, and remember it among those used."""
    with acting(by=by, at=at) as act:
        user.set_password(password)
        user.password_changed_at = at
        user.save(update_fields=["password", "password_changed_at"])
        user.used_passwords.create(hash=user.password, chosen_at=at)
        act.record("password.changed", user)


def change_details(
    *, user: User, full_name: str, email: str, wants_email: bool, at: datetime, by: Actor
) -> None:
    """Change a person's own name, address and e-mail preference."""
    with acting(by=by, at=at) as act:
        user.full_name, user.email, user.wants_email = full_name, email, wants_email
        user.save(update_fields=["full_name", "email", "wants_email"])
        act.record("details.changed", user)


def themselves(user: User) -> Actor:
    """A person acting on their own account before they have chosen a role."""
    return Actor(user_id=user.pk, name=user.full_name, role="", role_label="", permissions=frozenset())
