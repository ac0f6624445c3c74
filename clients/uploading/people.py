"""The people of a file: read, placed, and registered or put right through the same actions as on the pages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from clients.actions import (
    Consent,
    Details,
    Newcomer,
    correct_client,
    decide_consent,
    dummy_client,
    register_clients,
)
from clients.barring.digests import names_of
from clients.columns import yes_no
from clients.known import DETAILS, Known, known_clients
from clients.models import Barred, Client
from clients.models.barred import Why
from clients.uploading.placing import OF_ANOTHER, NotPlaced, Placed, place
from clients.uploading.said import PersonReader, Said
from ims.bulk.layout import MovedOn, Reads, Row
from ims.core.actor import Actor

REFUSED = {
    Why.ERASED: "This person was erased from your records at their request and is not brought back. Remove them at the source.",
    Why.OBJECTED: "This person objected and is kept under the dummy attributor alone. Send them as XX 05/05/1955, "
    "and remove the name at the source.",
}


def namer(series: str) -> Callable[[bytes], UUID]:
    """Names submissions by what they say, so that the same file again is the same submission.

    `series`: whose they are, and of what kind. Names of one series have one beginning and so lie together in an index,
    where names from all over it would have to be read, and written, page by page.
    """
    head = blake2b(series.encode(), digest_size=6).digest()
    return lambda said: UUID(bytes=head + blake2b(said, digest_size=10, key=head).digest(), version=5)


class People:
    def __init__(self, actor: Actor, how: Reads):
        self.actor = actor
        self.known = known_clients(actor)
        self.barred = dict(Barred.objects.visible_to(actor).values_list("digest", "why"))
        self.reader = PersonReader(actor, how)
        self._name = namer(f"{actor.provider_id} client")
        self._new: list[tuple[Known, Said]] = []  # placed and not yet registered
        self._placed: dict[
            int, Placed
        ] = {}  # who was placed and has nothing to change, by the identity of what was said

    def read(self, row: Row) -> Said:
        """Puts the faults of the person into the row."""
        said = self.reader.read(row)
        for fault in said.faults:
            row.reject(fault.column, fault.words)
        return said

    def is_as_held(self, cells: Mapping[str, str]) -> bool:
        """Whether a row of the Local Extract says just what is held: whatever has been retired since, it may stay."""
        one = self.known.with_ims_id(cells.get("ims_id", ""))
        if one is None:
            return False
        who = one.attributor
        held = {
            "first_initial": who.first_initial, "last_initial": who.last_initial,
            "date_of_birth": who.born.isoformat(), "sex": who.sex, "consent": yes_no(one.consent), **one.details,
        }  # fmt: skip
        return all(cells[name] == text for name, text in held.items() if name in cells)

    def place(self, row: Row, said: Said, *, brings: bool = True, of: int | None = None) -> Placed | None:
        """Whom the row is about; somebody new is known from here on, unless the row is to bring nobody.

        None, and a fault in the row, where nobody can say, or where it is not the client with the key `of`.
        """
        try:
            placed = self._placed.get(id(said)) or self._found(said)
            if of is not None and (placed.known is None or placed.known.pk != of):
                raise NotPlaced("", OF_ANOTHER)
        except NotPlaced as fault:
            row.reject(fault.column, fault.words)
            return None
        self._follow(placed, brings)
        if placed.marks:
            row.marks.extend(placed.marks)
        return placed

    def _found(self, said: Said) -> Placed:
        """Raises NotPlaced."""
        try:
            placed = place(said, self.known)
        except NotPlaced:
            self._refuse_barred(Placed(said, None))  # which says more than that somebody was deleted
            raise
        self._refuse_barred(placed)
        return placed

    def _follow(self, placed: Placed, brings: bool) -> None:
        """What is known follows the row."""
        if placed.known is None:
            if brings:
                self._bring(placed)
        elif placed.changes():
            self._placed.clear()
            self._take_over(placed)
        else:  # it keeps what was said, so that its identity is nobody else's
            self._placed[id(placed.said)] = placed

    def _bring(self, placed: Placed) -> None:
        said = placed.said
        if not said.is_dummy and self.known.with_attributor(said.attributor):
            self._placed.clear()  # there are two of them from here on
        placed.known, placed.is_new = self._newcomer(said), True

    def _refuse_barred(self, placed: Placed) -> None:
        """Whoever was erased here, or objected, does not come back by a file: neither as somebody new, nor by another
        client's being called so from now on. Raises NotPlaced.
        """
        if not self.barred or placed.said.is_dummy:
            return
        for name in self._names_given(placed):
            if why := self.barred.get(name):
                raise NotPlaced("", REFUSED[why])

    def _names_given(self, placed: Placed) -> list[str]:
        """The names, as digests, that somebody would have by this row and has not yet."""
        said, one, provider = placed.said, placed.known, self.actor.provider_id
        if one is None:
            return names_of(said.attributor, said.own_reference, provider)
        if not placed.corrects:
            return []
        has = names_of(one.attributor, one.own_reference, provider)
        given = names_of(placed.attributor, placed.details.get("own_reference", ""), provider)
        return [name for name in given if name not in has]

    def the_dummy(self) -> Known:
        """The service's dummy, which is made when the first row about it is written."""
        return self.known.dummy or self._newcomer(Said(is_dummy=True))

    def _newcomer(self, said: Said) -> Known:
        details = {**dict.fromkeys(DETAILS, ""), **said.details}
        if said.is_dummy:
            one = Known(None, "", None, False, 1, details, is_dummy=True)
        else:
            one = Known(None, "", said.attributor, said.consent, 1, details)
            self._new.append((one, said))
        self.known.add(one)
        return one

    def _take_over(self, placed: Placed) -> None:
        """What is known follows the rows, so that the next row about the same person has nothing more to change."""
        one = placed.known
        if placed.withdraws:
            one.consent = False
        if placed.corrects:
            reference = placed.details.get("own_reference", one.own_reference)
            if (placed.attributor, reference) != (one.attributor, one.own_reference):
                self.known.rename(one, placed.attributor, reference)
            one.details.update(placed.details)

    def register(self, *, at: datetime, by: Actor) -> None:
        """Register who was placed as new since the last time, and the dummy where it is needed."""
        waiting, self._new = self._new, []
        if waiting:
            newcomers = [self._as_registered(said) for _, said in waiting]
            clients = register_clients(newcomers=newcomers, at=at, by=by)
            for (one, _), client in zip(waiting, clients, strict=True):
                one.pk = client.pk
        dummy = self.known.dummy
        if dummy and dummy.pk is None:
            dummy.pk = dummy_client(submission_id=self._name(b"dummy"), at=at, by=by).pk

    def _as_registered(self, said: Said) -> Newcomer:
        consent = Consent(said.consent, said.how, self.actor.information_sheet)
        return Newcomer(said.attributor, consent, Details(**said.details), self._name(said.who.encode()))

    def put_right(self, placed: Iterable[Placed], *, at: datetime, by: Actor) -> None:
        """Take over what rows state of clients who were held. Raises MovedOn."""
        for one in placed:
            client = self._as_read(one.known, by)
            if one.corrects:
                details = replace(Details.of(client), **one.details)
                client = correct_client(
                    client=client, attributor=one.attributor, details=details,
                    expected_version=client.version, at=at, by=by,
                )  # fmt: skip
            if one.withdraws:
                no = Consent(False, one.said.how, by.information_sheet)
                decide_consent(client=client, consent=no, expected_version=client.version, at=at, by=by)
                client.refresh_from_db(fields=["version"])
            one.known.version = client.version

    def _as_read(self, known: Known, by: Actor) -> Client:
        """The record, held until the act ends, as it was when the file was planned: whoever put it right meanwhile,
        an officer perhaps, is not undone. Raises MovedOn.
        """
        client = Client.objects.visible_to(by).select_for_update().filter(pk=known.pk).first()
        if client is None or client.version != known.version:
            raise MovedOn
        return client
