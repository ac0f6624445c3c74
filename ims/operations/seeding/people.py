"""Made-up people: who they are, what they use, and where they go. Nobody real is in here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from clients.attributor import Attributor
from clients.models.client import Sex
from ims.operations.seeding import attendance, shares
from ims.operations.seeding.attendance import Attendance
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.services import DRAW, Service
from ims.operations.seeding.shares import pick


@dataclass(frozen=True, slots=True)
class Person:
    """`given` is their decision about consent at the first service they come to."""

    attributor: Attributor
    cohort: str
    drug: str
    given: bool


@dataclass(frozen=True, slots=True)
class Stay:
    """A person at one service: one client record to be. A twin has the attributor of somebody who is there already."""

    person: Person
    service: Service
    attendance: Attendance
    given: bool
    is_twin: bool = False


def draw_stays(plan: Plan, services: Sequence[Service]) -> list[Stay]:
    """As many stays as the plan has clients, dummies apart: nobody twice at one service but twins."""
    crowd = _Crowd(plan, services)
    wanted = plan.clients - len(services)
    stays: list[Stay] = []
    while len(stays) < wanted:
        stays.extend(crowd.somebody())
    return stays[:wanted]


class _Crowd:
    """Draws people, and remembers who is where."""

    def __init__(self, plan: Plan, services: Sequence[Service]):
        self._plan, self._services = plan, services
        self._chance = plan.chance("people")
        self._cohorts = {name: cohort.weight for name, cohort in shares.COHORTS.items()}
        self._draws = {
            cohort: list(accumulate(DRAW[service.provider.kind][cohort] for service in services))
            for cohort in shares.COHORTS
        }
        self._known: set[tuple[int, Attributor]] = set()

    def somebody(self) -> Iterator[Stay]:
        """One person's stays, at one service or several; rarely a twin's as well."""
        cohort = pick(self._chance, self._cohorts)
        services = self._places(cohort)
        attendances = [self._attendance(cohort) for _ in services]
        person = self._person(cohort, min(a.first for a in attendances), services)
        yield Stay(person, services[0], attendances[0], person.given)
        for service, further in zip(services[1:], attendances[1:], strict=True):
            yield Stay(person, service, further, self._decides(person))
        if self._chance.random() < shares.TWINS:
            yield Stay(person, services[0], attendances[0], self._decides(person), is_twin=True)

    def _places(self, cohort: str) -> list[Service]:
        several = self._chance.choices(list(shares.SEVERAL), list(shares.SEVERAL.values()))[0]
        found: list[Service] = []
        while len(found) < min(several, len(self._services)):
            service = self._chance.choices(self._services, cum_weights=self._draws[cohort])[0]
            if service not in found:
                found.append(service)
        return found

    def _attendance(self, cohort: str) -> Attendance:
        return attendance.draw(self._chance, shares.COHORTS[cohort].habits, self._plan.days)

    def _person(self, name: str, first: int, services: Sequence[Service]) -> Person:
        """Somebody new: nobody at these services has the same attributor by accident."""
        while True:
            attributor = self._attributor(shares.COHORTS[name], first)
            keys = {(service.provider.pk, attributor) for service in services}
            if not attributor.is_dummy() and not keys & self._known:
                self._known |= keys
                return Person(
                    attributor, name, pick(self._chance, shares.COHORTS[name].drugs), self._says_yes()
                )

    def _attributor(self, cohort: shares.Cohort, first: int) -> Attributor:
        """Of the age of the cohort on their first day anywhere, counted in days of the plan."""
        chance = self._chance
        age = min(max(chance.gauss(*cohort.age), cohort.youngest), shares.OLDEST)
        born = self._plan.begins_on + timedelta(days=first - int(age * 365.25) - chance.randrange(365))
        sex = Sex.FEMALE if chance.random() < cohort.women else Sex.MALE
        return Attributor(
            pick(chance, shares.FIRST_INITIALS), pick(chance, shares.LAST_INITIALS), born, sex.value
        )

    def _decides(self, person: Person) -> bool:
        """What a person says at a further service: mostly the same."""
        return person.given if self._chance.random() < shares.SAME_EVERYWHERE else self._says_yes()

    def _says_yes(self) -> bool:
        return self._chance.random() >= shares.NO
