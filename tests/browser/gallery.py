"""Everything there is to look at, made once for a module of tests that only look.

People of every role, what the demo records, and a service, a person and a client with very long names.
"""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from clients.models import Client
from ims.accounts.models import Membership
from ims.accounts.roles import Role
from ims.operations.demo.activity import record_activity
from ims.providers.actions import add_site
from ims.providers.models import Provider
from tests import makers
from tests.browser.stage import PASSWORDS, Stage, set_the_stage
from tests.browser.uploads import a_checked_file
from tests.browser.watch import Watch
from tests.bulk.sending import a_profile
from tests.makers import NOW, PASSWORD

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochservice"  # 65 letters and no space
LONG_NAMED = "long-named"
STRANGER = ""
# One person of each role, and the manager of the service with the long name.
ROLES = {
    STRANGER: None,
    "pharmacist": Role.PROVIDER_STAFF,
    "manager": Role.PROVIDER_MANAGER,
    "analyst": Role.PHI_ANALYST,
    "officer": Role.PHI_OFFICER,
    "commissioner": Role.COMMISSIONER,
    LONG_NAMED: Role.PROVIDER_MANAGER,
}


@dataclass
class Gallery:
    chromium: Browser
    site: str
    stage: Stage
    clients: dict[str, Client]  # by the person whose service holds them: one with many contacts
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)
    watches: list[Watch] = field(default_factory=list)

    def page_of(self, username: str) -> Page:
        """A new page in the browser in which that person is signed in; a stranger's is new each time."""
        if username == STRANGER:
            return self.new_browser().new_page()
        if username not in self._contexts:
            self._contexts[username] = self.new_browser()
            self.sign_in(self._contexts[username].new_page(), username)
        return self._contexts[username].new_page()

    def client_of(self, username: str) -> Client:
        """The client whose pages that person is shown; the pharmacist's, for those who see none."""
        return self.clients.get(username, self.clients["pharmacist"])

    def new_browser(self, **options) -> BrowserContext:
        context = self.chromium.new_context(base_url=self.site, **options)
        context.set_default_timeout(30_000)
        self.watches.append(Watch(context, self.site))
        return context

    def sign_in(self, page: Page, username: str, path: str = "/") -> Page:
        page.goto(path)
        return self.say_who_it_is(page, username)

    def say_who_it_is(self, page: Page, username: str, password: str = "") -> Page:
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(password or PASSWORDS.get(username, PASSWORD))
        page.get_by_role("button", name="Sign in").click()
        return page

    def colleague_of(self, username: str) -> Membership:
        provider = self.stage.members[username].provider
        return provider.memberships.in_force().exclude(pk=self.stage.members[username].pk).order_by("pk")[0]

    def faults(self) -> list[str]:
        """What the watches have seen since they were asked before."""
        seen = [fault for watch in self.watches for fault in watch.faults]
        for watch in self.watches:
            watch.faults.clear()
        return seen

    def close(self) -> None:
        for context in self.chromium.contexts:
            context.close()


def open_gallery(chromium: Browser, site: str) -> Gallery:
    stage = set_the_stage()
    record_activity(stage.members, NOW)
    stage.members[LONG_NAMED] = _the_service_with_the_long_name()
    ordinary = Client.objects.real().visible_to(stage.actor("pharmacist")).order_by("pk")[0]
    long = _a_client_with_much_to_say(stage.actor(LONG_NAMED))
    for make in makers.EACH_KIND.values():
        make(stage.actor("pharmacist"), ordinary)
        make(stage.actor(LONG_NAMED), long)
    _settings_and_referrals(stage.actor("manager"), stage.actor(LONG_NAMED), ordinary, long)
    a_profile(stage.actor("manager"))
    a_profile(stage.actor(LONG_NAMED), LONG)
    a_checked_file(stage.actor("manager"))
    a_checked_file(stage.actor(LONG_NAMED), LONG[:39])
    clients = {"pharmacist": ordinary, "manager": ordinary, LONG_NAMED: long}
    return Gallery(chromium, site, stage, clients)


def _settings_and_referrals(manager, long_named, ordinary: Client, long: Client) -> None:
    """A site, a pack and a batch of either service, and a referral from each to the other."""
    for by in (manager, long_named):
        add_site(name=f"{LONG[:50]} {by.provider_id}", postcode="L1 9DB", at=NOW, by=by)
        makers.a_pack(by, LONG[:50])
        makers.a_batch(by)
    makers.a_received_referral(manager, ordinary, Provider.objects.get(pk=long_named.provider_id))
    makers.a_received_referral(long_named, long, Provider.objects.get(pk=manager.provider_id))


def _the_service_with_the_long_name() -> Membership:
    service = makers.a_provider(LONG, code="LON0001")
    _, membership = makers.a_person(
        Role.PROVIDER_MANAGER,
        service,
        username=LONG_NAMED,
        full_name=f"{LONG} {LONG[:50]}",
        password=PASSWORD,
    )
    return membership


def _a_client_with_much_to_say(by) -> Client:
    """More contacts than a page shows, and no space in what was typed."""
    client = makers.a_client(by, "WM31121970F", own_reference=LONG[:40], postcode="L1 9DB")
    for _ in range(26):
        makers.an_exchange(by, client, note=LONG * 7, items={"NEEDLE_GREEN": 1999, "SYR_FIXED_1": 2000})
    makers.a_brief_intervention(by, client, note=LONG * 7)
    return client
