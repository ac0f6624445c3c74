"""The counter of a service: one member of staff at work in one data folder, each act timed and checked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from ims.core.keys import new_submission_id
from tests.bench import child, site
from tests.bench.fields import Fields
from tests.bench.visitor import Visitor

CLIENTS = 1500  # different ones, so that most are asked for once


class Counter:
    """Every act returns the seconds that the server took, and raises Wrong where it did not do what it should."""

    def __init__(self, visitor: Visitor, found: dict):
        self.visitor = visitor
        self.provider, self.size, self.settings = found["provider"], found["size"], found["settings"]
        self.clients = cycle(found["clients"])
        self.visitor.sign_in(found["username"], found["password"])
        self.search = Fields(self.visitor.get("/clients/").must(200).text).filled
        self.exchange = self._exchange(next(self.clients))

    def empty(self) -> float:
        answer = self.visitor.get("/bench/empty/")
        return answer.must(200, "<h1>Empty</h1>", "Find a client", "Sign out").seconds

    def empty_post(self) -> float:
        """With the token that every form has, and answered like a save."""
        sent = self.visitor.post("/bench/empty-post/", self.search).must(302, "Location: /bench/empty/\r\n")
        self.empty()
        return sent.seconds

    def find(self) -> float:
        client = next(self.clients)
        answer = self.visitor.post("/clients/", {**self.search, "wanted": client["attributor"].lower()})
        return answer.must(200, f'href="{_page_of(client)}"').seconds

    def client(self) -> float:
        client = next(self.clients)
        return self.visitor.get(_page_of(client)).must(200, client["ims_id"], "ims-timeline").seconds

    def save_exchange(self) -> float:
        """What the browser opens next says that it was saved; that page is not in the time."""
        page = _page_of(next(self.clients))
        fields = {**self.exchange, "submission_id": str(new_submission_id())}
        sent = self.visitor.post(f"{page}exchanges/new/", fields).must(302, f"Location: {page}\r\n")
        self.visitor.get(page).must(200, "Exchange saved.")
        return sent.seconds

    def _exchange(self, client: dict) -> dict[str, str]:
        """The form filled in as usual, by a browser with scripts: a drug, two kinds of equipment, some brought back."""
        form = Fields(self.visitor.get(f"{_page_of(client)}exchanges/new/").must(200).text)
        items = [name for name in form.filled if name.startswith("item_")][:2]
        typed = {
            "drug": form.first_choice("drug"),
            "returned": "5",
            "kept_while_typing": "1",
            **dict.fromkeys(items, "10"),
        }
        return {**form.filled, **typed}


@contextmanager
def open_counter(folder: Path) -> Iterator[Counter]:
    """Serve a data folder for the length of the block, with somebody signed in."""
    with site.served(folder) as port:
        asked = f"from tests.bench import inside; inside.tell({CLIENTS})"
        told = child.run(folder, "manage.py", "shell", "-v0", "-c", asked, capture_output=True, text=True)
        yield Counter(Visitor(port), json.loads(told.stdout))


def _page_of(client: dict) -> str:
    return f"/clients/{client['ref']}/"
