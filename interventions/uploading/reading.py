"""What one row says of a contact, read by the very form that records one.

A row differs from the next in its day and its person; what was done repeats. So everything but day and note is judged
once for each way in which it is filled in, by the whole form, and remembered.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from ims.bulk.layout import Fault, Mark, Reads, Row
from ims.bulk.reader import NOBODY, FormReader
from ims.codelists import rules
from ims.core.actor import Actor
from ims.core.kind import Kind
from ims.providers.models import Site
from interventions.contact import Contact

REMEMBERED = 50_000  # ways of filling in a row
# Without the number, so that like rows are one group.
QUESTION = "More than {largest:,}. If it is right, leave it; if not, mend it in the file first."
OF_ITSELF = {"on", "note"}
OF_A_ROW = {*OF_ITSELF, "client", "submission_id"}


class NotTyped(ValueError):
    """A cell names something that no box of the form has. The message says how to mend it."""

    def __init__(self, column: str, words: str):
        super().__init__(words)
        self.column, self.words = column, words


@dataclass(frozen=True)
class InFile:
    """How a kind of contact stands in a file. `typed` puts the cells of its columns into the boxes of its form."""

    kind: Kind
    typed: Callable[[Mapping[str, str], Actor], Mapping[str, Any]]
    column_of: Callable[[str], str] = str  # which column a box of the form was filled from
    box_of_code: str = ""  # how the name of a box begins that is there for each code of a column


@dataclass(frozen=True, slots=True)
class Done:
    """One way in which a row was filled in; `line` makes a line of it when it is told whose and of what day."""

    line: Callable[..., Any] | None = None
    faults: tuple[Fault, ...] = ()
    marks: tuple[Mark, ...] = ()
    name: str = (
        ""  # what it says, as part of the name of a row: by the names of the columns, the empty ones left out
    )


@dataclass(frozen=True, slots=True)
class Alone:
    """What a row shares with no other way of filling in a row: day and note; of a fault there is no day."""

    on: date | None
    note: str = ""
    faults: tuple[Fault, ...] = ()
    name: str = ""  # as part of the name of a row


class ContactReader:
    def __init__(self, how: InFile, names: Iterable[str], actor: Actor, reads: Reads):
        self.how, self.names, self.actor = how, sorted({*names, "site"}), actor
        self.pick, self.pick_alone = reads.picker(self.names), reads.picker(("on", "note"))
        self.own_sites = Site.objects.visible_to(actor).in_use()
        self.sites = {site.name.lower(): site.pk for site in self.own_sites}
        self.form = self._form(client=None)
        self.reader = FormReader(self.form)
        self._done: dict[tuple, Done] = {}
        self._alone: dict[tuple, Alone] = {}
        self._rules: dict[date, tuple] = {}

    def _form(self, *typed: Mapping[str, Any], client: Any, **options) -> Any:
        """The form of the page, which asks a file in other words."""
        options |= self.how.kind.options(self.actor, client)
        form = self.how.kind.form(
            *typed, sites=self.own_sites, backdating_days=self.actor.backdating_days, **options
        )
        form.question = QUESTION
        return form

    def read(self, row: Row) -> "SaidContact | None":
        """Puts faults and marks into the row. None where it has faults."""
        alone = self._day_and_note(row)
        done = self._as_filled_in(row, alone.on)
        for fault in (*alone.faults, *done.faults):
            row.reject(fault.column, fault.words)
        if row.faults:
            return None
        if done.marks:
            row.marks.extend(done.marks)
        return SaidContact(done, alone)

    def _day_and_note(self, row: Row) -> Alone:
        key = self.pick_alone(row.written)
        found = self._alone.get(key)
        if found is None:
            if len(self._alone) >= REMEMBERED:
                self._alone.clear()
            found = self._alone[key] = self._read_alone(row.cells)
        return found

    def _read_alone(self, cells: Mapping[str, str]) -> Alone:
        on, note = self.reader.value("on", cells["on"]), self.reader.value("note", cells.get("note", ""))
        values = {"on": on, "note": note}
        faults = [
            Fault(name, " ".join(value.messages))
            for name, value in values.items()
            if isinstance(value, ValidationError)
        ]
        if faults:
            return Alone(None, faults=tuple(faults))
        return Alone(on, note, name=f"{on.isoformat()}\x1f{note}")

    def corrected(self, row: Row, contact: Contact) -> Any:
        """The line that puts a record right, by the form of its own page. None, and faults in the row, where it is refused."""
        try:
            typed = {
                **self.how.typed(row.cells, self.actor),
                "site": self._site(row.cells.get("site", ""), contact),
            }
        except NotTyped as fault:
            row.reject(fault.column, fault.words)
            return None
        typed |= {
            "on": row.cells["on"], "note": row.cells.get("note", ""), "submission_id": NOBODY,
            "expected_version": contact.version,
        }  # fmt: skip
        form = self._correcting(typed, contact)
        if meant := form.errors and form.data.get("sure"):
            asked, form = self._in_columns(form), self._correcting({**typed, "sure": meant}, contact)
            row.marks.extend(_marks(asked, self._in_columns(form)))
        for fault in self._in_columns(form):
            row.reject(fault.column, fault.words)
        return None if row.faults else form.lines(contact.client)[0]

    def _correcting(self, typed: Mapping[str, Any], contact: Contact) -> Any:
        return self._form(typed, client=contact.client, held=self.how.kind.held(contact))

    def _in_columns(self, form) -> tuple[Fault, ...]:
        """What a form has against a row, at the columns of the file."""
        return tuple(
            Fault("" if name == "__all__" else self.how.column_of(name), str(words))
            for name, said in form.errors.items()
            for words in said
        )

    def _as_filled_in(self, row: Row, on: date | None) -> Done:
        key = (self._rules_of(on), self.pick(row.written))
        done = self._done.get(key)
        if done is None:
            if len(self._done) >= REMEMBERED:
                self._done.clear()
            done = self._done[key] = self._judged(row.cells, on)
        return done

    def _rules_of(self, on: date | None) -> tuple:
        """Which rules judge a contact of a day."""
        found = self._rules.get(on)
        if found is None:
            found = self._rules[on] = tuple(rule.pk for rule in rules.in_force(on)) if on else ()
        return found

    def _judged(self, cells: Mapping[str, str], on: date | None) -> Done:
        try:
            typed = {**self.how.typed(cells, self.actor), "site": self._site(cells.get("site", ""))}
        except NotTyped as fault:
            return Done(faults=(Fault(fault.column, fault.words),))
        day = (on or self.form.fields["on"].initial()).isoformat()
        typed |= {"on": day, "submission_id": NOBODY}
        asked = self._faults(typed)
        if asked and self.form.data.get("sure"):  # asked whether it was meant: in a file that is a mark
            faults = self._faults({**typed, "sure": self.form.data["sure"]})
            marks = _marks(asked, faults)
        else:
            faults, marks = asked, ()
        said = [f"{name}={cell}" for name in self.names if (cell := cells.get(name))]
        return Done(
            None if faults else _made_from(self.form.lines(None)[0]), faults, marks, "\x1f".join(said)
        )

    def _faults(self, typed: Mapping[str, Any]) -> tuple[Fault, ...]:
        unknown = [name for name, said in typed.items() if said and name not in self.form.fields]
        faults = [Fault(self.how.column_of(name), self._of_no_box(name)) for name in unknown]
        for name, said in self.reader.read(typed).items():
            if name == "__all__" and unknown:
                continue  # it is said of a row of which a part was not understood
            column = "" if name == "__all__" else self.how.column_of(name)
            faults += [Fault(column, str(words)) for words in said if name not in OF_ITSELF]
        return tuple(faults)

    def _of_no_box(self, name: str) -> str:
        code = self.how.box_of_code
        if code and name.startswith(code):
            return f"“{name.removeprefix(code)}” is not on the list of this column. See the reference for its codes."
        return f"“{self.how.column_of(name)}” is not asked by your service. Leave it empty."

    def _site(self, cell: str, contact: Contact | None = None) -> str:
        """The key of a site by its name; a record may keep one that has closed since."""
        if not cell:
            return ""
        if contact and contact.site and contact.site.name.lower() == cell.lower():
            return str(contact.site_id)
        if cell.lower() not in self.sites:
            raise NotTyped("site", f"“{cell}” is not one of your sites in use.")
        return str(self.sites[cell.lower()])


def _marks(asked: Iterable[Fault], faults: Collection[Fault]) -> tuple[Mark, ...]:
    """What was asked and is no fault once it was meant."""
    return tuple(Mark(fault.column, fault.words) for fault in asked if fault not in faults)


@dataclass(slots=True)
class SaidContact:
    done: Done
    alone: Alone

    def line_of(self, client, submission_id) -> Any:
        alone = self.alone
        return self.done.line(client=client, on=alone.on, note=alone.note, submission_id=submission_id)


def _made_from(line: Any) -> Callable[..., Any]:
    """Makes lines that say the same: `dataclasses.replace` would ask a hundred thousand times what a line has."""
    return partial(
        type(line), **{name: getattr(line, name) for name in line.__slots__ if name not in OF_A_ROW}
    )
