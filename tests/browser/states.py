"""Pages as they are only after something was done: with errors, with results, refused, being rebuilt.

A state takes the gallery, and a patch for what cannot be brought about from outside; it returns the page to look at.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.gallery import LONG, LONG_NAMED, Gallery

State = Callable[[Gallery, pytest.MonkeyPatch], Page]
STATES: dict[str, State] = {}


def state(words: str) -> Callable[[State], State]:
    """Adds a state to those that are looked at."""

    def add(make: State) -> State:
        if words in STATES:
            raise ValueError(f"two states are called {words!r}")
        STATES[words] = make
        return make

    return add


def open_at(gallery: Gallery, who: str, path: str) -> Page:
    page = gallery.page_of(who)
    page.goto(path)
    return page


def press(page: Page, button: str) -> Page:
    page.get_by_role("button", name=button, exact=True).click()
    return page


def sent_empty(words: str, who: str, path: str, button: str, **typed: str) -> None:
    """The state of a form sent with nothing in it but what is given, by label."""

    @state(words)
    def make(gallery: Gallery, patch: pytest.MonkeyPatch) -> Page:
        ref = gallery.clients[who].ref if who in gallery.clients else ""
        page = open_at(gallery, who, path.format(ref=ref))
        for label, text in typed.items():
            page.get_by_label(label.replace("_", " "), exact=True).fill(text)
        return press(page, button)


sent_empty("signing in with nothing", "", "/sign-in/", "Sign in")
sent_empty("a wrong password", "", "/sign-in/", "Sign in", Username="nobody", Password="nothing")
sent_empty("forgotten password, nothing typed", "", "/account/forgotten/", "Send the link")
sent_empty("forgotten password, sent", "", "/account/forgotten/", "Send the link", Username="nobody")
sent_empty("changing a password to nothing", "pharmacist", "/account/password/", "Change password")
sent_empty("details without a name", "analyst", "/account/details/", "Save details", Full_name="")
sent_empty("details saved", "analyst", "/account/details/", "Save details")
sent_empty("searching for nothing", "pharmacist", "/clients/", "Find")
sent_empty(
    "nobody found", LONG_NAMED, "/clients/", "Find", **{"Attributor, IMS ID or own reference": LONG[:40]}
)
sent_empty(
    "one found", LONG_NAMED, "/clients/", "Find", **{"Attributor, IMS ID or own reference": LONG[:40].lower()}
)
sent_empty(
    "several found", "pharmacist", "/clients/", "Find", **{"Attributor, IMS ID or own reference": "ab"}
)
sent_empty("registering nobody", "pharmacist", "/clients/new/", "Register")
sent_empty(
    "correcting to nothing",
    "pharmacist",
    "/clients/{ref}/correct/",
    "Save correction",
    Date_of_birth="1/1/2026",
)
sent_empty("a decision not made", "pharmacist", "/clients/{ref}/consent/", "Save decision")
sent_empty(
    "an exchange of nothing",
    "pharmacist",
    "/clients/{ref}/exchanges/new/",
    "Save exchange",
    Date_of_contact="x",
)
sent_empty("an exchange hard to believe", LONG_NAMED, "/clients/{ref}/exchanges/new/", "Save exchange",
           **{"Spoon / cooker": "9999"})  # fmt: skip
sent_empty("a brief intervention of nothing", "pharmacist", "/clients/{ref}/brief-interventions/new/",
           "Save brief intervention", Minutes="999")  # fmt: skip
sent_empty("an extract of an ID that is none", "manager", "/local-extract/", "Download",
           **{"IMS ID, for one client only": "ABC"})  # fmt: skip
sent_empty("inviting nobody", LONG_NAMED, "/staff/invite/", "Send invitation", Username="a b")
sent_empty("opening no provider", "officer", "/providers/open/", "Open provider and invite its manager")
