"""The kinds of activity, each listed once."""

from ims.core.access import Permission
from ims.core.actor import Actor
from ims.core.kind import Kind
from interventions.brief_intervention.kind import KIND as BRIEF_INTERVENTION
from interventions.naloxone.kind import KIND as NALOXONE
from interventions.syringe_exchange.kind import KIND as SYRINGE_EXCHANGE
from interventions.wellbeing_assessment.kind import KIND as WELLBEING_ASSESSMENT
from referrals.kind import REFERRAL_IN, REFERRAL_OUT

KINDS: tuple[Kind, ...] = (
    SYRINGE_EXCHANGE,
    BRIEF_INTERVENTION,
    NALOXONE,
    WELLBEING_ASSESSMENT,
    REFERRAL_IN,
    REFERRAL_OUT,
)


def recorded_by(actor: Actor) -> list[Kind]:
    """The kinds that the actor's service has switched on."""
    return [kind for kind in KINDS if kind.key in actor.modules]


def with_a_grid(actor: Actor) -> list[Kind]:
    """Those of them that the actor may type many of at once."""
    return [kind for kind in recorded_by(actor) if kind.row and actor.may(Permission.ACTIVITY_RECORD)]


def kind_at(slug: str) -> Kind | None:
    """The kind by its name in addresses."""
    return next((kind for kind in KINDS if kind.slug == slug), None)
