"""The providers of the made-up data, each with sites, packs, a manager and staff: opened by the actions that are used.

Their accounts have no password, so nobody signs in as one of them. Their usernames (`seed-…`) tell them from the demo's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password

from ims.accounts import actions
from ims.accounts.models import Membership, User
from ims.accounts.roles import Role
from ims.audit.acting import acting
from ims.core.actor import Actor
from ims.core.dates import LONDON
from ims.geography.models import Authority
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.stock import PACKS
from ims.providers.models import Kind, Module, Provider, Site
from interventions.models import Pack
from interventions.packs.action import add_pack, mark_usual_pack

DAYS_BEFORE = 30  # that everything is open before the first client comes
FIRST_NUMBER = 7001  # of the codes: LIV7001
OFFICER = "seed-officer"

# Most are pharmacies; most people go to agencies.
KINDS = (
    Kind.AGENCY, Kind.PHARMACY, Kind.PHARMACY, Kind.OUTREACH, Kind.AGENCY,
    Kind.PHARMACY, Kind.SERVICE, Kind.PHARMACY, Kind.PHARMACY, Kind.PHARMACY,
)  # fmt: skip
# How likely people of each cohort are to go to one of that kind.
DRAW: Mapping[str, Mapping[str, float]] = {
    Kind.AGENCY: {"psychoactive": 5, "iped": 6, "other": 2},
    Kind.PHARMACY: {"psychoactive": 1, "iped": 0.6, "other": 0.1},
    Kind.OUTREACH: {"psychoactive": 1.2, "iped": 0.4, "other": 0.6},
    Kind.SERVICE: {"psychoactive": 0.8, "iped": 0.1, "other": 8},
}
PLACES: Mapping[str, Sequence[str]] = {
    Kind.AGENCY: ("IN_SERVICE", "IN_SERVICE", "IN_SERVICE", ""),
    Kind.PHARMACY: ("PHARMACY", "PHARMACY", "PHARMACY", "PHARMACY", ""),
    Kind.OUTREACH: ("MOBILE", "STREET", "HOSTEL", "HOME", "GYM", ""),
    Kind.SERVICE: ("IN_SERVICE", "CLINIC", ""),
}
REFERENCES = {
    Kind.AGENCY: 0.6,
    Kind.PHARMACY: 0.1,
    Kind.OUTREACH: 0.2,
    Kind.SERVICE: 0.9,
}  # share that has its own
SUBSTANCES = {Kind.AGENCY: 1.0, Kind.PHARMACY: 0.4, Kind.OUTREACH: 0.7, Kind.SERVICE: 1.0}  # share that asks


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """A provider as the made-up data know it. `staff` are the manager first."""

    provider: Provider
    staff: Sequence[Membership]
    sites: Sequence[Site]
    packs: Sequence[Pack]  # in the order of stock.PACKS
    has_references: bool

    @property
    def asks_substances(self) -> bool:
        return Module.SUBSTANCES in self.provider.modules


def open_services(plan: Plan) -> list[Service]:
    """Open the plan's providers with sites, packs and staff, each act with its history and its event."""
    chance, names = plan.chance("services"), plan.chance("packs")
    at = datetime.combine(plan.begins_on - timedelta(days=DAYS_BEFORE), time(9), tzinfo=LONDON)
    officer = _officer(at)
    areas = list(Authority.objects.in_area())
    numbers = range(plan.earlier, plan.earlier + plan.providers)
    opened = [_open(number, areas[number % len(areas)], chance, at, officer) for number in numbers]
    return [replace(service, packs=_packs(service, names, at)) for service in opened]


def _officer(at: datetime) -> Actor:
    """Who opens the providers: an officer of the seed's own, the same one at every run."""
    held = Membership.objects.filter(user__username=OFFICER).first()
    return (held or _new_officer(at)).actor()


def _new_officer(at: datetime) -> Membership:
    user = User.objects.create(
        username=OFFICER,
        full_name="Officer of the made-up data",
        email=f"{OFFICER}@example.org",
        password=make_password(None),
        created_at=at,
    )
    return actions.give_role(user=user, role=Role.PHI_OFFICER, at=at, by=actions.themselves(user))


def _open(number: int, area: Authority, chance: Random, at: datetime, officer: Actor) -> Service:
    kind = KINDS[number % len(KINDS)]
    code = f"{''.join(filter(str.isalpha, area.name))[:3].upper()}{FIRST_NUMBER + number}"
    provider, _ = actions.open_provider(
        code=code,
        name=f"{kind.label} {FIRST_NUMBER + number}, {area.name}",
        kind=kind,
        authority_code=area.code,
        modules=[
            module for module in Module if module != Module.SUBSTANCES or chance.random() < SUBSTANCES[kind]
        ],
        opened_on=at.date(),
        manager=_person(code, 0),
        at=at,
        by=officer,
    )
    for place in range(1, chance.randint(2, 6)):
        actions.open_account(
            person=_person(code, place), role=Role.PROVIDER_STAFF, provider=provider, at=at, by=officer
        )
    members = list(provider.memberships.select_related("provider", "user").order_by("pk"))
    sites = [_site(provider, place, at, members[0].actor()) for place in range(chance.randint(1, 3))]
    return Service(provider, members, sites, (), chance.random() < REFERENCES[kind])


def _person(code: str, place: int) -> actions.Person:
    name = f"seed-{code.lower()}-{place or 'manager'}"
    return actions.Person(
        name, f"{'Colleague ' + str(place) if place else 'Manager'} of {code}", f"{name}@example.org"
    )


def _site(provider: Provider, place: int, at: datetime, by: Actor) -> Site:
    with acting(by=by, at=at) as act:
        site = Site.objects.create(provider=provider, name=("Main site", "Second site", "Van")[place])
        act.record("site.opened", site)
        return site


def _packs(service: Service, names: Random, at: datetime) -> list[Pack]:
    """By the manager; the first is the usual one."""
    by = service.staff[0].actor()
    packs = [
        add_pack(
            name=name,
            items=items,
            valid_from=at.date(),
            submission_id=UUID(int=names.getrandbits(128), version=4),
            at=at,
            by=by,
        )
        for name, items in PACKS.items()
    ]
    return [mark_usual_pack(pack=packs[0], at=at, by=by), *packs[1:]]
