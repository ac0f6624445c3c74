"""Which of a service's clients a row is about, and what of them it would change.

A file never undoes a right: a later No stays No, and what a person had put right, moved to the dummy or erased stays so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clients.attributor import Attributor
from clients.known import Known, KnownClients
from clients.uploading.said import Said
from ims.bulk.layout import Mark, Note

NOT_HERE = "No client of your service has this IMS ID."
STAYS_NO = "This client said No here. The file's Yes is not taken over: ask the client, and record the answer on their page."


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
    """`known` is whom the row is about; None is somebody new."""

    said: Said
    known: Known | None
    marks: tuple[Mark, ...] = ()
    withdraws: bool = False  # the row says No of somebody who said Yes
    corrects: bool = False  # the row states something else than is held

    def changes(self) -> bool:
        return self.withdraws or self.corrects


def place(said: Said, known: KnownClients) -> Placed:
    """Raises NotPlaced."""
    if said.is_dummy:
        return Placed(said, known.dummy, said.marks)
    one, marks = _who(said, known)
    if one is None:
        return Placed(said, None, (*said.marks, *marks))
    if said.consent and not one.consent:
        marks = (*marks, Mark("consent", STAYS_NO, Note.RIGHT))
    corrects = one.attributor != said.attributor or any(
        one.details[name] != text for name, text in said.details.items()
    )
    if corrects and one.is_rectified:
        corrects, marks = False, (*marks, Mark("", STAYS_RECTIFIED, Note.RIGHT))
    withdraws = one.consent and not said.consent
    return Placed(said, one, (*said.marks, *marks), withdraws, corrects)


def _who(said: Said, known: KnownClients) -> tuple[Known | None, tuple[Mark, ...]]:
    if said.ims_id:
        one = known.with_ims_id(said.ims_id)
        if one is None:
            raise NotPlaced("ims_id", NOT_HERE)
        return one, ()
    same = known.with_attributor(said.attributor)
    return by_reference(said.own_reference, same, said.attributor) if same else (None, ())


def by_reference(
    reference: str, same: Sequence[Known], attributor: Attributor
) -> tuple[Known | None, tuple[Mark, ...]]:
    """Which of those with one attributor: twins exist, and the own reference tells them apart. Raises NotPlaced."""
    exact = next((one for one in same if one.own_reference == reference), None)
    if exact:
        return exact, (_several(same),) if len(same) > 1 else ()
    if len(same) == 1 and not (reference and same[0].own_reference):
        return same[0], ()
    if not reference:
        raise NotPlaced("own_reference", _which(same))
    return None, (_several(same),)


def _several(same: Sequence[Known]) -> Mark:
    return Mark(
        "own_reference",
        f"Somebody else here has the same initials, date of birth and sex ({_references(same)}): told apart by your reference.",
    )


def _which(same: Sequence[Known]) -> str:
    return f"{len(same)} clients here have this attributor. Say which one is meant in own_reference: {_references(same)}."


def _references(same: Sequence[Known]) -> str:
    return ", ".join(one.own_reference or "no reference" for one in same)
