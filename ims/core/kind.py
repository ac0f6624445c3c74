"""A kind of activity, declared once in its own folder and listed once in record/kinds.py.

Every page about activity (recording, changing, timeline, Client Detailed Record, Local Extract) is made from these
declarations.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Column:
    """One column of the extract: its short legal name and how a record gives it."""

    name: str
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class Kind:
    key: str  # also the provider's module
    slug: str  # in addresses: "exchanges"
    label: str  # "Syringe exchange"
    noun: str  # as a button says it: "Save exchange"
    plural: str
    model: type[Model]
    line: Callable[[Any], str]  # what was done, in one line of the timeline
    details: Callable[[Any], Sequence[tuple[str, str]]]  # the same, in full, in words a client can read
    columns: Sequence[Column]
    form: type  # a ContactForm: what is typed, as lines for `record`
    held: Callable[[Any], Mapping[str, Any]]  # what a record says, by the names of the form
    record: Callable  # the action for many lines
    change: Callable  # the action for one record
    says_already: Callable[[Any, Any, Any], bool]  # whether a record says what a line of the actor's says
    template: str
    options: Callable[[Any, Any], Mapping[str, Any]] = (
        lambda actor, client: {}
    )  # what this form alone has to know
    row: type | None = None  # a GridRow: one line of the batch grid; None where there is no grid
    said: Callable[[Any], Any] | None = (
        None  # what a record says of what rules judge; None: no rule is about it
    )
    of_dummy: bool = True  # whether it may be recorded for somebody who objects, as what was given out may

    @property
    def with_article(self) -> str:
        """As a sentence goes on: "an exchange"."""
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"

    @property
    def saves(self) -> str:
        """What the button says."""
        return f"Save {self.noun}"

    def of_client(self, client, actor) -> QuerySet:
        """The records of one client that the actor may see, latest first."""
        return self.model.objects.visible_to(actor).filter(client=client).order_by("-on", "-pk")
