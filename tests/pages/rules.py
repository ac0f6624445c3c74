"""What must be true of every page's markup (house rule 11), and what is wrong with one where it is not."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tests.stories.document import Node, NotWellFormed, read

ADDRESSES = ("href", "action", "src", "formaction", "data", "poster", "srcset")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
BOXES = ("input", "select", "textarea")


def faults(html: str, *, has_errors: bool = False, personal: Iterable[str] = ()) -> list[str]:
    """What is wrong with a page, in words; `personal` must be in no title and no address."""
    try:
        page = read(html)
    except NotWellFormed as fault:
        return [str(fault)]
    return [
        *_head(page, has_errors),
        *_one_heading(page),
        *_labels(page),
        *_ids(page),
        *_inline(page),
        *_addresses(page),
        *_names_nobody(page, personal),
        *_tables(page),
    ]


def _head(page: Node, has_errors: bool) -> Iterator[str]:
    titles = [title.words() for title in page.all("title")]
    if len(titles) != 1 or not titles[0].endswith(" - IMS") or titles[0] == " - IMS":
        yield f"title: {titles}"
    elif titles[0].startswith("Error: ") != has_errors:
        yield f"title {titles[0]!r} {'does not say' if has_errors else 'says'} Error"
    if [root.attrs.get("lang") for root in page.all("html")] != ["en-GB"]:
        yield "no language"


def _one_heading(page: Node) -> Iterator[str]:
    headings = [heading.words() for heading in page.all("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"h1: {headings}"


def _labels(page: Node) -> Iterator[str]:
    labelled = {label.attrs.get("for") for label in page.all("label") if label.words()}
    for box in page.every():
        if box.tag == "button" and not box.words():
            yield "a button without words"
        if box.tag not in BOXES or box.attrs.get("type") == "hidden":
            continue
        if box.attrs.get("id", "") not in labelled and not box.attrs.get("aria-label"):
            yield f"no label: {box.attrs.get('name')}"
        if box.attrs.get("type") == "radio" and not _legend_around(box):
            yield f"no legend: {box.attrs.get('name')}"


def _legend_around(box: Node) -> bool:
    around = box.parent
    while around and around.tag != "fieldset":
        around = around.parent
    return bool(around and any(legend.words() for legend in around.all("legend")))


def _ids(page: Node) -> Iterator[str]:
    ids = Counter(node.attrs["id"] for node in page.every() if "id" in node.attrs)
    yield from (f"id twice: {name}" for name, times in ids.items() if times > 1)
    for node in page.every():
        named = [name for reference in REFERENCES for name in node.attrs.get(reference, "").split()]
        if node.attrs.get("href", "").startswith("#"):
            named.append(node.attrs["href"][1:])
        yield from (f"leads to no id: {name}" for name in named if name not in ids)


def _inline(page: Node) -> Iterator[str]:
    """The content security policy forbids them, so a browser would drop them without a word."""
    for node in page.every():
        if node.tag == "style" or (node.tag == "script" and "src" not in node.attrs):
            yield f"inline {node.tag}"
        if "style" in node.attrs:
            yield f"inline style on {node.tag}"
        yield from (f"{name} on {node.tag}" for name in node.attrs if name.startswith("on"))


def _addresses(page: Node) -> Iterator[str]:
    """Of this site alone, and none that a script would be hidden in."""
    for address in addresses(page):
        if not address.startswith(("/", "#")) or address.startswith("//"):
            yield f"another site, or no address: {address}"


def addresses(page: Node) -> list[str]:
    return [node.attrs[name] for node in page.every() for name in ADDRESSES if name in node.attrs]


def _names_nobody(page: Node, personal: Iterable[str]) -> Iterator[str]:
    titles = [title.words() for title in page.all("title")]
    for word in personal:
        yield from (f"title names {word}" for title in titles if word.lower() in title.lower())
        yield from (f"address names {word}" for address in addresses(page) if word.lower() in address.lower())


def _tables(page: Node) -> Iterator[str]:
    for table in page.all("table"):
        if not any(caption.words() for caption in table.all("caption")):
            yield "a table without a caption"
        yield from ("a heading without a scope" for head in table.all("th") if "scope" not in head.attrs)
