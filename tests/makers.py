"""Records for tests, each built by the action that a user's page calls. Whatever a test does not say is the same each time.

`NOW` is the one moment of the tests: noon of Monday 15 June 2026 in London's summer, in the year that began on 1 April.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from clients.actions import Consent, Details, decide_consent, dummy_client, register_client
from clients.attributor import parse_attributor
from clients.forms import INFORMATION_SHEET
from clients.models import Client, ConsentDecision
from clients.models.consent import How
from ims.accounts import actions as accounts
from ims.accounts.models import Membership, User
from ims.accounts.roles import PROVIDER_ROLES, Role
from ims.core.actor import Actor
from ims.core.dates import today
from ims.core.keys import new_submission_id
from ims.geography.models import Authority
from ims.providers.models import Kind, Module, Provider
from interventions.brief_intervention.action import Intervention, record_brief_interventions
from interventions.models import BriefIntervention, SyringeExchange
from interventions.syringe_exchange.action import Exchange, record_exchanges

NOW = datetime(2026, 6, 15, 11, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
LIVERPOOL, WIRRAL = "E08000012", "E08000015"
EVERYTHING = tuple(Module.values)
OPENED_ON = date(2015, 4, 1)
PASSWORD = "Blue-Kettle-2026"  # good enough for the rules


def an_authority(code: str = LIVERPOOL) -> Authority:
    """One of the authorities that ship with the project."""
    return Authority.objects.get(code=code)


def an_officer() -> Actor:
    """Who opens everything else: the first account of the installation, made on first use."""
    held = Membership.objects.in_force().filter(role=Role.PHI_OFFICER).order_by("pk").first()
    if held:
        return held.actor()
    person = accounts.Person("officer", "Dan Castell", "officer@example.org")
    return accounts.found(person=person, role=Role.PHI_OFFICER, at=NOW)


def a_provider(
    name: str = "Riverside Pharmacy",
    *,
    code: str = "",
    kind: Kind = Kind.PHARMACY,
    authority: str = LIVERPOOL,
    modules: Sequence[str] = EVERYTHING,
    at: datetime = NOW,
) -> Provider:
    """A provider with its first manager. Without a code it takes the next free one."""
    code = code or f"TST{Provider.objects.count() + 1:04}"
    manager = accounts.Person(f"manager-{code.lower()}", f"Manager of {name}", f"{code.lower()}@example.org")
    provider, _ = accounts.open_provider(
        code=code,
        name=name,
        kind=kind,
        authority_code=authority,
        modules=list(modules),
        opened_on=OPENED_ON,
        manager=manager,
        at=at,
        by=an_officer(),
    )
    return provider


def the_manager(provider: Provider) -> Actor:
    """The first manager, who came with the provider."""
    return provider.memberships.filter(role=Role.PROVIDER_MANAGER).order_by("pk").first().actor()


def a_person(
    role: Role = Role.PROVIDER_STAFF,
    provider: Provider | None = None,
    *,
    username: str = "",
    full_name: str = "Sam Okoro",
    areas: Sequence[str] = (),
    password: str = "",
    at: datetime = NOW,
) -> tuple[User, Membership]:
    """A person with an account and one role. A role at a provider needs one; without a name they are the next."""
    username = username or f"person-{User.objects.count() + 1}"
    user = accounts.open_account(
        person=accounts.Person(username, full_name, f"{username}@example.org"),
        role=role,
        provider=provider,
        areas=areas,
        at=at,
        by=an_officer(),
    )
    if password:
        accounts.choose_password(user=user, password=password, at=at, by=accounts.themselves(user))
    return user, user.memberships.select_related("provider").get()


def an_actor(role: Role = Role.PROVIDER_STAFF, provider: Provider | None = None, **details) -> Actor:
    """A new person in a role, as actions see them; at a provider of their own where the role needs one."""
    if provider is None and role in PROVIDER_ROLES:
        provider = a_provider()
    _, membership = a_person(role, provider, **details)
    return membership.actor()


def a_client(
    by: Actor,
    attributor: str = "AB05051985M",
    consent: bool = True,
    *,
    at: datetime = NOW,
    submission_id=None,
    **details,
) -> Client:
    """A client of the actor's provider. `details`: those of clients.actions.Details, such as postcode."""
    return register_client(
        attributor=parse_attributor(attributor, today=today(at)),
        consent=a_decision(consent),
        details=Details(**details),
        submission_id=submission_id or new_submission_id(),
        at=at,
        by=by,
    )


def a_decision(given: bool = True, **details) -> Consent:
    """What a person said about consent, spoken, with the information sheet shown."""
    return Consent(**{"given": given, "how": How.SPOKEN, "information_sheet": INFORMATION_SHEET, **details})


def consent_decided(by: Actor, client: Client, given: bool, *, at: datetime = NOW) -> ConsentDecision:
    """A later decision about consent; the record given is brought up to date."""
    decision = decide_consent(
        client=client, consent=a_decision(given), expected_version=client.version, at=at, by=by
    )
    client.refresh_from_db()
    return decision


def the_dummy(by: Actor, *, at: datetime = NOW) -> Client:
    """The provider's dummy client, made on first use."""
    return dummy_client(submission_id=new_submission_id(), at=at, by=by)


def an_exchange(by: Actor, client: Client, *, at: datetime = NOW, **said) -> SyringeExchange:
    """One exchange; ten syringes for heroin today where nothing else is said (see `exchange_line`)."""
    return record_exchanges(lines=[exchange_line(client, **said)], at=at, by=by).new[0]


def exchange_line(
    client: Client, *, on: date = TODAY, items: Mapping[str, int] | None = None, drug: str = "HEROIN", **said
) -> Exchange:
    """What one line says, to be recorded with others in one act."""
    items = {"SYR_FIXED_1": 10} if items is None else items
    submission = said.pop("submission_id", None) or new_submission_id()
    return Exchange(client=client, on=on, items=items, drug=drug, submission_id=submission, **said)


def a_brief_intervention(by: Actor, client: Client, *, at: datetime = NOW, **said) -> BriefIntervention:
    """One brief intervention; advice today where nothing else is said (see `intervention_line`)."""
    return record_brief_interventions(lines=[intervention_line(client, **said)], at=at, by=by).new[0]


def intervention_line(client: Client, *, on: date = TODAY, type: str = "ADVICE", **said) -> Intervention:
    """What one line says, to be recorded with others in one act."""
    submission = said.pop("submission_id", None) or new_submission_id()
    return Intervention(client=client, on=on, type=type, submission_id=submission, **said)
