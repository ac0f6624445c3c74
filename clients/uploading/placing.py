"""Which of a service's clients a row is about, and what of them it would change.

A file never undoes a right: a later No stays No, and what a person had put right, moved to the dummy or erased stays so.
A source goes on sending what was put right here: so a client is found by a former name as well, where nobody has it now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clients.attributor import Attributor
from clients.known import Former, Known, KnownClients
from clients.uploading.said import Said
from ims.bulk.layout import Mark, Note

NOT_HERE = "No client of your service has this IMS ID."
STAYS_NO = "This client said No here. The file's Yes is not taken over: ask the client, and record the answer on their page."
SAID_NO = (
    "A client with this attributor said No here, under another reference of yours ({}). Nobody is brought in beside them with "
    "a Yes by a file: give that reference, or, if this is somebody else, register them on the page."
)
WAS_DELETED = "This client was deleted here and is not brought back by a file. If they should be here, bring them back under “Deleted records”."
OF_ANOTHER = "The record with this key is another client's. A record cannot be moved by a file."
TAKEN = "Another client here has this attributor and own reference already ({}). Check which of the two the row is about."
STAYS_CORRECTED = (
    "This client was called so once and was put right here. Initials, date of birth, sex and own reference stay as they are here: "
    "put them right at the source."
)
STAYS_RECTIFIED = (
    "The central team put this client right at their own request. What the file says instead is not taken over: "
    "put it right at the source."
)


class NotPlaced(ValueError):
    """The row cannot be given to one client. The message says how to mend it."""

    def __init__(self, column: str, words: str):
        super().__init__(words)
        self.column, self.words = column, words


@dataclass(slots=True)
class Placed:
    """`known` is whom the row is about; None is somebody new. The last two are what they are to be called."""

    said: Said
    known: Known | None
    marks: tuple[Mark, ...] = ()
    withdraws: bool = False  # the row says No of somebody who said Yes
    corrects: bool = False  # the row states something else than is held
    is_new: bool = False  # the row is the first about somebody whom the file brings
    attributor: Attributor | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    def changes(self) -> bool:
        return self.withdraws or self.corrects


def place(said: Said, known: KnownClients) -> Placed:
    """Raises NotPlaced."""
    if said.is_dummy:
        return Placed(said, known.dummy, said.marks)
    one, marks = _who(said, known)
    marks = (*said.marks, *marks)
    if one is None:
        _refuse_beside_a_no(said, known)
        return Placed(said, None, marks)
    if said.consent and not one.consent:
        marks = (*marks, Mark("consent", STAYS_NO, Note.RIGHT))
    placed = Placed(said, one, marks, withdraws=one.consent and not said.consent)
    _correct(placed, known)
    return placed


def _correct(placed: Placed, known: KnownClients) -> None:
    """What the row puts right of somebody who is held, and what of it stays as it is. Raises NotPlaced."""
    said, one = placed.said, placed.known
    placed.attributor, placed.details = said.attributor, said.details
    is_former = not said.ims_id and is_called_otherwise(one, said.attributor, said.own_reference)
    if is_former:
        placed.attributor = one.attributor
        placed.details = {name: text for name, text in said.details.items() if name != "own_reference"}
    corrects = one.attributor != placed.attributor or any(
        one.details[name] != text for name, text in placed.details.items()
    )
    if one.is_rectified and (corrects or is_former):
        placed.marks = (*placed.marks, Mark("", STAYS_RECTIFIED, Note.RIGHT))
        return
    if is_former:
        placed.marks = (*placed.marks, Mark("", STAYS_CORRECTED, Note.RIGHT))
    placed.corrects = corrects
    if corrects:
        _refuse_taken(placed, known)


def _refuse_taken(placed: Placed, known: KnownClients) -> None:
    """Raises NotPlaced where the client would be called like another one."""
    reference = placed.details.get("own_reference", placed.known.own_reference)
    for other in known.with_attributor(placed.attributor):
        if other is not placed.known and other.own_reference == reference:
            raise NotPlaced("own_reference", TAKEN.format(_references([other])))


def _refuse_beside_a_no(said: Said, known: KnownClients) -> None:
    """A source that changes its references would bring everybody back with a Yes who has said No. Raises NotPlaced."""
    said_no = [one for one in known.with_attributor(said.attributor) if one.ims_id and not one.consent]
    if said.consent and said_no:
        raise NotPlaced("consent", SAID_NO.format(_references(said_no)))


def _who(said: Said, known: KnownClients) -> tuple[Known | None, tuple[Mark, ...]]:
    if said.ims_id:
        one = known.with_ims_id(said.ims_id)
        if one is None:
            raise NotPlaced("ims_id", NOT_HERE)
        return one, ()
    return called(said.attributor, said.own_reference, known)


def called(
    attributor: Attributor, reference: str, known: KnownClients
) -> tuple[Known | None, tuple[Mark, ...]]:
    """Whom a service calls so, or called so once: twins exist, and the own reference tells them apart.

    None where it calls nobody so. Raises NotPlaced where it may be several, or somebody who was deleted.
    """
    same, once = known.with_attributor(attributor), known.formerly_with(attributor)
    if not same and not once:
        return None, ()
    exact = next((one for one in same if one.own_reference == reference), None)
    exact = exact or next((one for one in same if _alike(one.own_reference, reference)), None)
    if exact:
        return exact, (_several(same),) if len(same) > 1 else ()
    if reference and (one := _only([one for one in _held(once) if _alike(one.own_reference, reference)])):
        return one, ()
    if len(same) == 1 and not (reference and same[0].own_reference):
        return same[0], ()
    if same and not reference:
        raise NotPlaced("own_reference", _which(same))
    one = _once(reference, once, same)
    return one, (_several(same),) if same and one is None else ()


def _once(reference: str, once: Sequence[Former], same: Sequence[Known]) -> Known | None:
    """Whom the service called so before. Raises NotPlaced."""
    likely = [
        one
        for one in once
        if _alike(one.own_reference, reference) or not (same or (one.own_reference and reference))
    ]
    held = _held(likely)
    if likely and not held:
        raise NotPlaced("", WAS_DELETED)
    one = _only(held)
    if held and one is None and not same:
        raise NotPlaced("own_reference", _which([one.known for one in held]))
    return one


def _held(once: Iterable[Former]) -> list[Former]:
    return [one for one in once if not one.known.is_deleted]


def _only(likely: Sequence[Former]) -> Known | None:
    """Whom they all mean; None where that is nobody, or several."""
    found = {id(one.known): one.known for one in likely}
    return next(iter(found.values())) if len(found) == 1 else None


def _alike(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def is_called_otherwise(one: Known, attributor: Attributor, reference: str) -> bool:
    """Whether a client has another name now than the one by which they were found."""
    has_another = bool(reference and one.own_reference) and not _alike(one.own_reference, reference)
    return one.attributor != attributor or has_another


def _several(same: Sequence[Known]) -> Mark:
    return Mark(
        "own_reference",
        f"Somebody else here has the same initials, date of birth and sex ({_references(same)}): told apart by your reference.",
    )


def _which(same: Sequence[Known]) -> str:
    return f"{len(same)} clients here have this attributor. Say which one is meant in own_reference: {_references(same)}."


def _references(same: Sequence[Known]) -> str:
    return ", ".join(one.own_reference or "no reference" for one in same)
