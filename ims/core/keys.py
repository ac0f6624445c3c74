"""Names for records and submissions."""

import secrets
import time
import uuid


def new_submission_id() -> uuid.UUID:
    """The name of one submission: time-ordered (RFC 9562, version 7), so that its index grows at one end."""
    moment = time.time_ns() // 1_000_000
    value = (moment & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62))
