"""What the managers of the demo services have settled: sites, packs, rules of recording and a confidentiality policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ims.core.dates import today
from ims.operations.demo.service import Service
from ims.providers.actions import add_site, set_information, set_recording_rules
from ims.providers.models import INFORMATION_SHEET, PolicyPoint
from interventions.packs.action import add_pack, mark_usual_pack, set_bill

SETTLED, BILL_CHANGED = 310, 100  # days ago

WORKS = {"SYR_FIXED_1": 10, "CITRIC": 10, "SPOON": 10, "FILTER": 10, "WIPE": 10, "SHARPS_S": 1}
OIL = {"BARREL_2": 10, "NEEDLE_GREEN": 10, "NEEDLE_BLUE": 10, "SHARPS_S": 1}
WITH_WIPES = {**OIL, "WIPE": 20}


@dataclass(frozen=True)
class Settled:
    """Sites by name with their postcodes; the first pack is the usual one; `later` are bills changed since."""

    sites: Mapping[str, str]
    places: Sequence[str]  # codes, of exchanges
    packs: Mapping[str, Mapping[str, int]]
    later: Mapping[str, Mapping[str, int]]
    instruments: Sequence[str]
    policy: str
    covers: Sequence[PolicyPoint]


HARBOUR = Settled(
    sites={"Harbour Street": "CH41 3RB", "Market branch": "CH42 4SB"},
    places=["PHARMACY"],
    packs={"Blue pack": WORKS, "Steroid pack": OIL},
    later={"Steroid pack": WITH_WIPES},
    instruments=["audit_c", "ons4"],
    policy="Your information at Harbour, version 3",
    covers=list(PolicyPoint),
)
RIVERSIDE = Settled(
    sites={"Riverside base": "L1 9DB", "The van": "", "Hope Hostel clinic": "L1 5JE"},
    places=["MOBILE", "MOBILE", "STREET", "HOSTEL", ""],
    packs={"Street pack": {**WORKS, "SYR_FIXED_1": 5, "WATER": 5}, "Foil pack": {"FOIL": 10}},
    later={},
    instruments=["audit_c", "ons4", "top_scales"],
    policy="Leaflet of the outreach team, 2024",
    covers=[PolicyPoint.COLLECTED, PolicyPoint.SHARED, PolicyPoint.RECIPIENTS],
)


def settle(service: Service, settled: Settled) -> None:
    """Open the sites, fill the packs and set the rules, by the manager."""
    _open_sites(service, settled.sites)
    service.places = list(settled.places)
    _fill_packs(service, settled)
    _set_rules(service, settled)


def _open_sites(service: Service, sites: Mapping[str, str]) -> None:
    at = service.opening(SETTLED)
    service.sites = [
        add_site(name=name, postcode=postcode, at=at, by=service.manager) for name, postcode in sites.items()
    ]


def _fill_packs(service: Service, settled: Settled) -> None:
    at, by = service.opening(SETTLED), service.manager
    for name, items in settled.packs.items():
        service.packs[name] = add_pack(
            name=name, items=items, valid_from=today(at), submission_id=service.submission(), at=at, by=by
        )
    usual = next(iter(settled.packs))
    service.packs[usual] = mark_usual_pack(pack=service.packs[usual], at=at, by=by)
    at = service.opening(BILL_CHANGED)
    for name, items in settled.later.items():
        pack = service.packs[name]
        set_bill(pack=pack, items=items, valid_from=today(at), expected_version=pack.version, at=at, by=by)


def _set_rules(service: Service, settled: Settled) -> None:
    at, by = service.moment(SETTLED), service.manager
    provider = service.provider
    provider = set_recording_rules(
        provider=provider,
        backdating_days=provider.backdating_days,
        review_weeks=provider.review_weeks,
        instruments=settled.instruments,
        expected_version=provider.version,
        at=at,
        by=by,
    )
    set_information(
        provider=provider,
        information_sheet=INFORMATION_SHEET,
        policy_version=settled.policy,
        policy_on=today(at) - timedelta(days=90),
        policy_covers=settled.covers,
        expected_version=provider.version,
        at=at,
        by=by,
    )
