"""Which records of a service may be of one person: the same attributor, or one slip apart.

Every record is put under the few marks that it shares with whatever is one slip away, and is compared with those under
the same marks alone: a service of thousands is read once, and nobody is compared with everybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import BooleanField, F, Func, Q

from clients.attributor import Attributor, Likeness, likeness
from clients.models import Client, Pair
from ims.core.actor import Actor

MOST = 500  # pairs found at one time; those decided make room for more
PAGE = 25
_LINKED = (
    "EXISTS (SELECT FROM clients_pair AS pair WHERE pair.undone_at IS NULL AND pair.verdict = 'same'"
    " AND (pair.first_id = %(expressions)s OR pair.second_id = %(expressions)s))"
)


@dataclass(frozen=True)
class Near:
    """Two clients that may be one, by number, the earlier first, and how the one resembles the other."""

    first_id: int
    second_id: int
    likeness: Likeness


@dataclass(frozen=True)
class NearPair:
    first: Client
    second: Client
    likeness: Likeness


@dataclass(frozen=True)
class Page:
    """Pairs to decide about and pairs that are linked, `PAGE` of each; addresses empty at the ends."""

    number: int
    found: int  # pairs to decide about, on all pages
    is_cut: bool  # whether there may be more than were looked for
    near: list[NearPair]
    linked: list[Pair]
    previous_url: str
    next_url: str

    @property
    def clients(self) -> set[Client]:
        return {client for pair in [*self.near, *self.linked] for client in (pair.first, pair.second)}


def near_pairs(actor: Actor) -> list[Near]:
    """Pairs of the actor's own clients nobody has decided about: the same attributor first, the latest first.

    Never the dummy, never who is deleted; at most `MOST`. Two queries.
    """
    decided = set(Pair.objects.visible_to(actor).in_force().values_list("first_id", "second_id"))
    people = Client.objects.visible_to(actor).real().order_by("-pk")
    known = people.values_list("pk", "first_initial", "last_initial", "date_of_birth", "sex")
    undecided = (pair for pair in _alike(known) if (pair.first_id, pair.second_id) not in decided)
    return sorted(islice(undecided, MOST), key=lambda pair: pair.likeness is not Likeness.SAME)


def linked_pairs(actor: Actor):
    """Pairs of the actor's own clients that are linked, the latest link first."""
    return Pair.objects.visible_to(actor).linked().order_by("-decided_at", "-pk")


def may_be_linked() -> Func:
    """Whether it is worth asking `linked_with`, to be known from the query that fetches a client: most have no link.

    It names nobody and is not scoped: the other record may have been deleted since. Written out, because to have it put
    together by the ORM for each page took a tenth of the time of the page.
    """
    return Func(F("pk"), template=_LINKED, output_field=BooleanField())


def linked_with(client: Client, actor: Actor) -> list[Client]:
    """The records that were said to be of the same person as this one. One query."""
    pairs = linked_pairs(actor).filter(Q(first=client) | Q(second=client)).select_related("first", "second")
    return [pair.besides(client) for pair in pairs]


def page_of(actor: Actor, number: int) -> Page:
    """One page of both lists; a number past the end gives the last page."""
    near, linked = near_pairs(actor), linked_pairs(actor)
    last = max(1, -(-max(len(near), linked.count()) // PAGE))
    number = min(number, last)
    shown = slice((number - 1) * PAGE, number * PAGE)
    return Page(
        number=number,
        found=len(near),
        is_cut=len(near) == MOST,
        near=_with_clients(near[shown], actor),
        linked=list(linked.select_related("first", "second")[shown]),
        previous_url=f"?page={number - 1}" if number > 1 else "",
        next_url=f"?page={number + 1}" if number < last else "",
    )


def _with_clients(pairs: list[Near], actor: Actor) -> list[NearPair]:
    clients = Client.objects.visible_to(actor).in_bulk(
        {pk for pair in pairs for pk in (pair.first_id, pair.second_id)}
    )
    return [
        NearPair(clients[pair.first_id], clients[pair.second_id], pair.likeness)
        for pair in pairs
        if pair.first_id in clients and pair.second_id in clients  # one may be deleted this very moment
    ]


def _alike(people: Iterable[tuple]) -> Iterator[Near]:
    """Every two that are alike, as they are met. Takes number and attributor of each, the highest number first."""
    under: dict[tuple, list[tuple[int, Attributor]]] = defaultdict(list)
    for pk, *known in people:
        attributor = Attributor(*known)
        marks = _marks(attributor)
        met = {other: theirs for mark in marks for other, theirs in under[mark]}
        for other, theirs in met.items():
            yield Near(pk, other, likeness(attributor, theirs))
        for mark in marks:
            under[mark].append((pk, attributor))


def _marks(one: Attributor) -> list[tuple]:
    """Two attributors share a mark exactly if they are the same or one slip apart (see `likeness`)."""
    initials, written = one.first_initial + one.last_initial, f"{one.born:%d%m%Y}"
    day_and_month = tuple(sorted([written[:2], written[2:4]]))
    return [
        ("any sex", initials, written),
        ("initials", "".join(sorted(initials)), written, one.sex),
        ("day and month", initials, day_and_month, written[4:], one.sex),
        *(
            ("one digit", initials, written[:place], written[place + 1 :], one.sex)
            for place in range(len(written))
        ),
    ]
