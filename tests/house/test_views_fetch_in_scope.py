"""Rule 2: a view sees only what its actor may see, so every fetch goes through `visible_to` or `open_record`.

Read from the syntax tree. In views and forms every `Model.objects…` says `visible_to`, or is handed to `open_record`
or to `find_record` or `open_form`, which say it. Records of people are fetched so everywhere else as well.
"""

import ast
from collections.abc import Iterable, Iterator

from tests.house.people import models_of_people
from tests.house.source import Source, parents, sources

MANAGERS = {"objects", "_default_manager", "_base_manager"}
DOORS = {"open_record", "find_record", "open_form"}
SCOPED = {"visible_to", "none"}
MADE = {"create", "bulk_create"}
# Fetching round the doors altogether.
BACK_DOORS = {
    "get_object_or_404",
    "get_list_or_404",
    "connection",
    "connections",
    "raw",
    "ModelForm",
    "modelform_factory",
}

# (module, what is fetched): why nobody's scope is asked. Everything else goes through the doors.
ALLOWED = {
    (
        "ims.accounts.views.passwords",
        "User.objects",
    ): "nobody is signed in: the name, or the signed link, is all there is",
    (
        "ims.accounts.views.sessions",
        "Membership.objects",
    ): "the person's own, before one is chosen and an actor exists",
    ("ims.accounts.forms", "Authority.objects"): "the public list of authorities",
}

# The same for records of people, outside views and forms.
ALLOWED_OF_PEOPLE = {
    (
        "ims.operations.management.commands.seed",
        "Client.objects",
    ): "asks only whether there is anybody: made-up data",
}


def is_view_or_form(file: Source) -> bool:
    return any(
        part.startswith("views") or part.endswith("_page") or part in {"form", "forms", "page"}
        for part in file.parts
    )


def unscoped(files: Iterable[Source], *, also=frozenset(), only=None) -> list[tuple[str, str, int]]:
    """Module, what it fetches and the line, of every fetch that asks nobody's scope.

    `also`: further words that make a fetch harmless. `only`: the names of models to look at; all if None.
    """
    return [
        (file.module, what, line) for file in files for what, line in _unscoped(file, SCOPED | also, only)
    ]


def _unscoped(file: Source, harmless: Iterable[str], only) -> Iterator[tuple[str, int]]:
    above = parents(file.tree)
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.Attribute) or node.attr not in MANAGERS:
            continue
        model = node.value.id if isinstance(node.value, ast.Name) else ast.unparse(node.value)
        said, whole = _chain(node, above)
        if (
            not said & set(harmless)
            and not _goes_through_a_door(whole, above)
            and (only is None or model in only)
        ):
            yield f"{model}.{node.attr}", node.lineno


def _chain(node: ast.AST, above: dict) -> tuple[set[str], ast.AST]:
    """The words said after the manager, and the whole expression: `Client.objects.real().first()`."""
    said = set()
    while True:
        up = above[node]
        if isinstance(up, ast.Attribute):
            said.add(up.attr)
        elif not (isinstance(up, ast.Call) and up.func is node):
            return said, node
        node = up


def _goes_through_a_door(whole: ast.AST, above: dict) -> bool:
    call = above[whole]
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in DOORS


def back_doors(files: Iterable[Source]) -> list[tuple[str, str, int]]:
    """Where a name is used that fetches without asking whose records these are."""
    return [
        (file.module, name, node.lineno)
        for file in files
        for node in ast.walk(file.tree)
        if (name := getattr(node, "id", None) or getattr(node, "attr", None)) in BACK_DOORS
    ]


def test_views_and_forms_fetch_only_what_the_actor_may_see():
    found = {(module, what) for module, what, _ in unscoped(filter(is_view_or_form, sources()))}

    assert found - set(ALLOWED) == set()
    assert set(ALLOWED) - found == set(), "an exception that nobody needs any more"


def test_no_view_or_form_goes_round_the_doors():
    assert back_doors(filter(is_view_or_form, sources())) == []


def test_records_of_people_are_fetched_in_scope_wherever_the_code_stands():
    names = {model.__name__ for model in models_of_people()}
    found = {(module, what) for module, what, _ in unscoped(sources(), also=MADE, only=names)}

    assert found - set(ALLOWED_OF_PEOPLE) == set()
    assert set(ALLOWED_OF_PEOPLE) - found == set(), "an exception that nobody needs any more"


def test_a_view_that_fetches_by_key_alone_is_found():
    view = Source("clients.views", "def page(request, ref):\n    return Client.objects.real().get(ref=ref)\n")

    assert unscoped([view]) == [("clients.views", "Client.objects", 2)]


def test_a_queryset_kept_for_later_is_found():
    view = Source(
        "clients.views", "records = Client.objects\ndef page(request):\n    return records.get(pk=1)\n"
    )

    assert unscoped([view]) == [("clients.views", "Client.objects", 1)]


def test_scope_that_is_said_of_something_else_does_not_count():
    view = Source(
        "clients.views", "found = Client.objects.filter(site__in=Site.objects.visible_to(request.actor))\n"
    )

    assert unscoped([view]) == [("clients.views", "Client.objects", 1)]


def test_a_fetch_through_a_door_is_in_scope():
    view = Source("clients.views", "client = open_record(request, Client.objects.real(), ref=ref)\n")

    assert unscoped([view]) == []


def test_a_form_that_offers_every_services_sites_is_found():
    form = Source("interventions.forms", "site = forms.ModelChoiceField(queryset=Site.objects.all())\n")

    assert unscoped(filter(is_view_or_form, [form])) == [("interventions.forms", "Site.objects", 1)]


def test_the_shortcut_of_the_framework_is_found():
    view = Source("clients.views", "def page(request, ref):\n    return get_object_or_404(Client, ref=ref)\n")

    assert back_doors([view]) == [("clients.views", "get_object_or_404", 2)]


def test_a_report_by_some_other_module_that_reads_all_clients_is_found():
    module = Source("ims.record.chronology", "everybody = Client.objects.filter(consent=True)\n")

    assert unscoped([module], also=MADE, only={"Client"}) == [("ims.record.chronology", "Client.objects", 1)]
