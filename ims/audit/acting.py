"""The frame of every action: one transaction, one author, one event (house: mechanism 5).

with acting(by=by, at=at) as act:
    ...
    act.record("consent.withdrawn", client)
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.db import IntegrityError, connection, transaction

from ims.audit import events
from ims.core.actor import Actor


class NotExactlyOneEvent(AssertionError):
    """An action ended without its event, or with two: a fault in the action, so nothing of it is kept."""


@dataclass(slots=True)
class Act:
    by: Actor
    at: datetime
    event_id: int
    said: int = 0

    def record(self, what: str, subjects=(), **counts: int) -> None:
        """Say what the action did: its one audit event, whose id is the history's change reason."""
        self.said += 1
        if self.said > 1:
            raise NotExactlyOneEvent(what)
        events.record(what, subjects, at=self.at, by=self.by, event_id=self.event_id, **counts)

    def changed_nothing(self) -> None:
        """Say that there was nothing to do, as when a form is sent a second time."""
        self.said += 1


@dataclass(slots=True)
class Part(Act):
    """An action inside a greater act: what it did is told by the event of the whole, which history names."""

    def record(self, what: str, subjects=(), **counts: int) -> None:
        self.said += 1


_whole: ContextVar[Act | None] = ContextVar("the act that actions are parts of", default=None)


@contextmanager
def acting(*, by: Actor, at: datetime) -> Iterator[Act]:
    """Run a block as one act of `by` at `at`: all or nothing. Raises NotExactlyOneEvent."""
    with transaction.atomic():
        act = _begun(by, at)
        yield act
        if act.said != 1:
            raise NotExactlyOneEvent(f"{act.said} events")


def _begun(by: Actor, at: datetime) -> Act:
    whole = _whole.get()
    if whole is None:
        return Act(by, at, _attribute(by, at))
    if (whole.by, whole.at) != (by, at):
        raise NotExactlyOneEvent("a part of somebody else's act, or of another moment")
    return Part(by, at, whole.event_id)


@contextmanager
def whole_act(*, by: Actor, at: datetime) -> Iterator[Act]:
    """The same for an act that is made of actions, as an upload is: one transaction, one event for all of them.

    Raises NotExactlyOneEvent.
    """
    with acting(by=by, at=at) as act:
        token = _whole.set(act)
        try:
            yield act
        finally:
            _whole.reset(token)


def _attribute(by: Actor, at: datetime) -> int:
    """Tell the history trigger whose writes these are. Local to the transaction: pooled connections forget it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, set_config('ims.event_id', id::text, true), set_config('ims.user_id', %s, true),"
            " set_config('ims.at', %s, true) FROM (SELECT nextval('audit_event_id') AS id) AS taken",
            [str(by.user_id), at.isoformat()],
        )
        return cursor.fetchone()[0]


def unique_violation(error: Exception) -> str:
    """The name of the constraint that an IntegrityError met, or ''."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return (diagnostics and diagnostics.constraint_name) or ""


def runs_again_on(*constraints: str) -> Callable:
    """Run an action once more when it met one of the named constraints.

    Two presses at the same moment meet in a unique constraint; the second run finds what the first one saved.
    """

    def decorate(action):
        @wraps(action)
        def run(**arguments):
            try:
                with transaction.atomic():
                    return action(**arguments)
            except IntegrityError as error:
                if unique_violation(error) not in constraints:
                    raise
            return action(**arguments)

        return run

    return decorate
