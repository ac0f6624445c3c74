"""The batch grid: one day and one site above, one line a person, checked line by line.

The good lines are saved in one act; the others stay on the page with what is wrong beside the cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.db import transaction

from clients import matching
from clients.actions import Consent, Details, register_client
from clients.attributor import Attributor
from clients.models import Client
from clients.models.consent import How
from ims.core.access import Permission
from ims.core.actor import Actor
from ims.core.kind import Kind
from ims.providers.models import Site
from ims.record.counter import attributor_in
from interventions.forms import DayAndSite
from interventions.recording import Recorded
from interventions.rows import GridRow
from interventions.syringe_exchange.usual import latest_exchanges

LINES, MOST = 10, 200


class Top(DayAndSite):
    """What all lines share."""

    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)


@dataclass
class Grid:
    kind: Kind
    actor: Actor
    today: date
    top: Top
    rows: list[GridRow]
    clients: dict[int, Client] = field(default_factory=dict)  # by the place of the line
    newcomers: dict[int, Attributor] = field(default_factory=dict)

    def check(self) -> bool:
        """Look at every line; whether there is anything to save."""
        top_is_right = self.top.is_valid()
        right = [place for place, row in enumerate(self.rows) if row.is_valid() and row.has_changed()]
        self._find_clients(right)
        self._lines = self._read_lines() if top_is_right else {}
        return bool(self._lines) or bool(self.newcomers and top_is_right)

    def _find_clients(self, places: list[int]) -> None:
        wanted = {place: self.rows[place].cleaned_data["who"] for place in places}
        own = Client.objects.visible_to(self.actor)
        found = matching.exactly(set(wanted.values()), own, today=self.today)
        for place, who in wanted.items():
            self._decide(place, who, found[who])

    def _decide(self, place: int, who: str, found: list[Client]) -> None:
        """One client, somebody new whose consent was asked, or what is wrong."""
        row = self.rows[place]
        meant = attributor_in(who, today=self.today)
        if len(found) == 1:
            self.clients[place] = found[0]
        elif found:
            row.add_error("who", "Several clients are meant. Enter the IMS ID or your own reference.")
        elif meant and row.cleaned_data["consent"] and self.actor.may(Permission.CLIENT_RECORD):
            self._somebody_new(row, place, meant)
        elif meant:
            row.add_error("who", "Nobody here has this attributor. Somebody new? Choose their consent.")
        else:
            row.add_error(
                "who", "Nobody here is meant. Enter the attributor, an IMS ID or your own reference."
            )

    def _somebody_new(self, row: GridRow, place: int, meant: Attributor) -> None:
        alike = matching.near(meant, Client.objects.visible_to(self.actor))
        if alike:
            row.add_error(
                "who",
                f"A client here {alike[0].likeness}. Check it; if it is somebody else, use the counter.",
            )
        else:
            self.newcomers[place] = meant

    def _read_lines(self) -> dict:
        latest = self._latest()
        lines = {}
        for place, client in self.clients.items():
            line = self.rows[place].line(client, self._shared(), latest.get(client.pk))
            if line is None:
                self.rows[place].add_error("what", "Nothing is usual yet. Choose what was given out.")
            elif not self.rows[place].is_refused(line):
                lines[place] = line
        return lines

    def _latest(self) -> Mapping[int, object]:
        if not any(self.rows[place].needs_the_latest() for place in self.clients):
            return {}
        return latest_exchanges(self.clients.values(), self.actor)

    def _shared(self) -> dict:
        return {"on": self.top.cleaned_data["on"], "site": self.top.cleaned_data.get("site")}

    @transaction.atomic
    def save(self, *, at) -> Recorded:
        """Register who is new and record the good lines, in one transaction and, of the kind, one act."""
        for place, meant in self.newcomers.items():
            row = self.rows[place]
            client = self._register(row, meant, at)
            line = row.line(client, self._shared(), None)
            if line is None:
                row.add_error("what", "Registered. Nothing is usual yet: choose what was given out.")
            elif not row.is_refused(line):
                self._lines[place] = line
        lines = [self._lines[place] for place in sorted(self._lines)]
        return self.kind.record(lines=lines, at=at, by=self.actor) if lines else Recorded(new=(), same=())

    def _register(self, row: GridRow, meant: Attributor, at) -> Client:
        given = row.cleaned_data["consent"] == "yes"
        return register_client(
            attributor=meant,
            consent=Consent(given, How.SPOKEN, self.actor.information_sheet),
            details=Details(),
            submission_id=row.cleaned_data["submission_id"],
            at=at,
            by=self.actor,
        )

    def with_more(self, lines: int) -> "Grid":
        """The same as it was typed, with more empty lines below."""
        return self._again(self.rows, lines)

    def with_what_is_left(self) -> "Grid":
        """The lines that have to be mended, and empty ones up to the usual number."""
        return self._again(self.left, max(0, LINES - len(self.left)))

    def _again(self, kept: list[GridRow], empty: int) -> "Grid":
        options = self.kind.options(self.actor, None)
        count = min(len(kept) + empty, MOST)
        self.top.data = self.top.data.copy()
        self.top.data["rows"] = count
        rows = [_moved(row, f"row-{place}") for place, row in enumerate(kept)]
        rows += [self.kind.row(prefix=f"row-{place}", **options) for place in range(len(kept), count)]
        return Grid(self.kind, self.actor, self.today, self.top, rows)

    @property
    def left(self) -> list[GridRow]:
        """The lines that have to be mended."""
        return [row for row in self.rows if row.errors]

    @property
    def errors(self) -> bool:
        return bool(self.top.errors or self.left)


def _moved(row: GridRow, prefix: str) -> GridRow:
    """The line as it was typed, with its faults, in another place."""
    typed = {name: row.data.get(row.add_prefix(name)) for name in row.fields}
    row.prefix = prefix
    row.data = {row.add_prefix(name): value for name, value in typed.items() if value is not None}
    row._bound_fields_cache.clear()  # each remembers the name it had
    return row


def blank_grid(kind: Kind, actor: Actor, *, today: date, lines: int = LINES) -> Grid:
    options = kind.options(actor, None)
    rows = [kind.row(prefix=f"row-{place}", **options) for place in range(lines)]
    return Grid(kind, actor, today, _top(actor, initial={"rows": lines}), rows)


def typed_grid(kind: Kind, data, actor: Actor, *, today: date) -> Grid:
    """The grid as it was sent. More lines than there may be are not read: the page never has them."""
    count = data.get("rows", "")
    lines = min(int(count), MOST) if count.isdecimal() else LINES
    options = kind.options(actor, None)
    rows = [kind.row(data, prefix=f"row-{place}", **options) for place in range(lines)]
    return Grid(kind, actor, today, _top(actor, data=data), rows)


def _top(actor: Actor, **options) -> Top:
    sites = Site.objects.visible_to(actor).in_use()
    return Top(sites=sites, backdating_days=actor.backdating_days, **options)
