"""Who comes to the demo services: made-up people, with real postcodes of the example list.

At Harbour two records may be one person (EF and EF again, one digit apart); at Riverside two people have one attributor and
are told apart by own reference. AB comes to Riverside too, because Harbour refers him (referring.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clients.actions import Consent, Details, dummy_client, register_client
from clients.attributor import parse_attributor
from clients.duplicates.action import tell_apart
from clients.forms import INFORMATION_SHEET
from clients.models.consent import How
from ims.core.dates import today
from ims.operations.demo.service import Service


@dataclass(frozen=True)
class Person:
    """`since` is so many days ago; `pack` is what they usually take, and empty where they take no equipment."""

    attributor: str
    details: Details = field(default_factory=Details)
    consent: bool = True
    since: int = 290
    visits: int = 12
    pack: str = ""


HARBOUR: Mapping[str, Person] = {
    "AB": Person(
        "AB05051985M",
        Details(postcode="CH41 3RB", ethnicity="A", main_substance="HEROIN", route="1", injecting_status="C"),
        visits=16,
        pack="Blue pack",
    ),
    "CD": Person(
        "CD17091979F",
        Details(postcode="CH42 9LU", ethnicity="A", main_substance="CRACK", injecting_status="C"),
        pack="Blue pack",
    ),
    "EF": Person(
        "EF23111994M",
        Details(nationality="GBR", main_substance="AAS", route="1", injecting_status="C"),
        pack="Steroid pack",
    ),
    "EF again": Person(
        "EF23111984M",
        Details(main_substance="AAS", injecting_status="C"),
        since=40,
        visits=2,
        pack="Steroid pack",
    ),
    "GH": Person(
        "GH02021968M",
        Details(main_substance="HEROIN", injecting_status="C"),
        consent=False,
        pack="Blue pack",
    ),
    "PW": Person(
        "PW09031988F",
        Details(postcode="ZZ99 3VZ", main_substance="SPEEDBALL", route="1", injecting_status="C"),
        since=75,
        visits=6,
        pack="Blue pack",
    ),
    "RT": Person(
        "RT11071972M",
        Details(
            postcode="CH43 2NB", ethnicity="A", main_substance="ALCOHOL", route="4", injecting_status="N"
        ),
        since=118,
        visits=4,
    ),
}
RIVERSIDE: Mapping[str, Person] = {
    "KL": Person(
        "KL30061990F",
        Details(
            postcode="L17 3WZ",
            own_reference="RO-0102",
            main_substance="ALCOHOL",
            route="4",
            injecting_status="N",
        ),
    ),
    "MN": Person(
        "MN12121975M",
        Details(postcode="L14 0JP", own_reference="RO-0117", main_substance="AMPHET", injecting_status="P"),
        pack="Foil pack",
    ),
    "ST": Person(
        "ST14061988M",
        Details(own_reference="RO-0123", main_substance="HEROIN", injecting_status="C"),
        since=200,
        visits=8,
        pack="Street pack",
    ),
    "ST's twin": Person(
        "ST14061988M",
        Details(own_reference="RO-0124", main_substance="HEROIN", route="3", injecting_status="P"),
        since=198,
        visits=5,
        pack="Foil pack",
    ),
    "UV": Person(
        "UV08081981M",
        Details(postcode="ZZ99 3VZ", own_reference="RO-0131", main_substance="HEROIN", injecting_status="C"),
        consent=False,
        since=210,
        visits=10,
        pack="Street pack",
    ),
}
REFERRED = Person(  # AB as Riverside knows him: what of it he tells them again
    "AB05051985M",
    Details(postcode="CH41 3RB", own_reference="RO-0140", main_substance="HEROIN", injecting_status="C"),
    since=62,
    visits=6,
    pack="Street pack",
)
TWINS = ("ST", "ST's twin")
DUMMY = "XX"
FIRST_OBJECTED = 30  # days ago


def register_people(service: Service, people: Mapping[str, Person]) -> None:
    """Register everybody on their first day, and whoever objects as the dummy."""
    for who, person in people.items():
        at = service.opening(person.since)
        service.clients[who] = register_client(
            attributor=parse_attributor(person.attributor, today=today(at)),
            consent=said(person.consent),
            details=person.details,
            submission_id=service.submission(),
            at=at,
            by=service.staff,
        )
    service.clients[DUMMY] = dummy_client(
        submission_id=service.submission(), at=service.opening(FIRST_OBJECTED), by=service.staff
    )


def tell_twins_apart(service: Service) -> None:
    """Somebody looked at the two together: not the same person, for ever."""
    one, other = (service.clients[who] for who in TWINS)
    tell_apart(client=one, others=[other], at=service.moment(190), by=service.staff)


def said(given: bool, *, retrospectively: bool = False) -> Consent:
    """A decision about consent as it is said at a counter."""
    return Consent(given, How.SPOKEN, INFORMATION_SHEET, sought_retrospectively=retrospectively)
