"""Sealed text: what a person typed, encrypted and bound to that person and that page.

Used where a half-filled form has to survive signing in again. The key is derived from the site's secret, so a
sealed form is of no use to anybody who finds it.
"""

import base64
import hmac
import json
from urllib.parse import parse_qsl, urlencode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing
from django.http import QueryDict

HOUR = 3600
OWNER_SALT = "ims.form-owner"


class NotSealedForYou(ValueError):
    """The seal is broken, too old, or was made for another person or another page."""


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived("ims.sealing")))


def _derived(purpose: str) -> bytes:
    """A key of its own for each purpose, from the site's secret."""
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
    return derived.derive(settings.SECRET_KEY.encode())


def keyed_digest(text: str, *, purpose: str) -> str:
    """64 hexadecimal digits that only this site can make of a text: HMAC-SHA256 under a key of that purpose."""
    return hmac.new(_derived(purpose), text.encode(), "sha256").hexdigest()


def seal(fields: QueryDict, *, user_id: int, path: str) -> str:
    """Encrypt posted fields for one person and one page."""
    text = json.dumps([user_id, path, fields.urlencode()])
    return _cipher().encrypt(text.encode()).decode()


def unseal(token: str, *, user_id: int, path: str, longest: int = HOUR) -> QueryDict:
    """The fields again. `longest` in seconds. Raises NotSealedForYou."""
    try:
        owner, page, fields = json.loads(_cipher().decrypt(token.encode(), ttl=longest))
    except (InvalidToken, ValueError):
        raise NotSealedForYou from None
    if (owner, page) != (user_id, path):
        raise NotSealedForYou
    return QueryDict(fields)


def form_owner(user_id: int) -> str:
    """Who a form was given to, signed: it rides in the form so that a later, anonymous post can be sealed for them."""
    return signing.dumps(user_id, salt=OWNER_SALT)


def owner_of(fields: QueryDict) -> int | None:
    """The person a posted form was given to; None where the form does not say or the signature is not ours."""
    try:
        return signing.loads(fields.get("form_owner", ""), salt=OWNER_SALT)
    except signing.BadSignature:
        return None


def without(fields: QueryDict, *names: str) -> QueryDict:
    """A copy without the named fields: tokens are not kept."""
    kept = [
        (key, value)
        for key, value in parse_qsl(fields.urlencode(), keep_blank_values=True)
        if key not in names
    ]
    return QueryDict(urlencode(kept))


def without_secrets(fields: QueryDict) -> QueryDict:
    """What may be kept of a form: no password and no token."""
    secrets = [name for name in fields if "password" in name]
    return without(fields, "csrfmiddlewaretoken", "form_owner", *secrets)
