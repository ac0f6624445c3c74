"""The kinds of activity, each listed once."""

from ims.core.actor import Actor
from ims.core.kind import Kind
from interventions.brief_intervention.kind import KIND as BRIEF_INTERVENTION
from interventions.syringe_exchange.kind import KIND as SYRINGE_EXCHANGE

KINDS: tuple[Kind, ...] = (SYRINGE_EXCHANGE, BRIEF_INTERVENTION)


def recorded_by(actor: Actor) -> list[Kind]:
    """The kinds that the actor's service has switched on."""
    return [kind for kind in KINDS if kind.key in actor.modules]
