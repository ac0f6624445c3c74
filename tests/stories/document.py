"""A page as a tree of elements: what it says, and what its forms would send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "img", "br", "hr"}
INLINE = {"a", "span", "strong", "b", "em", "button"}


@dataclass(eq=False)
class Node:
    """An element. `inside` holds its text and its elements, in their order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    inside: list = field(default_factory=list)
    parent: "Node | None" = None

    def every(self) -> Iterator["Node"]:
        """All elements inside, however deep, in the order of the page."""
        for part in self.inside:
            if isinstance(part, Node):
                yield part
                yield from part.every()

    def all(self, tag: str = "", **attrs: str) -> list["Node"]:
        """The elements of a kind with these attributes; data_main stands for data-main, class_ for class."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            node for node in self.every() if tag in ("", node.tag) and wanted.items() <= node.attrs.items()
        ]

    def of_class(self, name: str) -> list["Node"]:
        return [node for node in self.every() if name in node.attrs.get("class", "").split()]

    def words(self) -> str:
        """The text as it is read, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        space = "" if self.tag in INLINE else " "
        yield space
        for part in self.inside:
            yield from [part] if isinstance(part, str) else part._texts()
        yield space


class NotWellFormed(ValueError):
    """An element is closed that was not the last one opened, or is never closed."""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.at = self.root = Node("")

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs}, parent=self.at)
        self.at.inside.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag):
        if self.at.tag != tag:
            raise NotWellFormed(f"</{tag}> closes <{self.at.tag}>")
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.inside.append(data)


def read(html: str) -> Node:
    """The tree of a page. Raises NotWellFormed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.at is not reader.root:
        raise NotWellFormed(f"<{reader.at.tag}> is never closed")
    return reader.root


def values_of(form: Node) -> dict[str, list[str]]:
    """What a browser would send of a form that nobody touched, buttons left out."""
    sent: dict[str, list[str]] = {}
    for box in form.every():
        if name := box.attrs.get("name"):
            sent.setdefault(name, []).extend(_values(box))
    return {name: values for name, values in sent.items() if values}


def _values(box: Node) -> list[str]:
    if box.tag == "textarea":
        return ["".join(box.inside).removeprefix("\n")]
    if box.tag == "select":
        options = box.all("option")
        chosen = [option for option in options if "selected" in option.attrs] or options[:1]
        return [option.attrs["value"] for option in chosen]
    if box.tag != "input":
        return []
    if box.attrs.get("type") in {"checkbox", "radio"}:
        return [box.attrs.get("value", "on")] if "checked" in box.attrs else []
    return [box.attrs.get("value", "")]
