"""What the first rows of a file would become if they were read by a profile. Nothing is written."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from ims.bulk.groups import Groups
from ims.bulk.layout import Layout, Outcome, Row
from ims.bulk.mapping import WrongColumns, mapped
from ims.bulk.models import Profile
from ims.bulk.passing import passed
from ims.bulk.profiles.action import Reading
from ims.bulk.profiles.sample import Sample
from ims.bulk.words import Section, names_of, sections
from ims.codelists.tables import Column, Table
from ims.core.actor import Actor


@dataclass(frozen=True)
class Tried:
    """`refusal`: why no row can be read at all; without it there is a table of the rows, and what is wrong in sections."""

    refusal: str = ""
    table: Table | None = None
    sections: Sequence[Section] = ()
    rows: int = 0
    rejected: int = 0


def tried(sample: Sample, reading: Reading, layout: Layout, *, today: date, by: Actor) -> Tried:
    columns = layout.columns(by)
    try:
        how = mapped(sample.header, columns, Profile(**asdict(reading)))
    except WrongColumns as fault:
        return Tried(refusal=str(fault))
    intake = layout.intake(actor=by, today=today, how=how)
    rows = [row for some in passed(sample.rows, how, len(sample.header), intake) for row in some]
    said = {name for row in rows for name in row.cells}
    read = [column for column in columns if column.name in said]
    rejected = sum(row.outcome == Outcome.REJECTED for row in rows)
    groups = Groups()
    for row in rows:
        groups.add(row)
    wrong = sections(groups.largest(), names_of(sample.header, how.places))
    return Tried(table=_table(rows, read), sections=wrong, rows=len(rows), rejected=rejected)


def _table(rows: list[Row], columns) -> Table:
    headings = [Column("Row", numeric=True), Column("Becomes")]
    cells = [
        [
            f"{row.number}",
            Outcome(row.outcome).label,
            *(row.cells.get(column.name, "") for column in columns),
        ]
        for row in rows
    ]
    return Table(
        "The first rows as they would be read", [*headings, *(Column(c.title) for c in columns)], cells
    )


def mark_of(reading: Reading) -> str:
    """Another one for every way of reading a file; the name and the days of a profile do not matter."""
    apart = {"name", "source_system", "valid_from", "valid_to"}
    said = {name: value for name, value in asdict(reading).items() if name not in apart}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
