"""Rule 1, second half: what a service does is written without a word about browsers. Only edges know HTTP.

Rule: every module of the rooms is a domain file, unless a part of its name says that it is an edge. Forms are not
edges: a form never sees the request.
"""

import ast
from collections.abc import Iterable, Iterator

from tests.house.rooms import ROOT, room_of
from tests.house.source import Source, sources

EDGES = {
    "urls": "addresses",
    "middleware": "what every request passes",
    "management": "the command line, which may speak to a server",
    "templatetags": "what a template asks",
    "page": "what every page needs",
    "pages": "answering a form",
    "links": "the menu of the page that is open",
    "opening": "a view's way to a record: 404 and footprint",
    "session": "what a session holds",
    "signing_in": "the sign-in page's own backend",
    "sealing": "posted fields on their way through the sign-in page",
}
HTTP = (
    "django.http",
    "django.shortcuts",
    "django.views",
    "django.middleware",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.template.response",
)


def is_edge(module: str) -> bool:
    """views.py, views/…, views_panel.py and recording_page.py are edges too."""
    parts = module.split(".")
    return any(part in EDGES or part.startswith("views") or part.endswith("_page") for part in parts)


def words_of_http(files: Iterable[Source]) -> list[str]:
    """Where a domain file imports HTTP or takes or names a request."""
    domain = [file for file in files if room_of(file.module) not in {None, ROOT} and not is_edge(file.module)]
    return [f"{file.module}:{line} {what}" for file in domain for line, what in _words(file)]


def _words(file: Source) -> Iterator[tuple[int, str]]:
    for line, name in file.imports():
        if any(name == http or name.startswith(f"{http}.") for http in HTTP):
            yield line, f"imports {name}"
    for node in ast.walk(file.tree):
        if isinstance(node, ast.arg) and node.arg == "request":
            yield node.lineno, "takes a request"
        elif isinstance(node, ast.Name | ast.Attribute) and _name(node) == "request":
            yield node.lineno, "uses a request"


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def test_the_domain_knows_no_http():
    assert words_of_http(sources()) == []


def test_every_kind_of_edge_named_here_exists():
    named = {part for file in sources() for part in file.parts}

    assert set(EDGES) - named == set()


def test_a_request_in_an_action_is_found():
    action = Source("clients.actions", "def register_client(*, request, at, by):\n    return request.POST\n")

    assert words_of_http([action]) == [
        "clients.actions:1 takes a request",
        "clients.actions:2 uses a request",
    ]


def test_a_model_that_answers_404_is_found():
    model = Source("clients.models.client", "from django.http import Http404\n")

    assert words_of_http([model]) == ["clients.models.client:1 imports django.http.Http404"]


def test_a_form_that_keeps_the_request_is_found():
    form = Source("clients.forms", "class F:\n    def clean(self):\n        return self.request.user\n")

    assert words_of_http([form]) == ["clients.forms:3 uses a request"]


def test_a_view_may_know_http():
    views = [
        Source("drd_review.views_panel", "from django.http import Http404\n"),
        Source("interventions.recording_page", "def client_for(request): ...\n"),
    ]

    assert words_of_http(views) == []
