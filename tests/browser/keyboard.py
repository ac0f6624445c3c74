"""A person who uses the keyboard alone: Tab, Shift+Tab, Enter, Space, arrows and typing. Never a mouse.

Boxes, buttons and links are found as such a person finds them: by going on until the focus stands there.
"""

from collections.abc import Callable

from playwright.sync_api import Download, Page

from tests.browser.stage import PASSWORDS

FARTHEST = 300  # presses of Tab before one gives up
FOCUS = """() => {
  const box = document.activeElement;
  const said = (element) => element ? element.textContent.replace(/\\s+/g, " ").trim() : "";
  return {
    name: box.getAttribute("aria-label") || said(box.labels?.[0]) || (box === document.body ? "" : said(box)),
    kind: box.type || box.tagName.toLowerCase(),
    group: said(box.closest("fieldset")?.querySelector("legend")),
    value: box.tagName === "SELECT" ? said(box.selectedOptions[0]) : String(box.value ?? ""),
  };
}"""


class NotReached(AssertionError):
    """The focus never came to what was looked for. The message lists where it did come."""


class Keyboard:
    def __init__(self, page: Page):
        self.page = page

    def focus(self) -> dict[str, str]:
        """Where the focus stands: name, kind (text, radio, submit, a, ...), group and value."""
        return self.page.evaluate(FOCUS)

    def described(self) -> str:
        """What is said of the box beside its name: its hint and what is wrong with it."""
        return self.page.evaluate(
            "() => (document.activeElement.getAttribute('aria-describedby') ?? '').split(' ')"
            ".map((id) => document.getElementById(id)?.innerText).join(' ')"
        )

    def opens(self, path: str) -> None:
        """Types an address."""
        self.page.goto(path)

    def signs_in(self, username: str, path: str = "/") -> None:
        """Types an address, is asked to sign in, and comes to where it leads."""
        self.opens(path)
        self.types_who_it_is(username)

    def types_who_it_is(self, username: str) -> None:
        self.types("Username", username)
        self.types("Password", PASSWORDS[username])
        self.goes_on_with("Enter")

    def tabs_to(self, name: str, *kinds: str) -> None:
        """Presses Tab until the focus is on what bears the name, of one of the kinds. Raises NotReached."""
        self._tabs_until(
            lambda at: at["name"] == name and at["kind"] in kinds, f"{name!r} ({', '.join(kinds)})"
        )

    def _tabs_until(self, there: Callable[[dict], bool], what: str, key: str = "Tab") -> None:
        passed = []
        for _ in range(FARTHEST):
            at = self.focus()
            if there(at):
                return
            passed.append(at["name"])
            self.page.keyboard.press(key)
        raise NotReached(f"{what} on {self.page.url}: only {passed}")

    def types(self, label: str, text: str) -> None:
        """Replaces what stands in a box."""
        self.tabs_to(label, "text", "password", "email", "textarea")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def chooses(self, group: str, option: str) -> None:
        """One of a group of radios: Tab to the group, arrows to the option."""
        self._tabs_until(lambda at: at["kind"] == "radio" and at["group"] == group, group)
        self._tabs_until(lambda at: at["name"] == option, f"{option!r} of {group!r}", key="ArrowDown")
        self.page.keyboard.press("Space")

    def picks(self, label: str, option: str) -> None:
        """One of a list, by typing its name."""
        self.tabs_to(label, "select-one")
        self.page.keyboard.type(option)
        if self.focus()["value"] != option:
            raise NotReached(f"{option!r} of {label!r}: the list says {self.focus()['value']!r}")

    def ticks(self, label: str) -> None:
        self.tabs_to(label, "checkbox")
        self.page.keyboard.press("Space")

    def presses(self, button: str) -> None:
        """A button, with Enter; the next page is waited for."""
        self.tabs_to(button, "submit")
        self.goes_on_with("Enter")

    def follows(self, link: str) -> None:
        self.tabs_to(link, "a")
        self.goes_on_with("Enter")

    def goes_on_with(self, key: str) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def downloads(self, button: str) -> Download:
        self.tabs_to(button, "submit", "a")
        with self.page.expect_download() as caught:
            self.page.keyboard.press("Enter")
        return caught.value

    def reads(self) -> str:
        """The words of the page, as they are seen."""
        return self.page.locator("body").inner_text()
