"""Reads rows by the form of a page, so that a file is refused just what a person is refused, in the same words.

A form that is made anew for every row costs a hundred times what a row may cost. One form reads them all here: each
distinct value of a box is cleaned once and remembered, and only what looks at several boxes is asked of every row.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

NOBODY = "00000000-0000-0000-0000-000000000000"  # a form wants the name of its submission; each record gets its own later
REMEMBERED = 100_000  # distinct values; beyond them it is cleaned again


class FormReader:
    """`read` leaves in `form` what a bound form has after `is_valid()`: cleaned_data and errors."""

    def __init__(self, form: forms.Form):
        self.form = form
        form.is_bound, form.data = True, {}
        self._cleaned: dict[tuple[str, str], Any] = {}
        blank = {name: self._clean(name, "") for name in form.fields}
        self._blank = {name: value for name, value in blank.items() if not isinstance(value, ValidationError)}
        self._required = [name for name in blank if name not in self._blank]

    def read(self, typed: Mapping[str, Any]) -> ErrorDict:
        """The faults of what was typed, by the name of the box. What is not typed is empty; unknown names are ignored."""
        form = self.form
        form.data, form.cleaned_data, form._errors = dict(typed), dict(self._blank), ErrorDict()
        for name in self._required:
            if not typed.get(name):
                self._take(name, self.value(name, ""))
        for name, said in typed.items():
            if said and name in form.fields:
                self._take(name, self.value(name, said))
        form._clean_form()
        form._post_clean()
        return form._errors

    def _take(self, name: str, cleaned: Any) -> None:
        if isinstance(cleaned, ValidationError):
            self.form.add_error(name, cleaned)
        else:
            self.form.cleaned_data[name] = cleaned

    def value(self, name: str, said: Any) -> Any:
        """The value of one box, or the ValidationError that it raises."""
        key = (name, said)
        if key not in self._cleaned:
            if len(self._cleaned) >= REMEMBERED:
                self._cleaned.clear()
            self._cleaned[key] = self._clean(name, said)
        return self._cleaned[key]

    def _clean(self, name: str, said: Any) -> Any:
        """The value, or the ValidationError, that a bound form finds for one box."""
        form, field = self.form, self.form.fields[name]
        try:
            value = field.clean(list(said) if isinstance(said, tuple) else said)
            judge = getattr(form, f"clean_{name}", None)
            if judge is None:
                return value
            return self._judged(judge, {name: value})
        except ValidationError as fault:
            return _alone(fault)

    def _judged(self, judge: Callable[[], Any], alone: dict[str, Any]) -> Any:
        """What the form's own word about one box makes of it. Raises ValidationError."""
        form, others = self.form, getattr(self.form, "cleaned_data", {})
        form.cleaned_data = alone
        try:
            return judge()
        finally:
            form.cleaned_data = others


def _alone(fault: ValidationError) -> ValidationError:
    """Without the frames that it was raised in: remembered, they would keep a whole file alive."""
    for one in (fault, *fault.error_list):
        one.__traceback__ = one.__context__ = one.__cause__ = None
    return fault
