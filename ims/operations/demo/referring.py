"""Referrals: people who came from elsewhere, people sent elsewhere, and people sent from one demo service to the other.

Of those between the two services one was accepted and came, one was declined, and one waits in either inbox.
"""

from clients.attributor import parse_attributor
from clients.models.consent import How
from ims.core.dates import today
from ims.operations.demo.clients import REFERRED, said
from ims.operations.demo.service import Service
from referrals.actions import Incoming, Outgoing, record_referrals_in, say_outcome, send_referrals
from referrals.models import ReceivedReferral, ReferralOut
from referrals.receiving.actions import accept_referral, answer_referral, see_referral
from referrals.states import State

GP, SELF, PROBATION, PEER = "3", "4", "8", "58"  # of the list of sources


def came_to_harbour(service: Service) -> None:
    _came(service, "AB", 290, source=PEER, reason="INJECTING")
    _came(service, "RT", 118, source=GP, reason="SUPPORT")


def came_to_riverside(service: Service) -> None:
    _came(service, "KL", 290, source=SELF, reason="SUPPORT")
    _came(service, "UV", 210, source=PROBATION)


def sent_elsewhere_by_harbour(service: Service) -> None:
    iped = _sent(service, "EF", 170, reason="PHYSICAL", destination="IPED_CLINIC")
    _became(service, iped, 150, State.ATTENDED)
    hostel = _sent(service, "CD", 105, reason="HOUSING", destination="HOUSING", agreed_to_share=False)
    _became(service, hostel, 100, State.DECLINED, "FULL")
    _sent(service, "AB", 9, reason="PHYSICAL", destination="DENTAL")  # nobody has heard yet


def sent_elsewhere_by_riverside(service: Service) -> None:
    treatment = _sent(service, "KL", 255, reason="TREATMENT", destination="STRUCT_ALC")
    _became(service, treatment, 248, State.ACCEPTED)
    _became(service, treatment, 230, State.ATTENDED)
    _became(service, treatment, 9, State.CLOSED)
    tested = _sent(service, "ST", 60, reason="BBV", destination="BBV")
    _became(service, tested, 46, State.DID_NOT_ATTEND)


def sent_between(harbour: Service, riverside: Service) -> None:
    _taken_on(riverside, _sent_to(riverside, harbour, "AB", 66, "WOUND"))
    _declined(riverside, _sent_to(riverside, harbour, "CD", 48, "TREATMENT"))
    _sent_to(riverside, harbour, "PW", 3, "HOUSING")
    waiting = _sent_to(harbour, riverside, "MN", 5, "INJECTING")
    see_referral(referral=waiting, at=harbour.moment(2), by=harbour.staff)


def _came(service: Service, who: str, days_ago: int, **told) -> None:
    service.record(record_referrals_in, Incoming, who, days_ago, **told)


def _sent(service: Service, who: str, days_ago: int, **told) -> ReferralOut:
    return service.record(send_referrals, Outgoing, who, days_ago, **told)


def _became(service: Service, referral: ReferralOut, days_ago: int, state: State, why: str = "") -> None:
    at = service.moment(days_ago)
    say_outcome(referral=referral, state=state, decline_reason=why, at=at, by=service.staff)


def _sent_to(receiver: Service, sender: Service, who: str, days_ago: int, reason: str) -> ReceivedReferral:
    """As the receiver has it, and the client agreed to."""
    sent = _sent(
        sender, who, days_ago,
        reason=reason, partner=receiver.provider, agreed_to_share=True, agreed_how=How.SPOKEN,
    )  # fmt: skip
    return ReceivedReferral.objects.visible_to(receiver.staff).get(ref=sent.ref)


def _taken_on(service: Service, referral: ReceivedReferral) -> None:
    """Seen, accepted on the first day, which makes AB a client here as well, and kept by him."""
    see_referral(referral=referral, at=service.moment(64), by=service.staff)
    at = service.opening(REFERRED.since)
    taken = accept_referral(
        referral=referral,
        attributor=parse_attributor(REFERRED.attributor, today=today(at)),
        consent=said(REFERRED.consent),
        details=REFERRED.details,
        submission_id=service.submission(),
        at=at,
        by=service.staff,
    )
    service.clients["AB"] = taken.client
    answer_referral(referral=referral, state=State.ATTENDED, at=service.moment(60), by=service.staff)


def _declined(service: Service, referral: ReceivedReferral) -> None:
    see_referral(referral=referral, at=service.moment(46), by=service.staff)
    at = service.moment(44)
    answer_referral(referral=referral, state=State.DECLINED, decline_reason="FULL", at=at, by=service.staff)
