"""What is known of a client, in words that person can read."""

from collections.abc import Collection

from clients.forms import IdentityForm
from clients.models import Client
from ims.codelists import lists
from ims.geography.residence import authority_of
from ims.providers.models import Module

_CODED = {
    "sex": ("Sex", "sex"),
    "ethnicity": ("Ethnicity", "ethnicity"),
    "nationality": ("Nationality", "nationality"),
    "main_substance": ("Main substance", "substance"),
    "route": ("Usual route", "route"),
    "injecting_status": ("Injecting status", "injecting_status"),
}


def about(client: Client, modules: Collection[str] = tuple(Module)) -> list[tuple[str, str]]:
    """What is known of the person, label and words; what was not asked says so.

    What a service with these `modules` asks of nobody is there only where it was recorded before.
    """
    never_asked = () if Module.SUBSTANCES in modules else IdentityForm.SUBSTANCES
    shown = [name for name in _CODED if name not in never_asked or getattr(client, name)]
    return [
        ("Initials", client.initials),
        ("Date of birth", f"{client.date_of_birth:%d/%m/%Y}"),
        *(_coded(client, name) for name in shown),
        ("Postcode", client.postcode or "Not recorded"),
        ("Authority of residence", authority_of(client.postcode).authority_name or "Not known"),
        ("Own reference of the service", client.own_reference or "None"),
        ("IMS ID", client.ims_id),
        ("First recorded here", f"{client.created_at:%d/%m/%Y}"),
    ]


def _coded(client: Client, name: str) -> tuple[str, str]:
    (label, key), code = _CODED[name], getattr(client, name)
    return label, lists.label_of(key, code) if code else "Not asked"
