"""The parts pages are made of. Each is a small template in components/ whose first comment lists what it takes.

Nothing here marks text as safe: what a person typed stays text. A colour or kind that does not exist is refused.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.widgets import ChoiceWidget
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

BUTTON_KINDS = {"", "secondary", "warning"}
TAG_COLOURS = {"grey", "green", "teal", "magenta", "orange", "purple", "red", "yellow"}
NOT_RECORDED = "Not recorded"  # never an empty cell: nobody can tell that from a mistake


class NotInTheDesign(ValueError):
    """A kind or colour that the style sheets do not have."""


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict:
    """Everything to be mended on the page, each line a link to the box it is about."""
    return {"errors": [line for form in forms if form for line in _lines(form)]}


@register.inclusion_tag("components/error_summary.html")
def grid_errors(grid: Any) -> dict:
    """The same of a grid: what is wrong above the lines, and in each line with its number."""
    lines = [
        (f"Line {number}, {message[0].lower()}{message[1:]}", box)
        for number, row in enumerate(grid.rows, start=1)
        for message, box in _lines(row)
    ]
    return {"errors": [*_lines(grid.top), *lines]}


def _lines(form: BaseForm) -> Iterable[tuple[str, str]]:
    """(message, the id of its box). What belongs to no visible box leads to the first one.

    With the label: "This field is required" three times over says nothing to somebody who cannot see the boxes.
    """
    visible = form.visible_fields()
    first = first_input(visible[0]) if visible else ""
    hidden = [
        f"Hidden field {field.name}: {error}" for field in form.hidden_fields() for error in field.errors
    ]
    yield from ((error, first) for error in [*form.non_field_errors(), *hidden])
    yield from (
        (f"{field.label}: {error}", first_input(field)) for field in visible for error in field.errors
    )


def first_input(field: BoundField) -> str:
    """The id of the box, or of the first of several (radios); empty if the form gives no ids."""
    if not field.auto_id or field.id_for_label:
        return field.id_for_label
    # Under a heading the first choice is _0_0, so it is asked and not guessed.
    choices = field.subwidgets if isinstance(field.field.widget, ChoiceWidget) else []
    return choices[0].id_for_label if choices else f"{field.auto_id}_0"


@register.inclusion_tag("components/button.html")
def button(text: str, kind: str = "", name: str = "", value: str = "") -> dict:
    """A button that sends the form it stands in. Raises NotInTheDesign."""
    return {"text": text, "kind": _known(kind, BUTTON_KINDS), "name": name, "value": value}


@register.inclusion_tag("components/link_button.html")
def link_button(text: str, url: str, kind: str = "") -> dict:
    """A link with the looks of a button: it goes somewhere and changes nothing. Raises NotInTheDesign."""
    return {"text": text, "url": url, "kind": _known(kind, BUTTON_KINDS)}


@register.inclusion_tag("components/tag.html")
def tag(text: str, colour: str = "grey") -> dict:
    """A word with a colour. The word alone must say it all. Raises NotInTheDesign."""
    return {"text": text, "colour": _known(colour, TAG_COLOURS)}


def _known(choice: str, choices: set[str]) -> str:
    if choice not in choices:
        raise NotInTheDesign(f"{choice!r} is none of {sorted(choices)}")
    return choice


@register.inclusion_tag("components/panel.html")
def panel(title: str, body: str = "", level: int = 2) -> dict:
    """What was done, large. `level` is that of its heading: 1 only where the page has no other."""
    return {"title": title, "body": body, "level": level}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Sequence[Any]]) -> dict:
    """Facts about one thing: (key, value) or (key, value, address, action), such as "Change"."""
    return {"rows": [_summary_row(*row) for row in rows]}


def _summary_row(key: str, value: Any, url: str = "", action: str = "Change") -> dict:
    return {"key": key, "value": _said(value), "url": url, "action": action}


def _said(value: Any) -> Any:
    """Nothing is said in words; a nought is a value."""
    return NOT_RECORDED if value is None or value == "" else value


@register.inclusion_tag("components/warning_text.html")
def warning_text(text: str) -> dict:
    return {"text": text}


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """What the block holds, set off from the text around it: {% inset %}...{% endinset %}."""
    return render_to_string("components/inset.html", {"content": content})


@register.inclusion_tag("components/pagination.html")
def pagination(page: Any) -> dict:
    """Links to the pages before and after. `page` has `previous_url` and `next_url`, empty at the ends."""
    return {"previous_url": page.previous_url, "next_url": page.next_url}


@register.inclusion_tag("components/data_table.html")
def data_table(table: Any) -> dict:
    """A table object: `caption`, `columns` (each `label`, `numeric`), `rows` (lists of cells), `footnotes`.

    The first cell of a row is its header. Raises ValueError for a row that is longer or shorter than the columns.
    On a phone a table of words is stacked: each row becomes a short list, each value after the label of its column.
    """
    columns = list(table.columns)
    return {
        "caption": table.caption,
        "columns": columns,
        "rows": [_table_row(row, columns) for row in table.rows],
        "footnotes": table.footnotes,
        "stacks": _has_words_side_by_side(columns),
    }


def _has_words_side_by_side(columns: Sequence[Any]) -> bool:
    """Whether words stand in two columns beside the headers; figures stay in columns, to be compared."""
    return sum(not column.numeric for column in columns[1:]) > 1


def _table_row(row: Sequence[Any], columns: Sequence[Any]) -> dict:
    header, *cells = (
        {"value": cell, "label": column.label, "numeric": column.numeric}
        for cell, column in zip(row, columns, strict=True)
    )
    return {"header": header, "cells": cells}


@register.filter
def commas(number: int) -> str:
    """A whole number as people read it: 100,000."""
    return f"{number:,}"


@register.simple_tag(takes_context=True)
def form_owner(context: dict) -> str:
    """For whom the form was made, sealed, so that it comes back to nobody else after signing in again."""
    owner = getattr(context.get("request"), "form_owner", None)
    return format_html('<input type="hidden" name="form_owner" value="{}">', owner) if owner else ""
