from clients.models.barred import Barred
from clients.models.client import Client
from clients.models.consent import ConsentDecision
from clients.models.pair import Pair

__all__ = ["Barred", "Client", "ConsentDecision", "Pair"]
