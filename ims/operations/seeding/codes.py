"""Every code that made-up data may hold has to be in the loaded lists: nothing is made up that nobody could record."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from ims.codelists import lists
from ims.operations.seeding import assessments, referring, shares, stock, supplies
from ims.operations.seeding.services import PLACES


class NotInTheLists(LookupError):
    """The loaded lists lack codes that the seed uses. The message names them."""


def check(on: date) -> None:
    """Raises NotInTheLists where a code cannot be chosen on that day."""
    lists.forget()
    missing = [
        f"{key} {code}"
        for key, codes in used().items()
        for code in sorted(set(codes) - {""})
        if not lists.is_in_force(key, code, on)
    ]
    if missing:
        raise NotInTheLists(", ".join(missing))


def used() -> Mapping[str, Iterable[str]]:
    """The codes by list; "" stands for not asked and is in none."""
    cohorts = list(shares.COHORTS.values())
    packs = [*stock.PACKS.values(), stock.BESIDE]
    kits = [kit for kits in (*stock.KITS.values(), *stock.OF_COHORT.values()) for kit in kits]
    return {
        "substance": _all(cohort.drugs for cohort in cohorts),
        "route": _all(cohort.routes for cohort in cohorts),
        "injecting_status": _all(cohort.injecting for cohort in cohorts),
        "intervention_type": _all(cohort.help for cohort in cohorts),
        "intervention_setting": stock.SETTINGS,
        "ethnicity": shares.ETHNICITIES,
        "nationality": shares.NATIONALITIES,
        "equipment": _all([*(kit.each for kit in kits), *(kit.bin for kit in kits), *packs]),
        "place": _all(PLACES.values()),
        "naloxone_kit": supplies.KITS,
        "naloxone_reason": supplies.REASONS,
        "answer": _all([supplies.TRAINED, supplies.TRAINED_AGAIN, supplies.USED.values()]),
        "accommodation": assessments.ACCOMMODATION,
        "employment": assessments.EMPLOYMENT,
        "referral_source": _all(referring.SOURCES.values()),
        "referral_destination": [destination for _, destination in referring.DESTINATIONS],
        "referral_reason": _all(
            [
                referring.REASONS_IN,
                referring.REASONS_TO_PARTNER,
                (reason for reason, _ in referring.DESTINATIONS),
            ]
        ),
        "decline_reason": referring.DECLINED_BECAUSE,
    }


def _all(codes: Iterable[Iterable[str]]) -> list[str]:
    return list(chain.from_iterable(codes))
