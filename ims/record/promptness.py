"""How long ago a page was shown: an Enter that was held down or pressed twice comes sooner than anybody can read.

The moment is signed into the form, so that it holds with and without scripts and on any process.
"""

from datetime import timedelta

from django.core import signing

SOONEST = timedelta(milliseconds=600)  # a person who reads a name and decides takes longer
_SIGNER = signing.TimestampSigner(salt="ims.shown-at")


def shown_now() -> str:
    """What a form carries to say when it was shown."""
    return _SIGNER.sign("shown")


def is_too_soon(shown_at: str) -> bool:
    """Whether a form comes back sooner than it can have been read; one that does not say when it was shown does."""
    try:
        _SIGNER.unsign(shown_at)
        _SIGNER.unsign(shown_at, max_age=SOONEST)
    except signing.SignatureExpired:
        return False
    except signing.BadSignature:
        return True
    return True
