"""What a page's main form would send: read from the page, so that the bench posts what a browser posts."""

from html.parser import HTMLParser

TICKED = {"checkbox", "radio"}


class Fields(HTMLParser):
    """`filled`: the fields as a browser would send them untouched. `choices`: the values of each list."""

    def __init__(self, page: str):
        super().__init__()
        self.inside = False
        self.list = ""
        self.filled: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.feed(page)

    def first_choice(self, name: str) -> str:
        """The first choice of a list that says something."""
        return next(filter(None, self.choices[name]))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = "data-main" in attrs
        elif self.inside and (tag == "option" or attrs.get("name")):
            self._take(tag, attrs)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"

    def _take(self, tag: str, attrs: dict) -> None:
        value = attrs.get("value") or ""
        if tag == "select":
            self.list = attrs["name"]
            self.filled[self.list], self.choices[self.list] = "", []
        elif tag == "option":
            self.choices[self.list].append(value)
            if "selected" in attrs:
                self.filled[self.list] = value
        elif tag == "textarea" or (
            tag == "input" and (attrs.get("type") not in TICKED or "checked" in attrs)
        ):
            self.filled[attrs["name"]] = value
