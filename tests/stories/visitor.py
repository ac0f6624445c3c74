"""A person at a browser without scripts: opens pages, fills in forms as they stand, presses buttons.

Tokens and hidden boxes come from the page that was read, so that a form which forgets one fails here as it does there.
"""

import csv
import io
from functools import cached_property

from django.test import Client as Browser

from ims.core.actor import Actor
from ims.core.csvio import plain
from tests.makers import PASSWORD
from tests.stories.document import Node, read, values_of

DISCARD = "Throw it away"


class Page:
    """One answer of the site."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        asked = response.request
        self.path = asked["PATH_INFO"]
        self.url = self.path + (f"?{asked['QUERY_STRING']}" if asked["QUERY_STRING"] else "")

    @cached_property
    def body(self) -> str:
        content = self.response.streaming_content if self.response.streaming else [self.response.content]
        return b"".join(content).decode()

    @cached_property
    def document(self) -> Node:
        return read(self.body)

    @property
    def title(self) -> str:
        return self.document.all("title")[0].words()

    @property
    def words(self) -> str:
        return self.document.all("main")[0].words()

    @property
    def said(self) -> str:
        """The messages above the page."""
        return " ".join(banner.words() for banner in self.document.of_class("govuk-notification-banner"))

    @property
    def problems(self) -> list[str]:
        """The lines of the error summary."""
        lists = self.document.of_class("govuk-error-summary__list")
        return [line.words() for errors in lists for line in errors.all("li")]

    @property
    def form(self) -> Node:
        return self.document.all("form", data_main="")[0]

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the boxes of the main form; several ticks of one name with commas between."""
        return {name: ",".join(values) for name, values in values_of(self.form).items()}

    @property
    def tables(self) -> dict[str, list[list[str]]]:
        """Rows of words by caption, headings first."""
        return {
            table.all("caption")[0].words(): [
                [cell.words() for cell in row.every() if cell.tag in {"th", "td"}] for row in table.all("tr")
            ]
            for table in self.document.all("table")
        }

    def figure(self, caption: str, row: str, column: str) -> str:
        headings, *rows = self.tables[caption]
        return next(cells for cells in rows if cells[0] == row)[headings.index(column)]

    def rows(self) -> list[list[str]]:
        """The rows of a file of comma-separated values, as they were before spreadsheets were kept from formulas."""
        return [[plain(cell) for cell in row] for row in csv.reader(io.StringIO(self.body, newline=""))]

    def records(self) -> list[dict[str, str]]:
        """The same by the names in its first row."""
        names, *rows = self.rows()
        return [dict(zip(names, row, strict=True)) for row in rows]


class Visitor:
    def __init__(self, browser: Browser | None = None):
        self.browser = browser or Browser()
        self.browser.handler.enforce_csrf_checks = True
        self.page: Page | None = None

    def opens(self, path: str) -> Page:
        self.page = Page(self.browser.get(path, follow=True))
        return self.page

    def opens_afresh(self, path: str) -> Page:
        """The same without a draft that was kept of it: that is thrown away."""
        self.opens(path)
        return self.presses(DISCARD) if DISCARD in self.page.words + self.page.said else self.page

    def sends(self, page: Page | None = None, **typed) -> Page:
        """Sends the main form of the page (the latest one, or one left open), with some boxes typed into."""
        page = page or self.page
        return self._sends(page, page.form, typed)

    def presses(self, button: str, **typed) -> Page:
        """Sends the form that holds a button of this name."""
        (found,) = [one for one in self.page.document.all("button") if one.words() == button]
        form = found
        while form.tag != "form":
            form = form.parent
        if "name" in found.attrs:
            typed[found.attrs["name"]] = found.attrs["value"]
        return self._sends(self.page, form, typed, found)

    def _sends(self, page: Page, form: Node, typed: dict, button: Node | None = None) -> Page:
        path = (button.attrs.get("formaction") if button else "") or form.attrs.get("action") or page.url
        response = self.browser.post(path, {**values_of(form), **typed}, follow=True)
        self.page = Page(response)
        return self.page

    def signs_in(self, username: str, password: str = PASSWORD, path: str = "/sign-in/") -> Page:
        self.opens(path)
        return self.sends(username=username, password=password)


def at_work(world, actor: Actor) -> Visitor:
    """Somebody of the cast who has signed in."""
    return Visitor(world.client_of(actor))


def by_password(world, actor: Actor) -> str:
    """The username of somebody of the cast, who from now on has the password of the makers."""
    user = world.user_of(actor)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user.username
