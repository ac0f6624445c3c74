from interventions.batch_exchange.model import BatchExchange
from interventions.brief_intervention.model import BriefIntervention
from interventions.naloxone.model import Naloxone
from interventions.syringe_exchange.model import SyringeExchange
from interventions.syringe_exchange.packs import Pack, PackContents
from interventions.wellbeing_assessment.model import WellbeingAssessment

__all__ = [
    "BatchExchange",
    "BriefIntervention",
    "Naloxone",
    "Pack",
    "PackContents",
    "SyringeExchange",
    "WellbeingAssessment",
]
