from clients.models.client import Client
from clients.models.consent import ConsentDecision

__all__ = ["Client", "ConsentDecision"]
