"""What a layout is: the columns of a file and how its rows become records. The apps register theirs by dotted name.

A layout knows nothing of files, and the engine nothing of clients: between them stand `Row` and `Intake`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from ims.core.actor import Actor

DAY = "Day, month, year"  # the format of a column of days
QUANTITIES = "Codes and numbers: CODE=10;CODE=5"
WHY_REJECTED = "why_rejected"  # the column that a reject file has more than its layout; it is not read


class Outcome(models.TextChoices):
    """What becomes of a row: exactly one of these, and together they add up to the file."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    SAME = "same", "Already held"
    REJECTED = "rejected", "Rejected"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layout. `derived`: written into the Local Extract, and not read from a file.

    `words`: all that it may say, where that is neither a code list nor free. `in_each_row`: no profile says it for all.
    """

    name: str
    title: str
    format: str = "Text"
    example: str = ""
    required: bool = False
    list_key: str = ""
    derived: bool = False
    words: tuple[str, ...] = ()
    in_each_row: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, at a column ("" for the row as a whole), in words that say how to mend it."""

    column: str
    words: str


class Note(models.TextChoices):
    """Why a row that is taken carries a mark."""

    WARNING = "warning", "Look at it"
    RIGHT = "right", "What a person decided stays"


@dataclass(frozen=True, slots=True)
class Mark:
    column: str
    words: str
    note: str = Note.WARNING


class Row:
    """One row on its way. `written` are its cells as they stand in the file; `said` is the intake's own."""

    __slots__ = ("_cells", "_how", "faults", "marks", "name", "number", "outcome", "said", "written")

    def __init__(self, number: int, written: Sequence[str], how: "Reads"):
        self.number = number  # as the spreadsheet shows it
        self.written = written
        self._how, self._cells = how, None
        self.faults: list[Fault] = []
        self.marks: list[Mark] = []
        self.outcome = ""
        self.name = b""  # what makes it this row and no other: rows of one name are repeats
        self.said: Any = None

    @property
    def cells(self) -> Mapping[str, str]:
        """What stands in each column of the layout that is read. Put together when it is first asked for."""
        if self._cells is None:
            self._cells = self._how.cells(self.written)
        return self._cells

    def reject(self, column: str, words: str) -> None:
        self.faults.append(Fault(column, words))
        self.outcome = Outcome.REJECTED


class MovedOn(RuntimeError):
    """What is held has changed since the check: a row would become something else than the page said."""


class Reads(Protocol):
    """How the columns of a file are read (see mapping.py)."""

    def cells(self, row: Sequence[str]) -> Mapping[str, str]: ...

    def picker(self, names: Iterable[str]) -> Callable[[Sequence[str]], tuple[str, ...]]: ...


class Intake(ABC):
    """One pass over one file of one service. Rows come in the order of the file, some thousand at a time."""

    @abstractmethod
    def read(self, row: Row) -> None:
        """Judge what a row says by itself, and give it its name. No query."""

    @abstractmethod
    def plan(self, rows: Sequence[Row]) -> None:
        """Give each row that has no fault its outcome, by what is held. A few queries, however many rows."""

    @abstractmethod
    def write(self, rows: Sequence[Row], *, at: datetime, by: Actor) -> None:
        """Save rows that are new or changed, through the same actions as every page. Raises MovedOn."""


class Layout(ABC):
    key: str
    title: str
    about: str
    module: str = ""  # what has to be switched on; empty: nothing in particular

    @abstractmethod
    def columns(self, actor: Actor | None = None) -> Sequence[Column]:
        """Those that the actor's service has switched on; all of them where no actor is given."""

    @abstractmethod
    def intake(self, *, actor: Actor, today: date, how: Reads) -> Intake: ...

    def read_columns(self, actor: Actor | None = None) -> dict[str, Column]:
        return {column.name: column for column in self.columns(actor) if not column.derived}


class NoSuchLayout(LookupError):
    """Nobody registered it, or the service has it switched off."""


def layouts() -> dict[str, Layout]:
    """Every layout by key, in the order of settings. Raises ImportError."""
    found = [import_string(path) for path in settings.UPLOAD_LAYOUTS]
    return {layout.key: layout for layout in found}


def layouts_of(actor: Actor) -> list[Layout]:
    """Those that the actor's service has switched on."""
    return [one for one in layouts().values() if not one.module or one.module in actor.modules]


def layout_of(key: str, actor: Actor) -> Layout:
    """Raises NoSuchLayout."""
    for layout in layouts_of(actor):
        if layout.key == key:
            return layout
    raise NoSuchLayout(key)
