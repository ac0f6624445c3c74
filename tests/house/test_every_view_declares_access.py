"""Rule 4: every address of the site says who may use it. One that does not is refused to everybody by the gate."""

from collections.abc import Callable, Iterable, Iterator

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from ims.core.access import PUBLIC, Open, Permission, access, rule_of


def views(patterns: Iterable[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, Callable]]:
    """Every address of the resolver with what answers it, included ones too."""
    for pattern in patterns:
        address = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def undeclared(patterns: Iterable[URLPattern | URLResolver]) -> list[str]:
    return [address for address, view in views(patterns) if not isinstance(rule_of(view), Permission | Open)]


def test_every_view_declares_access():
    assert undeclared(get_resolver().url_patterns) == []


def test_the_walk_reaches_included_addresses():
    addresses = [address for address, _ in views(get_resolver().url_patterns)]

    assert "/clients/<uuid:ref>/detailed-record/" in addresses
    assert len(addresses) == len(set(addresses))


def test_a_view_without_a_declaration_is_found():
    def forgotten(request):
        return HttpResponse("everybody's data")

    assert undeclared([path("export/", forgotten)]) == ["/export/"]


def test_a_declaration_hidden_under_another_decorator_is_found():
    def hides(view):
        return lambda request: view(request)

    @hides
    @access(PUBLIC)
    def page(request):
        return HttpResponse()

    assert undeclared([path("page/", page)]) == ["/page/"]
