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
from interventions.batch_exchange.action import Batch, record_batch
from interventions.brief_intervention.action import Intervention, record_brief_interventions
from interventions.models import (
    BatchExchange,
    BriefIntervention,
    Naloxone,
    Pack,
    SyringeExchange,
    WellbeingAssessment,
)
from interventions.naloxone.action import SuppliedKits, record_naloxone
from interventions.packs.action import add_pack
from interventions.syringe_exchange.action import Exchange, record_exchanges
from interventions.wellbeing_assessment.action import Assessment, record_assessments
from referrals.actions import Incoming, Outgoing, record_referrals_in, send_referrals
from referrals.models import ReceivedReferral, ReferralIn, ReferralOut

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


def a_naloxone_supply(by: Actor, client: Client, *, at: datetime = NOW, **said) -> Naloxone:
    """One supply of naloxone; a first nasal kit today where nothing else is said (see `naloxone_line`)."""
    return record_naloxone(lines=[naloxone_line(client, **said)], at=at, by=by).new[0]


def an_assessment(by: Actor, client: Client, *, at: datetime = NOW, **said) -> WellbeingAssessment:
    """One wellbeing assessment; a first one today where nothing else is said (see `assessment_line`)."""
    return record_assessments(lines=[assessment_line(client, **said)], at=at, by=by).new[0]


def a_referral_in(by: Actor, client: Client, *, at: datetime = NOW, **said) -> ReferralIn:
    """One referral in; the client came of their own accord today where nothing else is said."""
    return record_referrals_in(lines=[incoming_line(client, **said)], at=at, by=by).new[0]


def a_referral_out(by: Actor, client: Client, *, at: datetime = NOW, **said) -> ReferralOut:
    """One referral out; to the GP today where nothing else is said (see `outgoing_line`)."""
    return send_referrals(lines=[outgoing_line(client, **said)], at=at, by=by).new[0]


def a_received_referral(
    by: Actor, client: Client, partner: Provider, *, at: datetime = NOW, **said
) -> ReceivedReferral:
    """One referral out to a partner, agreed to in speech, as that partner receives it."""
    said = {"partner": partner, "agreed_to_share": True, "agreed_how": How.SPOKEN, **said}
    sent = a_referral_out(by, client, at=at, **said)
    return ReceivedReferral.objects.get(pk=sent.pk)


def a_pack(
    by: Actor,
    name: str = "Blue",
    *,
    items: Mapping[str, int] | None = None,
    on: date = TODAY,
    at: datetime = NOW,
) -> Pack:
    """A pack of the manager's provider; ten syringes and a sharps bin where nothing else is said."""
    items = {"SYR_FIXED_1": 10, "SHARPS_S": 1} if items is None else items
    submission = new_submission_id()
    return add_pack(name=name, items=items, valid_from=on, submission_id=submission, at=at, by=by)


def a_batch(by: Actor, *, at: datetime = NOW, **said) -> BatchExchange:
    """One batch exchange; a hundred syringes today where nothing else is said."""
    batch = Batch(**{"on": TODAY, "items": {"SYR_FIXED_1": 100}, **said})
    return record_batch(batch=batch, submission_id=new_submission_id(), at=at, by=by)


# By the slug of each kind of contact, how a test comes by one: (by, client) and what it wants said.
EACH_KIND = {
    "exchanges": an_exchange,
    "brief-interventions": a_brief_intervention,
    "naloxone": a_naloxone_supply,
    "wellbeing": an_assessment,
    "referrals-in": a_referral_in,
    "referrals-out": a_referral_out,
}


def intervention_line(client: Client, *, on: date = TODAY, type: str = "ADVICE", **said) -> Intervention:
    """What one line says, to be recorded with others in one act."""
    submission = said.pop("submission_id", None) or new_submission_id()
    return Intervention(client=client, on=on, type=type, submission_id=submission, **said)


def incoming_line(client: Client, *, on: date = TODAY, source: str = "4", **said) -> Incoming:
    """What one line says, to be recorded with others in one act."""
    said = {"submission_id": new_submission_id(), **said}
    return Incoming(client=client, on=on, source=source, **said)


def outgoing_line(client: Client, *, on: date = TODAY, reason: str = "PHYSICAL", **said) -> Outgoing:
    """What one line says, to be recorded with others in one act."""
    said = {"submission_id": new_submission_id(), **said}
    said.setdefault("destination", "" if said.get("partner") else "GP")
    return Outgoing(client=client, on=on, reason=reason, **said)


def naloxone_line(client: Client, *, on: date = TODAY, supply: str = "first", **said) -> SuppliedKits:
    """What one line says, to be recorded with others in one act."""
    said = {"kits": {"NASAL": 1}, "submission_id": new_submission_id(), **said}
    return SuppliedKits(client=client, on=on, supply=supply, **said)


def assessment_line(client: Client, *, on: date = TODAY, stage: str = "first", **said) -> Assessment:
    """What one line says, to be recorded with others in one act; life satisfaction 5 and anxiety declined."""
    answers = {"ons4": {"satisfied": 5, "anxious": "declined"}}
    said = {"answers": answers, "submission_id": new_submission_id(), **said}
    return Assessment(client=client, on=on, stage=stage, **said)
