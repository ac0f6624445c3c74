"""The data dictionary: every field of every record, as the apps themselves declare it.

An app lists its fields beside its models, in the order a person meets them; settings.REFERENCE_FIELDS names those
lists, so that nothing here imports an app above.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.module_loading import import_string

from ims.codelists.models import Confidence


class Source(StrEnum):
    """Why a field is there."""

    SEED = "seed"  # Privacy & Data Security, version 4.0, names it
    ADDED = "added"  # what users of such systems expect
    DERIVED = "derived"  # nobody types it

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Source.SEED: "Named in Privacy & Data Security 4.0",
    Source.ADDED: "Added for this system",
    Source.DERIVED: "Worked out by the system",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one record, in words for the people it is about and those who type it.

    `list_key` names its code list; `module` the module a service has to have switched on to see it, '' for all.
    `confidence` is for a field that has no list and is yet unsure, such as one taken over from another system.
    Raises ValueError for a source or confidence that is none.
    """

    record: str  # "Client"
    name: str  # as in an extract: "first_initial"
    label: str  # as on a page: "First name: initial"
    meaning: str
    format: str  # "One letter"
    list_key: str = ""
    module: str = ""
    source: str = Source.SEED
    confidence: str = ""

    def __post_init__(self):
        Source(self.source)
        if self.confidence:
            Confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the reference that an app has beside its own code."""

    title: str
    address: str
    about: str


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one sort, under a heading. `links` is asked when the page is shown."""

    heading: str
    about: str
    links: Callable[[], Iterable[Link]]


def sections() -> list[Section]:
    """What the apps add to the reference, in the order of settings.REFERENCE_SECTIONS. Raises ImportError."""
    return [import_string(path) for path in settings.REFERENCE_SECTIONS]


def fields() -> list[Field]:
    """Every field that the apps declare, in the order of settings.REFERENCE_FIELDS. Raises ImportError."""
    return [field for path in settings.REFERENCE_FIELDS for field in import_string(path)]
