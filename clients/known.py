"""Whom a service knows: all its clients by what a file can name them with, read once for a file of any length.

Nobody else's clients are ever looked at: a file is matched within its own service.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from clients.attributor import Attributor
from clients.models import Client
from ims.core.actor import Actor

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

    @property
    def own_reference(self) -> str:
        return self.details["own_reference"]


@dataclass
class KnownClients:
    """The dummy is apart: it is nobody, so that no attributor finds it."""

    dummy: Known | None = None
    _by_attributor: dict[Attributor, list[Known]] = field(default_factory=lambda: defaultdict(list))
    _by_ims_id: dict[str, Known] = field(default_factory=dict)
    _by_reference: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Known) -> None:
        if one.ims_id:
            self._by_ims_id[one.ims_id] = one
        if one.is_dummy:
            self.dummy = one
            return
        self._by_attributor[one.attributor].append(one)
        if one.own_reference:
            self._by_reference[one.own_reference].append(one)

    def with_attributor(self, attributor: Attributor) -> Sequence[Known]:
        return self._by_attributor.get(attributor, ())

    def with_ims_id(self, ims_id: str) -> Known | None:
        return self._by_ims_id.get(ims_id)

    def with_reference(self, reference: str) -> Sequence[Known]:
        return self._by_reference.get(reference, ())

    def everybody(self) -> Iterator[Known]:
        for some in self._by_attributor.values():
            yield from some


def known_clients(actor: Actor) -> KnownClients:
    """All clients of the actor's service that are not deleted. One query."""
    known = KnownClients()
    own = Client.objects.visible_to(actor).order_by("pk")
    for row in own.values_list(*_COLUMNS, "is_dummy", "rectified_at").iterator(chunk_size=5000):
        known.add(_known(row))
    return known


def _known(row: tuple) -> Known:
    pk, ims_id, first, last, born, sex, consent, version, *details, is_dummy, rectified_at = row
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
    )
