"""What is known of a client, in words that person can read."""

from clients.models import Client
from ims.codelists import lists
from ims.geography.residence import authority_of

_CODED = {
    "sex": ("Sex", "sex"),
    "ethnicity": ("Ethnicity", "ethnicity"),
    "nationality": ("Nationality", "nationality"),
    "main_substance": ("Main substance", "substance"),
    "route": ("Usual route", "route"),
    "injecting_status": ("Injecting status", "injecting_status"),
}


def about(client: Client) -> list[tuple[str, str]]:
    """What is known of the person, label and words; what was not asked says so."""
    return [
        ("Initials", client.initials),
        ("Date of birth", f"{client.date_of_birth:%d/%m/%Y}"),
        *((label, _words(key, getattr(client, name))) for name, (label, key) in _CODED.items()),
        ("Postcode", client.postcode or "Not recorded"),
        ("Authority of residence", authority_of(client.postcode).authority_name or "Not known"),
        ("Own reference of the service", client.own_reference or "None"),
        ("IMS ID", client.ims_id),
        ("First recorded here", f"{client.created_at:%d/%m/%Y}"),
    ]


def _words(key: str, code: str) -> str:
    return lists.label_of(key, code) if code else "Not asked"
