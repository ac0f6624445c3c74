"""What the templates of widgets (django/forms/widgets/) ask: the attributes and classes of one box."""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()

# `required` makes screen readers call an untouched box invalid, and `maxlength` cuts pasted text without a word:
# the server says both, in a sentence. The others are for the template, not for the browser.
NOT_PRINTED = {"class", "required", "maxlength", "minlength", "data-inline"}
ONLY_OF_NUMBER_BOXES = {"min", "max", "step"}


@register.simple_tag
def attributes(widget: dict, base: str = "", invalid: str = "", **defaults: Any) -> SafeString:
    """All attributes of a box, its classes included. `invalid` is the class of a box with an error.

    `defaults` hold where the form says nothing else; None or False leaves one out.
    """
    attrs = {**defaults, **widget["attrs"]}
    classes = [base, attrs.get("class"), invalid if "aria-invalid" in attrs else ""]
    printed = {name: value for name, value in attrs.items() if name not in NOT_PRINTED}
    return flatatt({"class": " ".join(filter(None, classes)) or None, **printed})


@register.simple_tag
def number_attributes(widget: dict, base: str, invalid: str) -> SafeString:
    """As `attributes`, for a number in a text box: a browser's number box sends nothing at all for "1o"."""
    attrs = widget["attrs"]
    inputmode = "decimal" if "step" in attrs else "numeric"
    kept = {name: value for name, value in attrs.items() if name not in ONLY_OF_NUMBER_BOXES}
    return attributes(
        {"attrs": kept}, base, invalid, inputmode=inputmode, autocomplete="off", spellcheck="false"
    )


@register.simple_tag
def option_attributes(widget: dict, base: str) -> SafeString:
    """The attributes of one radio or tick box of several: the group around it carries the classes and the error."""
    own = {name: value for name, value in widget["attrs"].items() if name not in {"class", "aria-invalid"}}
    return attributes({"attrs": own}, base)


@register.simple_tag
def group_classes(widget: dict, base: str) -> str:
    """The classes around several radios or tick boxes; attrs={"data-inline": True} sets them side by side."""
    attrs = widget["attrs"]
    inline = f"{base}--inline" if attrs.get("data-inline") else None
    return " ".join(filter(None, [base, inline, attrs.get("class")]))
