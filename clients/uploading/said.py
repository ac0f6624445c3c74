"""What one row says of a person, read by the very form that registers one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clients.attributor import DUMMY_BORN, Attributor, slips_of
from clients.forms import RegisterForm
from clients.ims_id import is_ims_id, plain_ims_id
from clients.known import DETAILS
from clients.models.consent import How
from ims.bulk.layout import Fault, Mark, Reads, Row
from ims.bulk.reader import NOBODY, FormReader
from ims.core.actor import Actor

REMEMBERED = 50_000  # people whose row is not read twice
CELLS = (
    "ims_id", "first_initial", "last_initial", "date_of_birth", "sex", "consent", "consent_how", *DETAILS,
)  # fmt: skip
NOTHING = dict.fromkeys(CELLS, "")
SEX = {"m": "M", "f": "F"}
YES_NO = {"y": "yes", "n": "no", "yes": "yes", "no": "no"}
HOW = {"s": How.SPOKEN, "w": How.WRITTEN, **{one.label.lower(): one.value for one in How}}
NEARLY_DUMMY = "This is nearly the dummy attributor, XX 05/05/1955. If the person objected, write it so; if not, check the row."
NOT_OF_DUMMY = "For somebody who objects nothing but the contact is kept: what else the row says is left out."
NO_SUCH_ID = "This is no IMS ID: ten characters, as the extract or the client's page shows it."


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """`details` holds what is stated alone: an empty cell says nothing, and takes nothing away."""

    ims_id: str = ""
    attributor: Attributor | None = None
    is_dummy: bool = False
    consent: bool = False
    how: str = How.SPOKEN
    details: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    marks: tuple[Mark, ...] = ()
    who: str = ""  # as part of the name of a row: "" of somebody who objects

    @property
    def own_reference(self) -> str:
        return self.details.get("own_reference", "")


class PersonReader:
    def __init__(self, actor: Actor, how: Reads):
        self.form = RegisterForm(modules=actor.modules)
        self.reader = FormReader(self.form)
        self.pick = how.picker(CELLS)
        self._read: dict[tuple[str, ...], Said] = {}

    def read(self, row: Row) -> Said:
        key = self.pick(row.written)
        said = self._read.get(key)
        if said is None:
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            said = self._read[key] = self._said({**NOTHING, **row.cells})
        return said

    def _said(self, cells: dict[str, str]) -> Said:
        errors = self.reader.read(self._typed(cells))
        read = self.form.cleaned_data
        if _is_dummy(read):
            return _of_dummy(cells)
        faults = [
            Fault("" if name == "__all__" else name, str(words))
            for name, said in errors.items()
            for words in said
        ]
        if cells["ims_id"] and not is_ims_id(cells["ims_id"]):
            faults.append(Fault("ims_id", NO_SUCH_ID))
        if faults:
            return Said(faults=tuple(faults))
        attributor, ims_id = self.form.attributor(), plain_ims_id(cells["ims_id"])
        return Said(
            ims_id=ims_id,
            who=f"{ims_id or attributor.text()} {read['own_reference']}",
            attributor=attributor,
            consent=read["consent"] == "yes",
            how=read["consent_how"],
            details={name: read[name] for name in DETAILS if read.get(name)},
            marks=(Mark("date_of_birth", NEARLY_DUMMY),) if is_nearly_dummy(attributor) else (),
        )

    def _typed(self, cells: dict[str, str]) -> dict[str, str]:
        """As the form would be filled in: Y, yes and Yes are one answer in a file."""
        return {
            **cells,
            "submission_id": NOBODY,
            "sex": SEX.get(cells["sex"], cells["sex"]),
            "consent": YES_NO.get(cells["consent"].lower(), cells["consent"]),
            "consent_how": HOW.get(cells["consent_how"].lower(), cells["consent_how"] or How.SPOKEN),
        }


def is_nearly_dummy(attributor: Attributor) -> bool:
    """One slip away from it: a digit of the date, or one of the initials."""
    initials = (attributor.first_initial, attributor.last_initial)
    if initials == ("X", "X"):
        return attributor.born in slips_of(DUMMY_BORN)
    return attributor.born == DUMMY_BORN and "X" in initials


def _is_dummy(read: Mapping) -> bool:
    """The dummy has no sex and no answer about consent, so those two may be missing."""
    initials = (read.get("first_initial"), read.get("last_initial"))
    return (*initials, read.get("date_of_birth")) == ("X", "X", DUMMY_BORN)


def _of_dummy(cells: Mapping[str, str]) -> Said:
    said_more = any(cells[name] for name in ("sex", *DETAILS))
    return Said(is_dummy=True, marks=(Mark("", NOT_OF_DUMMY),) if said_more else ())
