"""What a page says of an upload: where it stands, its sums, and its groups as tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html

from ims.bulk.groups import shown_of
from ims.bulk.layout import Note, Outcome, layouts
from ims.bulk.mapping import WrongColumns, mapped
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.reading.table import column_letters
from ims.codelists.tables import Column, Table
from ims.core.actor import Actor

THE_ROW = "The row as a whole"
OUTCOMES = (
    (Outcome.NEW, "new"),
    (Outcome.CHANGED, "changed"),
    (Outcome.SAME, "already held"),
    (Outcome.REJECTED, "rejected"),
)
MEANING = {
    Outcome.NEW: "It will be recorded.",
    Outcome.CHANGED: "It puts right what your service holds already.",
    Outcome.SAME: "Your service holds it just as the row says. It is left alone.",
    Outcome.REJECTED: "Something in the row is wrong. It is not recorded.",
}


def title_of(key: str) -> str:
    """What a layout is called; its key where nobody registers it any more."""
    layout = layouts().get(key)
    return layout.title if layout else key


def standing(upload: Upload) -> str:
    """Where an upload stands, in a few words. A file that held nothing new and was put aside is no failure."""
    if upload.state == State.CHECKED:
        return "Nothing to record" if not to_record(upload) else "Checked: waits for you"
    if upload.state == State.GIVEN_UP and has_nothing_new(upload):
        return "Closed: nothing was new"
    return State(upload.state).label


def to_record(upload: Upload) -> int:
    """Rows that recording would write."""
    return upload.counts.get(Outcome.NEW, 0) + upload.counts.get(Outcome.CHANGED, 0)


def has_nothing_new(upload: Upload) -> bool:
    """Whether every row is held already."""
    rows = upload.rows_in_all()
    return rows > 0 and upload.counts.get(Outcome.SAME, 0) == rows


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of rows in the sum that makes up the file."""

    number: int
    label: str


def parts(upload: Upload) -> list[Part]:
    return [Part(upload.counts.get(outcome, 0), label) for outcome, label in OUTCOMES]


def counts_table(upload: Upload) -> Table:
    """Every row is one of these, and the last line is their sum."""
    rows = [
        [outcome.label, MEANING[outcome], f"{upload.counts.get(outcome, 0):,}"] for outcome, _ in OUTCOMES
    ]
    total = ["All rows", "Below the headings; blank rows are not counted.", f"{upload.rows_in_all():,}"]
    columns = [Column("Rows that are"), Column("What it means"), Column("Rows", numeric=True)]
    return Table("What would become of each row", columns, [*rows, total])


def when(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y, %H:%M}"


def uploads_table(uploads: Iterable[Upload], provider: str) -> Table:
    """A line a file; the first cell leads to it, and says what it was called while that is known."""
    numbers = ["Rows", *(outcome.label for outcome, _ in OUTCOMES)]
    columns = [
        *map(Column, ("Sent", "Layout", "Where it stands")),
        *(Column(label, numeric=True) for label in numbers),
    ]
    return Table(f"Files of {provider}", columns, [_line(one) for one in uploads])


_LINK = '<a class="govuk-link" href="{}">{}</a><span class="ims-file">{}</span>'


def _line(upload: Upload) -> list[object]:
    link = format_html(_LINK, upload.get_absolute_url(), when(upload.sent_at), upload.file_name)
    numbers = [upload.rows_in_all(), *(part.number for part in parts(upload))]
    counted = [f"{number:,}" if upload.counts else "–" for number in numbers]
    return [link, title_of(upload.layout), standing(upload), *counted]


@dataclass(frozen=True, slots=True)
class Section:
    """Groups of one kind under a heading. `about` says what they have in common."""

    heading: str
    about: str
    table: Table


_SECTIONS = (
    (
        "fault",
        "Rejected: what is wrong",
        "Like faults are counted together. A row with several faults is in several groups, so that these can add up to more "
        "than the rejected rows.",
        "Faults",
        "What is wrong, and how to mend it",
    ),
    (
        Note.RIGHT.value,
        Note.RIGHT.label,
        "A file does not undo what a client, or somebody on their behalf, has decided. These rows are taken, and what they "
        "say otherwise is left out. Put it right at the source.",
        "What stays as it was decided",
        "What stays",
    ),
    (
        Note.WARNING.value,
        "Worth a look",
        "These rows are taken. They are among the counts above and are not counted again.",
        "Warnings",
        "What to look at",
    ),
)


def sections(groups: Sequence[dict], names: Mapping[str, str]) -> list[Section]:
    """Faults first, then what a person decided, then warnings; a kind without groups is left out.

    `names`: what each column of the layout is called in the file.
    """
    found = []
    for kind, heading, about, caption, words in _SECTIONS:
        if of_kind := shown_of(kind, groups):
            found.append(Section(heading, about, _groups_table(of_kind, names, caption, words)))
    return found


def _groups_table(groups: Sequence[dict], names: Mapping[str, str], caption: str, words: str) -> Table:
    columns = [Column("Column"), Column(words), Column("Rows", numeric=True), Column("Row numbers")]
    rows = [
        [names.get(one["column"], one["column"]) or THE_ROW, one["words"], f"{one['rows']:,}", _numbers(one)]
        for one in groups
    ]
    return Table(caption, columns, rows)


def _numbers(group: Mapping) -> str:
    """The first rows, as the spreadsheet numbers them."""
    named = ", ".join(f"{number}" for number in group["numbers"])
    more = group["rows"] - len(group["numbers"])
    return f"{named} and {more:,} more" if more > 0 else named


def names_in_file(upload: Upload, actor: Actor) -> dict[str, str]:
    """What each column of the layout is called in the file, with the letter that a spreadsheet shows above it."""
    layout = layouts().get(upload.layout)
    try:
        places = mapped(upload.header, layout.columns(actor), upload.profile).places if layout else {}
    except WrongColumns:  # the profile was changed since
        places = {}
    return names_of(upload.header, places)


def names_of(header: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: f"{header[place]} (column {column_letters(place)})" for name, place in places.items()}
