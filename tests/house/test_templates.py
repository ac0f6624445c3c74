"""No page says more than it was told to: nothing skips escaping, and no style or script stands inside a page.

The content security policy refuses inline style and script anyway; a page that needs one would be broken.
"""

import ast
import re
from collections.abc import Iterable

from tests.house.source import BASE, Source, ours, sources

UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
INLINE = re.compile(
    r"""<style\b|\bstyle\s*=|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE
)
FROM_ELSEWHERE = re.compile(
    r"""\b(?:src|srcset|action)\s*=\s*["'](?:https?:)?//|<link\b[^>]*href=["'](?:https?:)?//"""
)
TRUSTING = {"mark_safe", "SafeString", "SafeText", "html_safe", "safe"}


def lines_with(pattern: re.Pattern, texts: Iterable[tuple[str, str]]) -> list[str]:
    return [
        f"{name}:{number}"
        for name, text in texts
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def trusting_calls(files: Iterable[Source]) -> list[str]:
    """Where code declares a text safe by itself; format_html escapes what it is given and is fine."""
    return [
        f"{file.module}:{node.lineno}"
        for file in files
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and _called(node) in TRUSTING
    ]


def inline_in_code(files: Iterable[Source]) -> list[str]:
    """Where a text in the code holds a style or a script."""
    return [
        f"{file.module}:{node.lineno}"
        for file in files
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "<" in node.value
        if INLINE.search(node.value)
    ]


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", None) or getattr(call.func, "attr", "")


def templates() -> list[tuple[str, str]]:
    """Templates of pages; those of e-mails are plain text, in which nothing is escaped."""
    return [(str(path.relative_to(BASE)), path.read_text(encoding="utf-8")) for path in ours(".html", ".svg")]


def test_no_template_skips_escaping():
    assert lines_with(UNESCAPED, templates()) == []


def test_no_template_has_a_style_or_a_script_inside():
    assert lines_with(INLINE, templates()) == []


def test_no_template_asks_another_host():
    assert lines_with(FROM_ELSEWHERE, templates()) == []


def test_no_code_declares_a_text_safe():
    assert trusting_calls(sources()) == []


def test_no_code_writes_a_style_or_a_script():
    assert inline_in_code(sources()) == []


def test_the_templates_are_looked_at():
    assert {"templates/layouts/base.html", "templates/record/client.html"} <= {
        name for name, _ in templates()
    }


def test_a_template_that_skips_escaping_is_found():
    planted = ["{{ client.note|safe }}", "{{ notes | safeseq }}", "{% autoescape off %}", "{{ note|safely }}"]

    assert lines_with(UNESCAPED, [("p.html", "\n".join(planted))]) == ["p.html:1", "p.html:2", "p.html:3"]


def test_a_style_or_script_inside_a_template_is_found():
    planted = [
        '<p style="color: red">',
        "<style>",
        "<script>go()</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="/static/go.js"></script>',
    ]

    assert lines_with(INLINE, [("p.html", "\n".join(planted))]) == [f"p.html:{n}" for n in range(1, 6)]


def test_a_picture_from_another_host_is_found():
    planted = ['<img src="https://example.org/x.png">', '<link rel="stylesheet" href="//example.org/x.css">']

    assert lines_with(FROM_ELSEWHERE, [("p.html", "\n".join(planted))]) == ["p.html:1", "p.html:2"]


def test_code_that_declares_a_text_safe_is_found():
    file = Source("ims.core.planted", "from django.utils.safestring import mark_safe\nx = mark_safe(name)\n")

    assert trusting_calls([file]) == ["ims.core.planted:2"]


def test_code_that_writes_a_style_is_found():
    file = Source("ims.core.planted", "bar = format_html('<i style=\"width: {}%\"></i>', n)\n")

    assert inline_in_code([file]) == ["ims.core.planted:1"]
