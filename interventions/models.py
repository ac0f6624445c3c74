from interventions.brief_intervention.model import BriefIntervention
from interventions.syringe_exchange.model import SyringeExchange

__all__ = ["BriefIntervention", "SyringeExchange"]
