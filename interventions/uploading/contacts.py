"""The layout of contacts: client and contact in one row, as other systems send them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from clients.known import Known
from clients.uploading.layout import person_columns
from clients.uploading.placing import Placed
from clients.uploading.said import Said as Person
from ims.bulk.layout import Column, Layout, Reads, Row
from ims.core.actor import Actor
from interventions.brief_intervention import layout as brief_intervention
from interventions.syringe_exchange import layout as syringe_exchange
from interventions.uploading.intake import ContactIntake
from interventions.uploading.layout import shared
from interventions.uploading.reading import ContactReader

LAYOUTS = {layout.kind.key: layout for layout in (syringe_exchange.LAYOUT, brief_intervention.LAYOUT)}
WORDS = {
    word: key
    for key, layout in LAYOUTS.items()
    for word in ("", key, layout.kind.noun, layout.kind.label.lower())
    if word or key == syringe_exchange.LAYOUT.key
}
KIND = Column(
    "kind",
    "Kind of contact",
    "exchange or brief intervention; empty is an exchange",
    "exchange",
    words=("exchange", "brief intervention"),
)
NO_SUCH_KIND = "“{}” is no kind of contact that your service records. Write exchange or brief intervention."


class ContactsIntake(ContactIntake):
    """Whose a contact is, the row says in full, and brings them where they are new."""

    def __init__(self, readers, columns, actor, today, how: Reads):
        super().__init__(readers, columns, actor, today, how)
        self.pick_kind = how.picker([KIND.name])
        self._by_word: dict[tuple[str, ...], ContactReader | None] = {}

    def reader_of(self, row: Row) -> ContactReader | None:
        written = self.pick_kind(row.written)
        if written not in self._by_word:
            self._by_word[written] = self.readers.get(WORDS.get(row.cells.get(KIND.name, "").lower(), ""))
        reader = self._by_word[written]
        if reader is None:
            row.reject(KIND.name, NO_SUCH_KIND.format(row.cells.get(KIND.name, "")))
        return reader

    def read_person(self, row: Row) -> Person:
        return self.people.read(row)

    def who(self, person: Person) -> str:
        return person.who

    def place(self, row: Row, person: Person, *, brings: bool, of: int | None) -> Known | None:
        placed = self.people.place(row, person, brings=brings, of=of)
        row.said.person = placed
        return placed and placed.known

    def changes_person(self, person: Placed) -> bool:
        return person.changes()

    def write_people(self, rows: Sequence[Row], *, at: datetime, by: Actor) -> None:
        changed = [row.said.person for row in rows if isinstance(row.said.person, Placed)]
        self.people.put_right([one for one in changed if one.changes()], at=at, by=by)


class ContactsLayout(Layout):
    key = "contacts"
    title = "Contacts"
    about = "One row a contact, with the client in it; who is new is registered. An empty cell about the client says nothing."

    def columns(self, actor: Actor | None = None) -> list[Column]:
        kinds = self._of(actor)
        own = {name: column for layout in kinds.values() for name, column in self._own(layout, kinds).items()}
        nouns = [layout.kind.noun for layout in kinds.values()]
        kind = replace(KIND, example=nouns[0] if nouns else "")
        return [*person_columns(actor), shared("on"), shared("site"), kind, *own.values(), shared("note")]

    def _own(self, layout, kinds) -> dict[str, Column]:
        """A row is of one kind, so that none of these has to be there; the example is a row of the first kind."""
        is_first = layout is next(iter(kinds.values()))
        return {
            name: replace(column, required=False, example=column.example if is_first else "")
            for name, column in layout.own.items()
        }

    def _of(self, actor: Actor | None) -> dict:
        return {key: one for key, one in LAYOUTS.items() if actor is None or key in actor.modules}

    def intake(self, *, actor: Actor, today: date, how: Reads) -> ContactsIntake:
        readers = {key: ContactReader(one.how, one.own, actor, how) for key, one in self._of(actor).items()}
        return ContactsIntake(readers, self.read_columns(actor), actor, today, how)


LAYOUT = ContactsLayout()
