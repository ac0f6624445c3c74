"""What people come for most: exchanges, mostly in packs, and short help; by chance, the same at every demo."""

from collections.abc import Mapping

from ims.operations.demo.clients import DUMMY, FIRST_OBJECTED, Person
from ims.operations.demo.service import Service
from interventions.brief_intervention.action import Intervention, record_brief_interventions
from interventions.syringe_exchange.action import Exchange, record_exchanges

ONLY_HELP = 0.3  # of the visits of people who take equipment
BESIDE = [{}, {}, {}, {"WIPE": 20}, {"SHARPS_L": 1}, {"CONDOM": 6}]  # the pack
LOOSE = {"SYR_FIXED_1": 5, "CITRIC": 5}  # instead of a pack
NOT_ASKED = None
RETURNED = [NOT_ASKED, NOT_ASKED, 0, 5, 10, 10, 20]
OTHERS = [NOT_ASKED, NOT_ASKED, 0, 0, 1, 3]
NOTES = ["", "", "", "", "", "", "Asked for a larger bin next time."]
HELP = {
    "HEROIN": ["ADVICE", "SAFER_INJECTING", "OVERDOSE", "BBV_TEST"],
    "AAS": ["IPED", "IPED", "ADVICE", "BBV_ADVICE"],
    "ALCOHOL": ["ALCOHOL_BI", "ALCOHOL_BI", "ONE_TO_ONE", "ADVICE"],
}
MINUTES = [NOT_ASKED, 5, 10, 15]


def record_visits(service: Service, people: Mapping[str, Person]) -> None:
    """Everybody's visits since their first day."""
    for who, person in people.items():
        for days_ago in _days(service, person):
            if person.pack and service.chance.random() >= ONLY_HELP:
                _exchange(service, who, person, days_ago)
            else:
                _help(service, who, person, days_ago)


def record_objector(service: Service) -> None:
    """An exchange of somebody who objects: what went out, and nothing of the person."""
    _record(service, DUMMY, FIRST_OBJECTED, items=LOOSE)


def _days(service: Service, person: Person) -> list[int]:
    """How many days ago they came, the first visit on the day that they were registered."""
    later = service.chance.sample(range(4, person.since), person.visits - 1)
    return [person.since, *sorted(later, reverse=True)]


def _exchange(service: Service, who: str, person: Person, days_ago: int) -> None:
    packs = {service.packs[person.pack].pk: service.chance.choice([1, 1, 1, 2])}
    drug = person.details.main_substance
    _record(service, who, days_ago, packs=packs, items=service.chance.choice(BESIDE), drug=drug)


def _record(service: Service, who: str, days_ago: int, **given) -> None:
    chance = service.chance
    service.record(
        record_exchanges, Exchange, who, days_ago, **given,
        returned=chance.choice(RETURNED),
        others=chance.choice(OTHERS),
        place=chance.choice(service.places),
        note=chance.choice(NOTES),
    )  # fmt: skip


def _help(service: Service, who: str, person: Person, days_ago: int) -> None:
    chance = service.chance
    types = HELP.get(person.details.main_substance, HELP["HEROIN"])
    service.record(
        record_brief_interventions, Intervention, who, days_ago,
        type=chance.choice(types),
        setting="6",  # in the community
        minutes=chance.choice(MINUTES),
    )  # fmt: skip
