"""The states of a referral and who may move it on: data, so that the page, the action and the tests read one table.

What came to a partner on the system is answered by that partner; of what went elsewhere the sender types the outcome.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models


class State(models.TextChoices):
    SENT = "sent", "Sent"
    SEEN = "seen", "Seen"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    ATTENDED = "attended", "Attended"
    DID_NOT_ATTEND = "did_not_attend", "Did not attend"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Side(StrEnum):
    SENDER = "sender"
    RECEIVER = "receiver"


class To(StrEnum):
    """Where a referral goes: to a service on the system, or elsewhere."""

    PARTNER = "partner"
    ELSEWHERE = "elsewhere"


SENDER, RECEIVER = frozenset({Side.SENDER}), frozenset({Side.RECEIVER})
EITHER = SENDER | RECEIVER

Moves = Mapping[State, Mapping[State, frozenset[Side]]]

# Whoever declines or withdraws ends it: what is over for the receiver never comes back to its pages.
TRANSITIONS: Mapping[To, Moves] = {
    To.PARTNER: {
        State.SENT: {
            State.SEEN: RECEIVER,
            State.ACCEPTED: RECEIVER,
            State.DECLINED: RECEIVER,
            State.WITHDRAWN: SENDER,
        },
        State.SEEN: {State.ACCEPTED: RECEIVER, State.DECLINED: RECEIVER, State.WITHDRAWN: SENDER},
        State.ACCEPTED: {
            State.ATTENDED: RECEIVER,
            State.DID_NOT_ATTEND: RECEIVER,
            State.CLOSED: EITHER,
        },
        State.DID_NOT_ATTEND: {State.ATTENDED: RECEIVER, State.CLOSED: EITHER},
        State.ATTENDED: {State.CLOSED: EITHER},
    },
    To.ELSEWHERE: {
        State.SENT: {
            State.ACCEPTED: SENDER,
            State.DECLINED: SENDER,
            State.ATTENDED: SENDER,
            State.DID_NOT_ATTEND: SENDER,
            State.CLOSED: SENDER,
            State.WITHDRAWN: SENDER,
        },
        State.ACCEPTED: {State.ATTENDED: SENDER, State.DID_NOT_ATTEND: SENDER, State.CLOSED: SENDER},
        State.DID_NOT_ATTEND: {State.ATTENDED: SENDER, State.CLOSED: SENDER},
        State.ATTENDED: {State.CLOSED: SENDER},
    },
}

WAITING = frozenset({State.SENT, State.SEEN})  # for the receiver to answer
TAKEN = frozenset({State.ACCEPTED, State.ATTENDED, State.DID_NOT_ATTEND, State.CLOSED})  # accepted, or later
OVER = frozenset({State.DECLINED, State.WITHDRAWN})  # nothing of it stays with the receiver


def moves(to: To, state: str, side: Side) -> list[State]:
    """The states that one side may put a referral in, in the order of the table."""
    return [later for later, sides in TRANSITIONS[to].get(State(state), {}).items() if side in sides]
