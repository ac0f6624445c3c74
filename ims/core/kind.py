"""A kind of activity, declared once in its own folder and listed once in record/kinds.py.

Every page that spans kinds (timeline, Client Detailed Record, Local Extract) is made from these declarations.
"""

from collections.abc import Callable, Sequence
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
    label: str  # "Syringe exchange"
    plural: str
    model: type[Model]
    line: Callable[[Any], str]  # what was done, in one line of the timeline
    details: Callable[[Any], Sequence[tuple[str, str]]]  # the same, in full, in words a client can read
    columns: Sequence[Column]
    record_view: str  # URL name of the page that records one for a client

    def of_client(self, client, actor) -> QuerySet:
        """The records of one client that the actor may see, latest first."""
        return self.model.objects.visible_to(actor).filter(client=client).order_by("-on", "-pk")
