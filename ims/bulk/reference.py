"""The layouts in the public reference: every column with its format, an example and what it may say, and a template."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.html import format_html

from ims.bulk.layout import Column, Layout, layouts, layouts_of
from ims.codelists.reference import Link, Section
from ims.codelists.tables import Column as Heading
from ims.codelists.tables import Table
from ims.core.actor import Actor

FREE = "As the format says"


def links() -> Iterator[Link]:
    for layout in layouts().values():
        yield Link(layout.title, reverse("layouts:layout", args=[layout.key]), layout.about)


SECTION = Section(
    "Files that can be sent",
    "How files of other systems are laid out, so that a service can send them instead of typing. Each layout has a template.",
    links,
)


def own_columns(layout: Layout, actor: Actor | None) -> Sequence[Column] | None:
    """Those that the actor's service has switched on; None for whoever works for none, or for one that has it off."""
    if actor is None or not actor.provider_id or layout not in layouts_of(actor):
        return None
    return layout.columns(actor)


def read_table(columns: Sequence[Column]) -> Table:
    headings = ("Name in files", "Title", "Has to be there", "Format", "Example", "What it may say")
    rows = [
        [
            column.name,
            column.title,
            "Yes" if column.required else "No",
            column.format,
            column.example or "Empty",
            _may_say(column),
        ]
        for column in columns
        if not column.derived
    ]
    return Table("Columns that are read", [Heading(label) for label in headings], rows)


def _may_say(column: Column) -> str:
    if not column.list_key:
        return ", ".join(column.words) or FREE
    address = reverse("reference-list", args=[column.list_key])
    return format_html('<a class="govuk-link" href="{}">Codes of {}</a>', address, column.list_key)


def left_table(columns: Sequence[Column]) -> Table | None:
    """Columns of the Local Extract that may stand in a file and are not read; None where there are none."""
    rows = [[column.name, column.title, column.format] for column in columns if column.derived]
    headings = [Heading("Name in files"), Heading("Title"), Heading("What it is")]
    return Table("Columns of the Local Extract that are not read", headings, rows) if rows else None


def template_rows(columns: Sequence[Column]) -> list[list[str]]:
    """The headings, and one row that is filled in as an example."""
    read = [column for column in columns if not column.derived]
    return [[column.name for column in read], [column.example for column in read]]
