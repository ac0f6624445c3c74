"""Every page that the site has at an address, for everybody who may see it.

A new address fails (test_pages.py) until somebody says how it is visited, or that there is nothing to see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlencode, urlsafe_base64_encode
from playwright.sync_api import Page

from ims.accounts.roles import permissions_of
from ims.core.access import PUBLIC, SIGNED_IN, rule_of
from tests.browser.gallery import LONG_NAMED, ROLES, STRANGER, Gallery


def nothing(gallery: Gallery, who: str) -> list:
    return []


def a_client(gallery: Gallery, who: str) -> list:
    return [gallery.clients[who].ref]


def a_colleague(gallery: Gallery, who: str) -> list:
    return [gallery.colleague_of(who).pk]


def a_list(gallery: Gallery, who: str) -> list:
    return ["substance"]


def this_year(gallery: Gallery, who: str) -> list:
    return [2026]


# What an address names, by the name of the address.
ADDRESSES = {
    "home": nothing,
    "accounts:sign_in": nothing,
    "accounts:switch": nothing,
    "accounts:details": nothing,
    "accounts:change_password": nothing,
    "accounts:forgotten": nothing,
    "accounts:choose_password": nothing,
    "accounts:staff": nothing,
    "accounts:invite": nothing,
    "accounts:deactivate": a_colleague,
    "accounts:providers": nothing,
    "accounts:open_provider": nothing,
    "clients:find": nothing,
    "clients:register": nothing,
    "clients:correct": a_client,
    "clients:consent": a_client,
    "interventions:record_exchange": a_client,
    "interventions:record_brief": a_client,
    "record:client": a_client,
    "record:detailed": a_client,
    "record:extract": nothing,
    "reporting:catalogue": nothing,
    "reporting:year": this_year,
    "reference": nothing,
    "reference-list": a_list,
}
# Where there is nothing to see: what one posts to and is led on from, and files.
NO_PAGE = {
    "accounts:sign_out": nothing,
    "clients:objector": nothing,
    "reporting:year_file": this_year,
    "reference-csv": a_list,
}


@dataclass(frozen=True)
class Visit:
    """One page, by the name of its address, as one person sees it."""

    name: str
    who: str

    def __str__(self):
        return f"{self.name} by {self.who or 'a stranger'}"

    def open(self, gallery: Gallery) -> Page:
        page = gallery.page_of(self.who)
        page.goto(reverse(self.name, args=ADDRESSES[self.name](gallery, self.who)) + self._query(gallery))
        return page

    def _query(self, gallery: Gallery) -> str:
        if self.name != "accounts:choose_password":
            return ""
        user = gallery.stage.members["manager"].user
        link = {
            "user": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        }
        return f"?{urlencode(link)}"


def named_views(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, object]]:
    """Every name of the resolver, with its space, and the view behind it."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield space + (entry.name or str(entry.pattern)), entry.callback
        else:
            yield from named_views(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def not_visited(names: Iterable[str]) -> list[str]:
    """Names that nobody has said anything about."""
    return sorted(set(names) - ADDRESSES.keys() - NO_PAGE.keys())


def all_visits() -> list[Visit]:
    views = dict(named_views())
    return [Visit(name, who) for name in ADDRESSES for who in ROLES if _may_see(who, rule_of(views[name]))]


def _may_see(who: str, rule) -> bool:
    """A page for everybody is the same for everybody: a stranger sees it, and who has the longest menu and names."""
    if rule is PUBLIC:
        return who in (STRANGER, LONG_NAMED)
    return who != STRANGER and (rule is SIGNED_IN or rule in permissions_of(ROLES[who]))
