"""What an officer copies from one provider to another: rules, and packs with the bill of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ims.providers.models import Provider
from interventions.syringe_exchange.packs import Bill, Bills, Pack, PackContents


@dataclass(frozen=True)
class Copy:
    """`packs` are to be made; `already` are names that packs of the target have, which stay as they are."""

    packs: Sequence[Bill]
    already: Sequence[str]


def planned(*, target: Provider, source: Provider, on: date) -> Copy:
    """What would be copied on a day. Two queries."""
    packs, taken = _in_use(source, on), {bill.name for bill in _in_use(target, on)}
    return Copy(
        packs=[pack for pack in packs if pack.name not in taken],
        already=[pack.name for pack in packs if pack.name in taken],
    )


def make(packs: Sequence[Bill], target: Provider, *, on: date, submissions) -> list[Pack]:
    """Make the packs in the target, inside an action of the caller. A usual pack of its own stays the usual one."""
    has_usual = Pack.objects.filter(provider=target, is_usual=True).exists()
    made = []
    for bill in packs:
        pack = Pack.objects.create(
            provider=target,
            name=bill.name,
            is_usual=bill.is_usual and not has_usual,
            submission_id=next(submissions),
        )
        PackContents.objects.create(pack=pack, valid_from=on, items=bill.items)
        made.append(pack)
    return made


def _in_use(provider: Provider, on: date) -> list[Bill]:
    contents = PackContents.objects.filter(pack__provider=provider).select_related("pack")
    return Bills(contents.order_by("pack_id", "-valid_from")).in_use(on)
