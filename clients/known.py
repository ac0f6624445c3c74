"""Whom a service knows: all its clients by what a file can name them with, read once for a file of any length.

Nobody else's clients are ever looked at: a file is matched within its own service. What a client was called before is
kept apart: a source goes on calling them so after the service has put it right.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from clients.attributor import Attributor
from clients.models import Client
from ims.core.actor import Actor

NAME = ("first_initial", "last_initial", "date_of_birth", "sex", "own_reference")
DETAILS = (
    "postcode", "ethnicity", "nationality", "own_reference", "main_substance", "route", "injecting_status",
)  # fmt: skip
_COLUMNS = (
    "pk",
    "ims_id",
    "first_initial",
    "last_initial",
    "date_of_birth",
    "sex",
    "consent",
    "version",
    *DETAILS,
)


@dataclass(slots=True)
class Known:
    """A client as far as a file can say anything of one. `pk` is None of somebody whom the file itself brings."""

    pk: int | None
    ims_id: str
    attributor: Attributor
    consent: bool
    version: int
    details: dict[str, str]
    is_dummy: bool = False
    is_rectified: bool = False  # the central team put it right at the person's request
    is_deleted: bool = False

    @property
    def own_reference(self) -> str:
        return self.details["own_reference"]


@dataclass(frozen=True, slots=True)
class Former:
    """What a client was called before, or is called who was deleted here."""

    own_reference: str
    known: Known


@dataclass
class KnownClients:
    """The dummy is apart: it is nobody, so that no attributor finds it. Who is deleted is found among the former alone."""

    dummy: Known | None = None
    _by_attributor: dict[Attributor, list[Known]] = field(default_factory=lambda: defaultdict(list))
    _by_ims_id: dict[str, Known] = field(default_factory=dict)
    _formerly: dict[Attributor, list[Former]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Known) -> None:
        if one.is_deleted:
            self.add_former(one.attributor, one.own_reference, one)
            return
        if one.ims_id:
            self._by_ims_id[one.ims_id] = one
        if one.is_dummy:
            self.dummy = one
            return
        self._by_attributor[one.attributor].append(one)

    def add_former(self, attributor: Attributor, own_reference: str, one: Known) -> None:
        self._formerly[attributor].append(Former(own_reference, one))

    def rename(self, one: Known, attributor: Attributor, own_reference: str) -> None:
        """From here on it is found by another name, and by this one as its former."""
        self._by_attributor[one.attributor].remove(one)
        self.add_former(one.attributor, one.own_reference, one)
        one.attributor, one.details["own_reference"] = attributor, own_reference
        self._by_attributor[attributor].append(one)

    def with_attributor(self, attributor: Attributor) -> Sequence[Known]:
        return self._by_attributor.get(attributor, ())

    def formerly_with(self, attributor: Attributor) -> Sequence[Former]:
        return self._formerly.get(attributor, ())

    def with_ims_id(self, ims_id: str) -> Known | None:
        return self._by_ims_id.get(ims_id)


def known_clients(actor: Actor) -> KnownClients:
    """All clients of the actor's service, the deleted ones among them. Two queries."""
    known, by_key = KnownClients(), {}
    own = Client.objects.visible_to(actor, even_deleted=True).order_by("pk")
    rows = own.values_list(*_COLUMNS, "is_dummy", "rectified_at", "deleted_at")
    for row in rows.iterator(chunk_size=5000):
        one = _known(row)
        known.add(one)
        if one.version > 1:
            by_key[one.pk] = one
    for pk, attributor, own_reference in _former_names(actor):
        if pk in by_key:  # else it was changed between the two queries, for the first time
            known.add_former(attributor, own_reference, by_key[pk])
    return known


def _former_names(actor: Actor) -> Iterable[tuple[int, Attributor, str]]:
    """What clients were called before somebody put it right, by their keys."""
    own = Client.objects.visible_to(actor, even_deleted=True)
    changed = own.real().filter(version__gt=1)
    as_now = own.filter(pk=OuterRef("id"), **{name: OuterRef(name) for name in NAME})
    once = Client.history.filter(provider_id=actor.provider_id, id__in=changed.values("pk"))
    rows = once.exclude(Exists(as_now)).order_by("id").values_list("id", *NAME).distinct()
    for pk, first, last, born, sex, own_reference in rows.iterator(chunk_size=5000):
        yield pk, Attributor(first, last, born, sex), own_reference


def _known(row: tuple) -> Known:
    pk, ims_id, first, last, born, sex, consent, version, *details, is_dummy, rectified_at, deleted_at = row
    named = dict(zip(DETAILS, details, strict=True))
    return Known(
        pk,
        ims_id,
        Attributor(first, last, born, sex),
        consent,
        version,
        named,
        is_dummy,
        rectified_at is not None,
        deleted_at is not None,
    )
