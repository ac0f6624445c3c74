"""The layout of one kind of contact: the columns of the Local Extract, so that what was downloaded can be sent again.

A row names a client whom the service knows. Without a key of ours it is a new contact.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from clients.known import Known
from clients.uploading.naming import named
from clients.uploading.placing import OF_ANOTHER, NotPlaced
from ims.bulk.layout import DAY, Column, Layout, Reads, Row
from ims.core import dates
from ims.core.actor import Actor
from ims.core.kind import Kind
from interventions.columns import CONTACT_COLUMNS, NOTE
from interventions.uploading.intake import ContactIntake
from interventions.uploading.reading import ContactReader, InFile

_SAID = {
    "contact": ("Key", "As the Local Extract gives it; empty for a new record", ""),
    "on": ("Date", DAY, ""),
    "site": ("Site", "The name of one of your sites, or empty", ""),
    "authority": ("Authority", "Worked out from the client's postcode", ""),
    "ims_id": ("IMS ID", "Ten characters; or leave it empty and give the attributor", ""),
    "attributor": ("Attributor", "Initials, date of birth and sex", "AB05051985M"),
    "consent": ("Consent", "As it is held; it is changed by the layout “Clients”", ""),
    "note": ("Note", "Up to 500 characters; never name anyone", ""),
}
OWN_REFERENCE = Column(
    "own_reference", "Own reference", "Your reference of the client, where two have the same attributor", ""
)
_DERIVED = {"authority", "consent"}


def shared(name: str) -> Column:
    """One of the columns that every kind of contact has."""
    title, words, example = _SAID[name]
    if name == "on":
        example = f"{dates.today():%d/%m/%Y}"  # a day of its own would be too long ago before long
    return Column(name, title, words, example, required=name == "on", derived=name in _DERIVED)


class KindIntake(ContactIntake):
    """Whose a contact is, is named by IMS ID or attributor; nobody new is brought."""

    def reader_of(self, row: Row) -> ContactReader:
        (reader,) = self.readers.values()
        return reader

    def read_person(self, row: Row) -> Known | None:
        """No query: everybody whom the service knows was read before the first row."""
        try:
            one, marks = named(row.cells, self.people.known, today=self.today)
        except NotPlaced as fault:
            row.reject(fault.column, fault.words)
            return None
        row.marks.extend(marks)
        return one or self.people.the_dummy()

    def who(self, person: Known) -> str:
        """By the IMS ID, which stays when somebody puts the client right: the same file is the same rows then."""
        return "" if person.is_dummy else person.ims_id

    def place(self, row: Row, person: Known, *, brings: bool, of: int | None) -> Known | None:
        if of is not None and person.pk != of:
            row.reject("", OF_ANOTHER)
            return None
        return person


class KindLayout(Layout):
    """`own`: the columns of the kind that are read from a file; its others are worked out."""

    def __init__(self, how: InFile, own: Mapping[str, Column]):
        self.how, self.own = how, own
        self.key, self.title, self.module = how.kind.key, how.kind.plural, how.kind.key
        self.about = f"One row {how.kind.with_article}, of a client whom your service has already."

    @property
    def kind(self) -> Kind:
        return self.how.kind

    def columns(self, actor: Actor | None = None) -> list[Column]:
        before = [shared(column.name) for column in CONTACT_COLUMNS]
        own = [self.own.get(column.name) or _worked_out(column.name) for column in self.kind.columns]
        return [*before, OWN_REFERENCE, *own, shared(NOTE.name)]

    def intake(self, *, actor: Actor, today: date, how: Reads) -> KindIntake:
        reader = ContactReader(self.how, self.own, actor, how)
        return KindIntake({self.kind.key: reader}, self.read_columns(actor), actor, today, how)


def _worked_out(name: str) -> Column:
    return Column(name, name.replace("_", " ").capitalize(), "Worked out", derived=True)


def as_named(*names: str) -> Any:
    """For kinds whose columns are called like the boxes of their form."""
    return lambda cells, actor: {name: cells.get(name, "") for name in names}
