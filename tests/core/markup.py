"""A page as its elements, for tests that ask what leads where."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Element:
    tag: str
    attrs: dict[str, str | None]
    text: str = ""


@dataclass
class Markup(HTMLParser):
    """Every element of a piece of HTML with its attributes and the text directly inside it."""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in {"input", "meta", "link", "img", "br"}:
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        if self.open:
            self.open[-1].text += data

    def all(self, tag, **attrs):
        """The elements of a kind, with these attributes; data_main stands for data-main."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [one for one in self.elements if one.tag == tag and wanted.items() <= one.attrs.items()]

    def one(self, tag, **attrs):
        (found,) = self.all(tag, **attrs)
        return found

    @property
    def ids(self):
        return [one.attrs["id"] for one in self.elements if "id" in one.attrs]
