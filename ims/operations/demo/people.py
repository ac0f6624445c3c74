"""Demo data: two services and the people who may look around. Made once; refuses to exist in production.

Everything is written by the actions that users use, so a demo shows nothing that the site cannot do.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from ims.accounts import actions
from ims.accounts.models import Membership, User
from ims.accounts.roles import Role
from ims.providers.models import Kind, Module, Provider


@dataclass(frozen=True)
class DemoPerson:
    username: str
    full_name: str
    role: Role
    provider: str = ""  # a provider's code

    @property
    def password(self) -> str:
        """Good enough for the rules, and worth nothing: it opens demo data only."""
        return f"Demo-{self.username}-2026"


OPENED = timedelta(days=400)  # before the moment of the demo, and before anything is recorded
WIRRAL, LIVERPOOL = "E08000015", "E08000012"
PROVIDERS = [
    ("WIR2022", "Harbour Pharmacy", Kind.PHARMACY, WIRRAL),
    ("LIV2001", "Riverside Outreach", Kind.OUTREACH, LIVERPOOL),
]
PEOPLE = [
    DemoPerson("pharmacist", "Sam Okoro", Role.PROVIDER_STAFF, "WIR2022"),
    DemoPerson("manager", "Jo Whitfield", Role.PROVIDER_MANAGER, "WIR2022"),
    DemoPerson("outreach", "Priya Nair", Role.PROVIDER_STAFF, "LIV2001"),
    DemoPerson("outreach-lead", "Tom Ashworth", Role.PROVIDER_MANAGER, "LIV2001"),
    DemoPerson("analyst", "Ruth Adeyemi", Role.PHI_ANALYST),
    DemoPerson("officer", "Dan Castell", Role.PHI_OFFICER),
    DemoPerson("commissioner", "Helen Marsh", Role.COMMISSIONER),
]


def refuse_production() -> None:
    """Raises CommandError in production."""
    if settings.PRODUCTION:
        raise CommandError("Demo users and demo data do not exist in production.")


def is_made() -> bool:
    return User.objects.filter(username=PEOPLE[0].username).exists()


@transaction.atomic
def make_people(at: datetime) -> dict[str, Membership]:
    """Providers and people, each person with a password chosen at `at`. Returns memberships by username."""
    refuse_production()
    opened = at - OPENED
    person = actions.Person("founder", "First officer", "founder@example.org")
    founder = actions.found(person=person, role=Role.PHI_OFFICER, at=opened)
    providers = {
        code: _provider(code, name, kind, area, opened, founder) for code, name, kind, area in PROVIDERS
    }
    return {person.username: _member(person, providers, at, founder) for person in PEOPLE}


def _provider(code, name, kind, area, at, founder) -> Provider:
    provider, _ = actions.open_provider(
        code=code,
        name=name,
        kind=kind,
        authority_code=area,
        modules=list(Module.values),
        opened_on=date(2015, 4, 1),
        manager=actions.Person(
            f"first-{code.lower()}", f"First manager of {name}", f"{code.lower()}@example.org"
        ),
        at=at,
        by=founder,
    )
    return provider


def _member(person: DemoPerson, providers, at, founder) -> Membership:
    user = actions.open_account(
        person=actions.Person(person.username, person.full_name, f"{person.username}@example.org"),
        role=person.role,
        provider=providers.get(person.provider),
        areas=(LIVERPOOL,) if person.role == Role.COMMISSIONER else (),
        at=at - OPENED,
        by=founder,
    )
    actions.choose_password(user=user, password=person.password, at=at, by=actions.themselves(user))
    return user.memberships.select_related("provider").get()


def sign_ins() -> list[tuple[str, str, str, str]]:
    """username, password, role, provider of every demo person."""
    refuse_production()
    names = {code: name for code, name, *_ in PROVIDERS}
    return [(p.username, p.password, p.role.label, names.get(p.provider, "")) for p in PEOPLE]
