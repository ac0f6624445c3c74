"""What a referral says, in words: to its own service, and the little that a partner is told."""

from ims.codelists import lists
from ims.core.dates import LONDON
from referrals.models import ReceivedReferral, ReferralIn, ReferralOut, ReferralStatus

AGREED = {True: "yes", False: "no", None: "not asked"}


def _reason(code: str) -> str:
    return lists.label_of("referral_reason", code) if code else "not recorded"


def came_from(referral: ReferralIn) -> str:
    return referral.from_service or lists.label_of("referral_source", referral.source)


def went_to(referral: ReferralOut) -> str:
    return referral.to_service or lists.label_of("referral_destination", referral.destination)


def state_of(referral: ReferralOut) -> str:
    """The state with its day, and why, where it was declined."""
    why = f" ({lists.label_of('decline_reason', referral.decline_reason)})" if referral.decline_reason else ""
    return f"{referral.get_state_display().lower()} {referral.state_at.astimezone(LONDON):%d/%m/%Y}{why}"


def line_in(referral: ReferralIn) -> str:
    reason = _reason(referral.reason) if referral.reason else "reason not recorded"
    return f"From {came_from(referral)} · {reason}"


def line_out(referral: ReferralOut) -> str:
    """That a partner was agreed to needs no words: there is no referral to one without."""
    asked = referral.agreed_to_share is not None and not referral.partner_id
    agreed = f" · agreed: {agreement(referral)}" if asked else ""
    return f"To {went_to(referral)} · {_reason(referral.reason)}{agreed} · {state_of(referral)}"


def details_in(referral: ReferralIn) -> list[tuple[str, str]]:
    return [("Referred by", came_from(referral)), ("Reason", _reason(referral.reason))]


def details_out(referral: ReferralOut) -> list[tuple[str, str]]:
    return [
        ("Referred to", went_to(referral)),
        ("Reason", _reason(referral.reason)),
        ("Agreed to the service being told", agreement(referral)),
        ("State", state_of(referral)),
    ]


def agreement(referral: ReferralOut) -> str:
    how = f", {referral.get_agreed_how_display().lower()}" if referral.agreed_how else ""
    return f"{AGREED[referral.agreed_to_share]}{how}"


def told(referral: ReceivedReferral) -> list[tuple[str, str]]:
    """All that the receiver sees: enough to say yes or no, and less once the person is its own client."""
    shared = [
        ("From", referral.provider.name),
        ("Sent on", f"{referral.on:%d/%m/%Y}"),
        ("Reason", _reason(referral.reason)),
    ]
    if referral.is_waiting:
        return [*shared, ("Age", referral.age_band), ("Sex", referral.sex)]
    return [*shared, ("State", referral.get_state_display())]


def told_to_accept(referral: ReceivedReferral) -> list[tuple[str, str]]:
    """The same with who it is, which the receiver learns when it sets about taking the person on."""
    who = referral.client
    person = f"{who.first_initial} {who.last_initial}, {who.date_of_birth:%d/%m/%Y}, {referral.sex.lower()}"
    return [("Person", person), *told(referral)]


def step(status: ReferralStatus, referral: ReferralOut) -> tuple[str, str]:
    """One step, as the sender reads it: what and when, and which of the two services said so."""
    who = referral.to_service if status.by_receiver else "your service"
    why = f": {lists.label_of('decline_reason', status.decline_reason)}" if status.decline_reason else ""
    return f"{status.get_state_display()}{why}", f"{status.at.astimezone(LONDON):%d/%m/%Y %H:%M}, {who}"
