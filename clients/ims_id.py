"""The IMS ID: what people quote. Anonymous, never derived from personal data, never reused.

Ten characters; the last checks the others. The alphabet has 23 signs, none of which looks like another (no 0 O Q D,
1 I L, 2 Z, 5 S, 6 G, 8 B confusion survives: of each pair at most one is used). 23 is a prime, so the weighted sum
finds every single wrong character and every swap of two neighbours.
"""

import secrets

ALPHABET = "23456789ACEFHJKMNPRTWXY"
LENGTH = 10


def new_ims_id() -> str:
    """A random IMS ID with its check character."""
    number, body = secrets.randbelow(len(ALPHABET) ** (LENGTH - 1)), ""
    for _ in range(LENGTH - 1):
        number, place = divmod(number, len(ALPHABET))
        body += ALPHABET[place]
    return body + check_character(body)


def check_character(body: str) -> str:
    """The tenth character for the first nine: the weighted sum of all ten is divisible by 23."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def is_ims_id(text: str) -> bool:
    """Whether a text, as somebody typed it, is a well-formed IMS ID."""
    plain = plain_ims_id(text)
    return (
        len(plain) == LENGTH
        and all(sign in ALPHABET for sign in plain)
        and check_character(plain[:-1]) == plain[-1]
    )


def plain_ims_id(text: str) -> str:
    """The ID in capitals and without the spaces and hyphens that people put in."""
    return text.upper().replace(" ", "").replace("-", "")
