"""Referrals in and out as the spanning pages show them."""

from ims.core import dates
from ims.core.kind import Column, Kind
from referrals import facts
from referrals.actions import (
    change_referral_in,
    change_referral_out,
    record_referrals_in,
    says_already_in,
    says_already_out,
    send_referrals,
)
from referrals.forms import ReferralInForm, ReferralOutForm, held_in, held_out
from referrals.models import ReferralIn, ReferralOut, partners_of


def _options(actor, client) -> dict:
    return {
        "partners": partners_of(actor.provider_id, dates.today()),
        "consenting": bool(client and client.has_consented()),  # a file refers nobody to a partner
    }


REFERRAL_IN = Kind(
    key="referral_in",
    slug="referrals-in",
    label="Referral in",
    noun="referral in",
    plural="Referrals in",
    model=ReferralIn,
    line=facts.line_in,
    details=facts.details_in,
    columns=[
        Column("source", lambda record: record.source),
        Column("from_service", lambda record: record.from_service),
        Column("reason", lambda record: record.reason),
    ],
    form=ReferralInForm,
    held=held_in,
    record=record_referrals_in,
    change=change_referral_in,
    says_already=says_already_in,
    template="interventions/contact.html",
    of_dummy=False,
)

REFERRAL_OUT = Kind(
    key="referral_out",
    slug="referrals-out",
    label="Referral out",
    noun="referral out",
    plural="Referrals out",
    model=ReferralOut,
    line=facts.line_out,
    details=facts.details_out,
    columns=[
        Column("destination", lambda record: record.destination),
        Column("to_service", lambda record: record.to_service),
        Column("reason", lambda record: record.reason),
        Column("agreed_to_share", lambda record: facts.AGREED[record.agreed_to_share]),
        Column("agreed_how", lambda record: record.agreed_how),
        Column("state", lambda record: record.state),
        Column("state_on", lambda record: dates.today(record.state_at).isoformat()),
        Column("decline_reason", lambda record: record.decline_reason),
    ],
    form=ReferralOutForm,
    held=held_out,
    options=_options,
    record=send_referrals,
    change=change_referral_out,
    says_already=says_already_out,
    template="interventions/contact.html",
    of_dummy=False,
)
