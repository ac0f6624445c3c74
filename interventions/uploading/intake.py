"""One pass over a file of contacts: whose they are, whether they are held, and saving them as the counter does."""

from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from clients.known import Known
from clients.models import Client
from clients.uploading.naming import is_attributor_of
from clients.uploading.people import People, namer
from clients.uploading.placing import OF_ANOTHER
from ims.bulk.layout import Column, Intake, Mark, Note, Outcome, Reads, Row
from ims.bulk.mapping import ROW_KEY
from ims.core.actor import Actor
from ims.core.kind import Kind
from interventions.contact import Contact
from interventions.uploading import held
from interventions.uploading.reading import ContactReader, SaidContact

NO_SUCH_CONTACT = "No record of your service has this key. Leave the cell empty for a new one."
NOT_OF_DUMMY = "This cannot be recorded for somebody who objects: nothing but what was given out or done is."
WAS_DELETED = "This was deleted here and is not brought back by a file."


@dataclass(slots=True)
class Said:
    """What a row says, until it is written."""

    kind: Kind
    contact: (
        SaidContact | None
    )  # None of a row that names a record of the extract: it is read when that is known
    person: Any  # of the intake's own
    known: Known | None = None
    submission_id: UUID | None = None
    held: Contact | None = None  # where it is looked at: by its name alone a row says what the record says
    is_gone: bool = False  # it was deleted here
    line: Any = None  # of a record that is to be put right

    def as_line(self) -> Any:
        """What the action is given: of the client it needs the key alone."""
        return self.contact.line_of(self.known, self.submission_id)


class ContactIntake(Intake):
    """What the layouts of contacts share; each says how it reads whose the contact is."""

    def __init__(
        self,
        readers: Mapping[str, ContactReader],
        columns: Mapping[str, Column],
        actor: Actor,
        today: date,
        how: Reads,
    ):
        self.readers, self.columns, self.actor, self.today = readers, columns, actor, today
        self.people = People(actor, how)
        self.pick_keys = how.picker(("contact", ROW_KEY))
        self._objectors: Counter[bytes] = Counter()  # the same row again under the dummy is somebody else

    @abstractmethod
    def reader_of(self, row: Row) -> ContactReader | None:
        """Of the kind that the row is of; None, and a fault in the row, where nobody can say."""

    @abstractmethod
    def read_person(self, row: Row) -> Any:
        """Whose it is, as far as the row says; faults go into the row."""

    @abstractmethod
    def who(self, person: Any) -> str:
        """The same as part of the row's name; "" of somebody who objects."""

    @abstractmethod
    def place(self, row: Row, person: Any, *, brings: bool, of: int | None) -> Known | None:
        """Whose it is among the service's clients; with `brings` somebody new is one of them from here on.

        None where it is nobody's, and, with a fault in the row, where nobody can say, or where it is of another client
        than the one with the key `of`, which is left open by None.
        """

    def read(self, row: Row) -> None:
        reader = self.reader_of(row)
        if reader is None:
            return
        has_key = any(self.pick_keys(row.written))
        if has_key and (ours := row.cells.get("contact")):
            row.name = str(held.ref_in(ours) or ours).encode()
            row.said = Said(reader.how.kind, None, None)
            return
        person, contact = self.read_person(row), reader.read(row)
        if not row.faults:
            row.said = Said(reader.how.kind, contact, person)
            row.name = f"key {row.cells[ROW_KEY]}".encode() if has_key else self._name(row.said)

    def _name(self, said: Said) -> bytes:
        """Who, when and what: however a row is written, it is the same row."""
        who, contact = self.who(said.person), said.contact
        name = "\x1f".join((who, contact.alone.name, contact.done.name)).encode()
        if who:
            return name
        self._objectors[name] += 1
        return name + b" %d" % self._objectors[name]

    def plan(self, rows: Sequence[Row]) -> None:
        self._plan_of_extract([row for row in rows if row.said.contact is None])
        fresh = [row for row in rows if row.said.contact is not None]
        self._find_held(fresh)
        for row in fresh:
            self._plan(row)

    def _plan_of_extract(self, rows: Sequence[Row]) -> None:
        """Rows with a key of ours: as they were written they are held; otherwise they put a record right."""
        for kind, some in _by_kind(rows):
            found = held.by_ref(kind, [row.cells["contact"] for row in some], self.actor)
            for row in some:
                row.said.held = found.get(row.cells["contact"])
                if row.said.held is None:
                    row.reject("contact", NO_SUCH_CONTACT)
                elif held.says_the_same(kind, row.said.held, row.cells, self.columns):
                    row.outcome = Outcome.SAME
                else:
                    self._put_right(row)

    def _find_held(self, rows: Sequence[Row]) -> None:
        for kind, some in _by_kind(rows):
            name = namer(f"{self.actor.provider_id} {kind.key}")
            for row in some:
                row.said.submission_id = name(row.name)
            has_keys = any(any(self.pick_keys(row.written)) for row in some)
            names = [row.said.submission_id for row in some]
            found = held.by_submission(kind, names, self.actor, whole=has_keys)
            for row in some:
                if contact := found.get(row.said.submission_id):
                    row.outcome = Outcome.SAME
                    row.said.is_gone = contact.is_gone
                    row.said.held = contact if has_keys else None

    def _plan(self, row: Row) -> None:
        said = row.said
        is_held = row.outcome == Outcome.SAME
        of = said.held.client_id if said.held and not said.is_gone else None
        said.known = self.place(row, said.person, brings=not is_held, of=of)
        if row.faults:
            return
        if is_held:
            self._plan_held(row)
        elif said.known.is_dummy and not said.kind.of_dummy:
            row.reject("", NOT_OF_DUMMY)
        else:
            row.outcome = Outcome.NEW

    def _plan_held(self, row: Row) -> None:
        """What is held stays, unless the source names its rows and says something else of this one now."""
        said = row.said
        if said.is_gone:
            row.marks.append(Mark("", WAS_DELETED, Note.RIGHT))
        elif said.held is not None and not self._as_said(row, said.held):
            row.outcome = Outcome.CHANGED
        if said.known is not None and self.changes_person(said.person):
            row.outcome = Outcome.CHANGED

    def changes_person(self, person: Any) -> bool:
        return False

    def _as_said(self, row: Row, contact: Contact) -> bool:
        row.said.line = row.said.contact.line_of(contact.client, row.said.submission_id)
        return row.said.kind.says_already(contact, row.said.line, self.actor)

    def _put_right(self, row: Row) -> None:
        """Reads the row by the form that puts such a record right, as its page does."""
        contact, kind = row.said.held, row.said.kind
        if column := self._names_another(row.cells, contact.client):
            row.reject(column, OF_ANOTHER)
            return
        line = self.readers[kind.key].corrected(row, contact)
        if row.faults:
            return
        row.said.line = line
        row.outcome = Outcome.SAME if kind.says_already(contact, line, self.actor) else Outcome.CHANGED

    def _names_another(self, cells: Mapping[str, str], client: Client) -> str:
        """The column by which a row says that it is somebody else's than the record is; "" where none does."""
        if cells.get("ims_id", "") not in ("", client.ims_id):
            return "ims_id"
        text = cells.get("attributor", "")
        is_so = not text or is_attributor_of(text, client.pk, self.people.known, today=self.today)
        return "" if is_so else "attributor"

    def write(self, rows: Sequence[Row], *, at: datetime, by: Actor) -> None:
        self.people.register(at=at, by=by)
        self.write_people(rows, at=at, by=by)
        for kind, some in _by_kind(row for row in rows if row.outcome == Outcome.NEW):
            kind.record(lines=[row.said.as_line() for row in some], at=at, by=by)
        for row in rows:
            if row.said.line is not None and row.outcome == Outcome.CHANGED:
                held_now = row.said.held
                row.said.kind.change(
                    contact=held_now, line=row.said.line, expected_version=held_now.version, at=at, by=by
                )

    def write_people(self, rows: Sequence[Row], *, at: datetime, by: Actor) -> None:
        """What the rows say of people who were held. Layouts that say nothing of them leave it."""


def _by_kind(rows: Iterable[Row]) -> Iterable[tuple[Kind, list[Row]]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.said.kind.key].append(row)
    return [(some[0].said.kind, some) for some in found.values()]
