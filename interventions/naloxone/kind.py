"""Supplies of naloxone as the spanning pages show them."""

from ims.codelists import lists
from ims.core.kind import Column, Kind
from interventions.naloxone.action import change_naloxone, record_naloxone, says_already
from interventions.naloxone.form import NaloxoneForm, held
from interventions.naloxone.model import Naloxone, Supply


def _kits(supply: Naloxone) -> str:
    return ", ".join(f"{n} × {lists.label_of('naloxone_kit', code)}" for code, n in supply.kits.items())


def _said(key: str, code: str) -> str:
    return lists.label_of(key, code) if code else "not asked"


def _why(supply: Naloxone) -> str:
    return f" ({_said('naloxone_reason', supply.reason).lower()})" if supply.reason else ""


def _line(supply: Naloxone) -> str:
    training = _said("answer", supply.training).lower()
    used = f" · last kit used: {_said('answer', supply.used).lower()}" if supply.used else ""
    return f"{_kits(supply)} · {Supply(supply.supply).label}{_why(supply)} · training given: {training}{used}"


def _details(supply: Naloxone) -> list[tuple[str, str]]:
    of_resupply = supply.supply == Supply.AGAIN
    return [
        ("Given out", _kits(supply)),
        ("Supply", Supply(supply.supply).label),
        ("Reason", _said("naloxone_reason", supply.reason) if of_resupply else "not applicable"),
        ("Last kit used", _said("answer", supply.used) if of_resupply else "not applicable"),
        ("Training given", _said("answer", supply.training)),
    ]


KIND = Kind(
    key="naloxone",
    slug="naloxone",
    label="Naloxone supply",
    noun="naloxone supply",
    plural="Naloxone",
    model=Naloxone,
    line=_line,
    details=_details,
    columns=[
        Column("kits", lambda record: ";".join(f"{code}={n}" for code, n in record.kits.items())),
        Column("supply", lambda record: record.supply),
        Column("reason", lambda record: record.reason),
        Column("training", lambda record: record.training),
        Column("used", lambda record: record.used),
    ],
    form=NaloxoneForm,
    held=held,
    record=record_naloxone,
    change=change_naloxone,
    says_already=says_already,
    template="interventions/naloxone.html",
)
