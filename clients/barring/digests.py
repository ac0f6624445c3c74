"""The names of a person as keyed digests. The key is derived from the site's secret, which is not in the database.

An unkeyed digest of an attributor can be undone by trying them all.
"""

from clients.attributor import Attributor
from ims.core.sealing import keyed_digest


def of_attributor(attributor: Attributor, provider_id: int) -> str:
    return keyed_digest(f"{provider_id} attributor {attributor.text()}", purpose="ims.barred")


def of_reference(own_reference: str, provider_id: int) -> str:
    return keyed_digest(f"{provider_id} reference {own_reference.upper()}", purpose="ims.barred")


def names_of(attributor: Attributor, own_reference: str, provider_id: int) -> list[str]:
    """Every name by which a file of the service could bring the person back."""
    names = [of_attributor(attributor, provider_id)]
    return [*names, of_reference(own_reference, provider_id)] if own_reference else names
