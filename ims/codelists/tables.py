"""What the reference pages show, as tables: the fields of each record, the lists, and the codes of one list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html

from ims.codelists.facts import columns_of, whole_number
from ims.codelists.instruments import Instrument
from ims.codelists.models import Code, CodeList, Confidence
from ims.codelists.reference import Field, Source


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What {% data_table %} takes. The first cell of a row is its header."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    footnotes: Sequence[str] = ()


_OF_FIELDS = (
    "Field", "Name in files", "Meaning", "Format", "Code list", "Edition", "How sure", "Recorded by", "Why it is there",
)  # fmt: skip


def field_tables(fields: Iterable[Field], lists: Mapping[str, CodeList]) -> list[Table]:
    """A table a record, in the order the fields are declared. `lists` are those loaded, by key."""
    columns = [Column(label) for label in _OF_FIELDS]
    by_record = groupby(fields, key=lambda field: field.record)
    return [Table(name, columns, [_field_row(field, lists) for field in group]) for name, group in by_record]


def _field_row(field: Field, lists: Mapping[str, CodeList]) -> list[object]:
    return [
        field.label,
        field.name,
        field.meaning,
        field.format,
        *_list_cells(field, lists),
        f"Services with the module “{field.module.replace('_', ' ')}”" if field.module else "Every service",
        Source(field.source).words,
    ]


def _list_cells(field: Field, lists: Mapping[str, CodeList]) -> list[object]:
    """Its list, the edition of that, and how sure the list is; without a list, what the field says of itself."""
    if not field.list_key:
        return ["None", "None", Confidence(field.confidence).label if field.confidence else "Not a list"]
    if field.list_key not in lists:
        return [f"{field.list_key} (not loaded)", "Not loaded", "Not loaded"]
    one = lists[field.list_key]
    return [_link(one), one.edition, one.get_confidence_display()]


def _link(one: CodeList) -> str:
    return format_html(
        '<a class="govuk-link" href="{}">{}</a>', reverse("reference-list", args=[one.key]), one.title
    )


def lists_table(lists: Iterable[CodeList]) -> Table:
    """Every list that is loaded, counted (see CodeListQuerySet.counted)."""
    columns = ["List", "Edition", "Source", "How sure"]
    rows = [
        [_link(one), one.edition, one.source, one.get_confidence_display(), one.current, one.retired]
        for one in lists
    ]
    counts = [Column("Codes", numeric=True), Column("Retired", numeric=True)]
    return Table("Code lists", [*map(Column, columns), *counts], rows)


_OF_INSTRUMENTS = (
    "Instrument", "Citation", "Licence", "Where an answer is missing", "Name in files", "Version",
    "How sure its bands are",
)  # fmt: skip


def instruments_table(instruments: Iterable[Instrument]) -> Table:
    """Whose each instrument is and on what terms it is used, with what becomes of its answers."""
    rows = [
        [one.title, one.citation, one.licence, one.missing, one.key, one.version, _how_sure(one)]
        for one in instruments
    ]
    return Table("Outcome instruments", [Column(label) for label in _OF_INSTRUMENTS], rows)


def _how_sure(one: Instrument) -> str:
    sure = dict.fromkeys(Confidence(band.confidence).label for band in one.bands)
    return "; ".join(sure) or "No bands"


def codes_tables(one: CodeList, on: date) -> list[Table]:
    """The codes of a list, and apart from them the retired ones if there are any."""
    codes = list(one.codes.all())
    gone = [code for code in codes if code.valid_to and code.valid_to < on]
    current = [code for code in codes if code not in gone]
    tables = [_codes_table(f"{one.title}: codes", one.key, current)]
    if gone:
        note = "Not offered any more. A retired code keeps its meaning, because records hold it."
        tables.append(_codes_table(f"{one.title}: retired codes", one.key, gone, [note]))
    return tables


def _codes_table(caption: str, key: str, codes: Iterable[Code], footnotes: Sequence[str] = ()) -> Table:
    facts = columns_of(key)
    columns = ["Code", "Label", "In force", "Group", "How sure", "Note", "Maps to"]
    of_facts = [Column(name.capitalize(), numeric=read is whole_number) for name, read in facts.items()]
    rows = [[*_code_cells(code), *(code.facts.get(name, "") for name in facts)] for code in codes]
    return Table(caption, [*map(Column, columns), *of_facts], rows, footnotes)


def _code_cells(code: Code) -> list[str]:
    sure = code.get_confidence_display()
    return [code.code, code.label, _in_force(code), code.group, sure, code.note, code.maps_to]


def _in_force(code: Code) -> str:
    if code.valid_from and code.valid_to:
        return f"{_said(code.valid_from)} to {_said(code.valid_to)}"
    if code.valid_from:
        return f"From {_said(code.valid_from)}"
    return f"Until {_said(code.valid_to)}" if code.valid_to else "Always"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def csv_rows(one: CodeList) -> Iterable[list[object]]:
    """A list as a file that `load_codelists` takes back."""
    facts = columns_of(one.key)
    yield ["code", "label", "since", "until", "group", "confidence", "note", "maps_to", *facts]
    for code in one.codes.all():
        about = [code.code, code.label, code.valid_from, code.valid_to, code.group]
        yield [*about, code.confidence, code.note, code.maps_to, *(code.facts.get(name) for name in facts)]
