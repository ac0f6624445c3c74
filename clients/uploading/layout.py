"""The layout of clients: one row a person, the same columns as the clients of the Local Extract."""

from collections.abc import Sequence
from datetime import date, datetime

from clients.columns import CLIENT_COLUMNS, SUBSTANCE_COLUMNS
from clients.forms import IdentityForm
from clients.models.consent import How
from clients.uploading.people import People
from ims.bulk.layout import DAY, Column, Intake, Layout, Outcome, Reads, Row
from ims.core.actor import Actor
from ims.providers.models import Module

_DERIVED = {"attributor", "dummy"}
_SAID = {
    "ims_id": ("IMS ID", "Ten characters; leave it empty for somebody new", ""),
    "attributor": ("Attributor", "Made of initials, date of birth and sex", ""),
    "first_initial": ("First name: initial", "One letter", "A"),
    "last_initial": ("Last name: initial", "One letter", "B"),
    "date_of_birth": ("Date of birth", DAY, "05/05/1985"),
    "sex": ("Sex", "M or F", "M"),
    "dummy": ("Dummy", "yes for the one who stands for all who object", ""),
    "consent": ("Consent to process data", "yes or no; never empty", "yes"),
    "postcode": ("Postcode", "Full postcode, or empty", "CH41 3RB"),
    "ethnicity": ("Ethnicity", "Code, or empty", "A"),
    "nationality": ("Nationality", "Code, or empty", "GBR"),
    "own_reference": ("Own reference", "Up to 40 characters; no names", "7Q4"),
    "main_substance": ("Main substance", "Code, or empty", "HEROIN"),
    "route": ("Usual route", "Code, or empty", ""),
    "injecting_status": ("Injecting status", "Code, or empty", ""),
}
_WORDS = {"consent": ("yes", "no")}
CONSENT_HOW = Column(
    "consent_how",
    "How consent was said",
    f"{How.SPOKEN} or {How.WRITTEN}; empty: {How.SPOKEN}",
    "spoken",
    words=(How.SPOKEN.value, How.WRITTEN.value),
)
REQUIRED = {"first_initial", "last_initial", "date_of_birth", "sex", "consent"}


def person_columns(actor: Actor | None) -> list[Column]:
    """What a row can say of a person; substances where the service records them."""
    has_substances = actor is None or Module.SUBSTANCES in actor.modules
    columns = [*CLIENT_COLUMNS, *(SUBSTANCE_COLUMNS if has_substances else ())]
    return [*(_column(column.name) for column in columns), CONSENT_HOW]


def _column(name: str) -> Column:
    title, words, example = _SAID[name]
    key = {**IdentityForm.LISTS, "sex": "sex"}.get(name, "")
    return Column(
        name, title, words, example, required=name in REQUIRED, list_key=key, derived=name in _DERIVED,
        words=_WORDS.get(name, ()), in_each_row=name == "consent",
    )  # fmt: skip


class ClientIntake(Intake):
    def __init__(self, actor: Actor, how: Reads):
        self.people = People(actor, how)

    def read(self, row: Row) -> None:
        if self.people.is_as_held(row.cells):
            row.name = row.cells["ims_id"].encode()
            return
        said = self.people.read(row)
        row.said = said
        row.name = (said.who or "dummy").encode()

    def plan(self, rows: Sequence[Row]) -> None:
        for row in rows:
            outcome = Outcome.SAME if row.said is None else self._outcome(row)
            if not row.faults:
                row.outcome = outcome

    def _outcome(self, row: Row) -> str:
        has_dummy = self.people.known.dummy is not None
        placed = self.people.place(row, row.said)
        if placed is None:
            return Outcome.REJECTED
        is_dummy, row.said = row.said.is_dummy, placed
        if is_dummy:
            return Outcome.SAME if has_dummy else Outcome.NEW
        if placed.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if placed.changes() else Outcome.SAME

    def write(self, rows: Sequence[Row], *, at: datetime, by: Actor) -> None:
        self.people.register(at=at, by=by)
        changed = [row.said for row in rows if row.outcome == Outcome.CHANGED]
        self.people.put_right(changed, at=at, by=by)


class ClientLayout(Layout):
    key = "clients"
    title = "Clients"
    about = "One row a person. An empty cell says nothing: it never takes away what is held."

    def columns(self, actor: Actor | None = None) -> list[Column]:
        return person_columns(actor)

    def intake(self, *, actor: Actor, today: date, how: Reads) -> ClientIntake:
        return ClientIntake(actor, how)


LAYOUT = ClientLayout()
