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

from clients.models import Client
from ims.accounts.roles import permissions_of
from ims.bulk.models import Profile, Upload
from ims.core.access import PUBLIC, SIGNED_IN, rule_of
from ims.providers.models import Site
from ims.record.kinds import KINDS, kind_at
from interventions.models import BatchExchange, Pack
from referrals.models import ReferralOut
from tests.browser.gallery import LONG_NAMED, ROLES, STRANGER, Gallery


def nothing(gallery: Gallery, who: str) -> list:
    return []


def a_client(gallery: Gallery, who: str) -> list:
    return [gallery.client_of(who).ref]


def two_clients(gallery: Gallery, who: str) -> list:
    client = gallery.client_of(who)
    others = Client.objects.filter(provider=client.provider, is_dummy=False).exclude(pk=client.pk)
    return [client.ref, others.latest("pk").ref]


def a_client_and(slug: str):
    return lambda gallery, who: [gallery.client_of(who).ref, slug]


def a_contact(slug: str):
    """The latest contact of a kind of the client whose pages are looked at."""

    def find(gallery: Gallery, who: str) -> list:
        client = gallery.client_of(who)
        return [slug, kind_at(slug).model.objects.filter(client=client).latest("on").ref]

    return find


def a_colleague(gallery: Gallery, who: str) -> list:
    return [gallery.colleague_of(who).pk]


def a_list(gallery: Gallery, who: str) -> list:
    return ["substance"]


def a_layout(gallery: Gallery, who: str) -> list:
    return ["wellbeing_assessment"]


def this_year(gallery: Gallery, who: str) -> list:
    return [2026]


def of_the_service(model):
    """One of these that the service of the client whose pages are looked at holds."""

    def find(gallery: Gallery, who: str) -> list:
        held = model.objects.filter(provider_id=gallery.client_of(who).provider_id).latest("pk")
        return [held.ref if hasattr(held, "ref") else held.pk]

    return find


def a_referral_received(gallery: Gallery, who: str) -> list:
    return [ReferralOut.objects.filter(partner_id=gallery.client_of(who).provider_id).latest("pk").ref]


def a_provider(gallery: Gallery, who: str) -> list:
    return ["WIR2022"]


SLUGS = [kind.slug for kind in KINDS]
# What an address names, by the name of the address; and by the kind of contact, where there is a page for each.
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
    "clients:duplicates": nothing,
    **{f"record:new {slug}": a_client_and(slug) for slug in SLUGS},
    **{f"record:change {slug}": a_contact(slug) for slug in SLUGS},
    **{f"record:history {slug}": a_contact(slug) for slug in SLUGS},
    **{
        f"record:grid {slug}": lambda gallery, who, slug=slug: [slug]
        for slug in ("exchanges", "brief-interventions")
    },
    "record:counter": nothing,
    "record:reviews_due": nothing,
    "referrals:inbox": nothing,
    "referrals:received": a_referral_received,
    "referrals:accept": a_referral_received,
    "referrals:sent": of_the_service(ReferralOut),
    **{
        f"settings:{page}": nothing
        for page in ("index", "modules", "rules", "information", "uploads", "sites", "new_site")
    },
    "settings:change_site": of_the_service(Site),
    "packs:packs": nothing,
    "packs:new": nothing,
    "packs:bill": of_the_service(Pack),
    "packs:rename": of_the_service(Pack),
    "packs:copy_settings": a_provider,
    "batch:batches": nothing,
    "batch:new": nothing,
    "batch:change": of_the_service(BatchExchange),
    "bulk:uploads": nothing,
    "bulk:upload": of_the_service(Upload),
    "bulk:confirm": of_the_service(Upload),
    "bulk:profiles": nothing,
    "bulk:transfer": nothing,
    "bulk:new_profile": nothing,
    "bulk:change_profile": of_the_service(Profile),
    "record:client": a_client,
    "record:client_history": a_client,
    "record:delete_client": a_client,
    "record:deleted": nothing,
    "record:detailed": a_client,
    "record:extract": nothing,
    "record:rules_to_come": nothing,
    "rules:rules": nothing,
    "rules:rehearse": nothing,
    "reporting:catalogue": nothing,
    "reporting:year": this_year,
    "reference": nothing,
    "layouts:layout": a_layout,
    "reference-list": a_list,
}
# Where there is nothing to see: what one posts to and is led on from, and files.
NO_PAGE = {
    "accounts:sign_out": nothing,
    "accounts:drafts": nothing,
    "accounts:forget_draft": nothing,
    "accounts:stay": nothing,
    "record:counter_save": nothing,
    "record:counter_register": nothing,
    "referrals:answer": a_referral_received,
    "referrals:outcome": of_the_service(ReferralOut),
    "settings:close_site": of_the_service(Site),
    "settings:reopen_site": of_the_service(Site),
    "packs:close": of_the_service(Pack),
    "packs:usual": of_the_service(Pack),
    "batch:delete": of_the_service(BatchExchange),
    "batch:restore": of_the_service(BatchExchange),
    "bulk:rejected": of_the_service(Upload),
    "bulk:give_up": of_the_service(Upload),
    "bulk:retry": of_the_service(Upload),
    "bulk:profile_columns": nothing,
    "bulk:end_profile": of_the_service(Profile),
    "record:delete": a_contact("exchanges"),
    "record:restore": a_contact("exchanges"),
    "record:restore_client": a_client,
    "clients:objector": nothing,
    "clients:tell_apart": two_clients,
    "clients:link": two_clients,
    "clients:unlink": two_clients,
    "reporting:year_file": this_year,
    "reference-csv": a_list,
    "layouts:template": a_layout,
}


@dataclass(frozen=True)
class Visit:
    """One page, by the name of its address (and the kind of contact), as one person sees it."""

    name: str
    who: str

    def __str__(self):
        return f"{self.name} by {self.who or 'a stranger'}"

    def open(self, gallery: Gallery) -> Page:
        page = gallery.page_of(self.who)
        address = self.name.split()[0]
        page.goto(reverse(address, args=ADDRESSES[self.name](gallery, self.who)) + self._query(gallery))
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
    return sorted(set(names) - {name.split()[0] for name in [*ADDRESSES, *NO_PAGE]})


def all_visits() -> list[Visit]:
    views = dict(named_views())
    return [
        Visit(name, who)
        for name in ADDRESSES
        for who in ROLES
        if _may_see(who, rule_of(views[name.split()[0]]))
    ]


def _may_see(who: str, rule) -> bool:
    """A page for everybody is the same for everybody: a stranger sees it, and who has the longest menu and names."""
    if rule is PUBLIC:
        return who in (STRANGER, LONG_NAMED)
    return who != STRANGER and (rule is SIGNED_IN or rule in permissions_of(ROLES[who]))
