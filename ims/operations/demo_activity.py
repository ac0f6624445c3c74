"""What the demo services have recorded: a few people with a few months of visits, one No, one who objects."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from clients.actions import Consent, Details, dummy_client, register_client
from clients.attributor import parse_attributor
from clients.forms import INFORMATION_SHEET
from clients.models import Client
from ims.core.actor import Actor
from ims.core.dates import LONDON
from interventions.brief_intervention.action import Intervention, record_brief_interventions
from interventions.syringe_exchange.action import Exchange, record_exchanges

# attributor, consent, details: made-up people, with real postcodes of the example list.
CLIENTS = {
    "WIR2022": [
        (
            "AB05051985M",
            True,
            Details(postcode="CH41 3RB", ethnicity="A", main_substance="HEROIN", injecting_status="C"),
        ),
        ("CD17091979F", True, Details(ethnicity="A", main_substance="CRACK", injecting_status="C")),
        ("EF23111994M", True, Details(nationality="GBR", main_substance="AAS", injecting_status="C")),
        ("GH02021968M", False, Details(main_substance="HEROIN", injecting_status="C")),
    ],
    "LIV2001": [
        ("AB05051985M", True, Details(main_substance="HEROIN", injecting_status="C")),
        ("KL30061990F", True, Details(main_substance="ALCOHOL", injecting_status="N")),
        ("MN12121975M", True, Details(main_substance="AMPHET", injecting_status="P")),
    ],
}
ITEMS = {"AAS": {"BARREL_2": 10, "NEEDLE_GREEN": 10, "NEEDLE_BLUE": 10}}
VISITS = 12


def record_activity(staff: dict[str, Actor], at: datetime) -> None:
    """Register the demo clients by provider code, and record their visits up to `at`."""
    chance = Random("demo")
    for code, people in CLIENTS.items():
        for attributor, given, details in people:
            client = _register(attributor, given, details, staff[code], at - timedelta(days=300), chance)
            _visits(client, details.main_substance, staff[code], at, chance)
        dummy = dummy_client(submission_id=_submission(chance), at=at, by=staff[code])
        _exchange(dummy, "HEROIN", staff[code], at - timedelta(days=3), chance)


def _register(attributor, given, details, by, at, chance) -> Client:
    return register_client(
        attributor=parse_attributor(attributor, today=at.date()),
        consent=Consent(given, "spoken", INFORMATION_SHEET),
        details=details,
        submission_id=_submission(chance),
        at=at,
        by=by,
    )


def _visits(client, drug, by, at, chance) -> None:
    for days_ago in sorted(chance.sample(range(1, 290), VISITS), reverse=True):
        moment = at - timedelta(days=days_ago)
        if drug == "ALCOHOL" or chance.random() < 0.3:
            _intervention(client, by, moment, chance)
        else:
            _exchange(client, drug, by, moment, chance)


def _exchange(client, drug, by, at, chance) -> None:
    line = Exchange(
        client=client,
        on=at.astimezone(LONDON).date(),
        items=ITEMS.get(drug, {"SYR_FIXED_1": chance.choice([5, 10, 20]), "CITRIC": 10}),
        returned=chance.choice([None, 0, 5, 10]),
        drug=drug,
        submission_id=_submission(chance),
    )
    record_exchanges(lines=[line], at=at, by=by)


def _intervention(client, by, at, chance) -> None:
    line = Intervention(
        client=client,
        on=at.astimezone(LONDON).date(),
        type=chance.choice(INTERVENTIONS),
        minutes=chance.choice([None, 5, 10, 15]),
        submission_id=_submission(chance),
    )
    record_brief_interventions(lines=[line], at=at, by=by)


def _submission(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


INTERVENTIONS = ("ADVICE", "SAFER_INJECTING", "OVERDOSE")
