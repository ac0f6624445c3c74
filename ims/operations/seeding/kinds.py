"""The kinds of contact that are made up, each with its table and the event of recording it.

All share one numbering, in the order of recording, so each table has gaps where the others have rows.
"""

from dataclasses import dataclass

from interventions.contact import Contact
from interventions.models import BriefIntervention, Naloxone, SyringeExchange, WellbeingAssessment
from referrals.models import ReferralIn, ReferralOut


@dataclass(frozen=True, slots=True)
class MadeUp:
    """`name` is the kind's in SQL (sql/01_staging.sql)."""

    name: str
    model: type[Contact]
    event: str


MADE_UP = (
    MadeUp("exchange", SyringeExchange, "exchange.recorded"),
    MadeUp("brief", BriefIntervention, "brief_intervention.recorded"),
    MadeUp("naloxone", Naloxone, "naloxone.recorded"),
    MadeUp("wellbeing", WellbeingAssessment, "wellbeing.recorded"),
    MadeUp("referral_in", ReferralIn, "referral_in.recorded"),
    MadeUp("referral_out", ReferralOut, "referral_out.sent"),
)
