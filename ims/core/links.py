"""The menu: links that show only to those who may follow them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from ims.core.access import Rule
from ims.core.actor import Actor


@dataclass(frozen=True)
class Link:
    label: str
    view: str  # a URL name without arguments
    rule: Rule
    module: str = ""  # shown only where the provider has it switched on


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    current: bool


def in_menu(links: Iterable[Link], request: HttpRequest, actor: Actor | None) -> list[MenuItem]:
    """The links an actor may follow, the current one marked; none for a stranger."""
    if actor is None:
        return []
    allowed = [
        link for link in links if actor.may(link.rule) and (not link.module or link.module in actor.modules)
    ]
    return [MenuItem(link.label, url, url == request.path) for link in allowed if (url := reverse(link.view))]
