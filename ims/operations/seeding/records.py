"""The life of a client record: registered, sometimes corrected, consent decided again.

Each act holds what the record says after it, because that is one row of history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import count

from clients.actions import Consent, Details
from clients.attributor import DUMMY_BORN, Attributor
from clients.forms import INFORMATION_SHEET
from clients.models.consent import How
from ims.accounts.models import Membership
from ims.operations.seeding import shares
from ims.operations.seeding.attendance import Attendance
from ims.operations.seeding.hours import working_moment
from ims.operations.seeding.people import Person, Stay
from ims.operations.seeding.places import Homes
from ims.operations.seeding.plan import Plan
from ims.operations.seeding.services import Service
from ims.operations.seeding.shares import pick

TWIN_REFERENCE = "B"  # where the service has no references of its own, one of two twins still needs one
SHEET_CHANGED_ON = date(2021, 10, 1)
EARLIER_SHEET = "Information sheet 5, version 3.0"
DUMMY_BEGINS = 0.05  # of the time has passed at the latest when a service first meets somebody who objects


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a client record, and what the record says after it. `decision` is the one made by this act."""

    at: datetime
    what: str
    by: Membership
    attributor: Attributor
    details: Details
    consent: bool
    decision: Consent | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One client record to be. `person` is None for the dummy."""

    service: Service
    person: Person | None
    attendance: Attendance
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class Slip:
    """What a record said at first and is put right later."""

    attributor: Attributor | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    def made_in(self, act: Act) -> Act:
        return replace(
            act, attributor=self.attributor or act.attributor, details=replace(act.details, **self.details)
        )

    def put_right(self, act: Act, right: Act) -> Act:
        return replace(
            act,
            what="client.corrected",
            attributor=right.attributor if self.attributor else act.attributor,
            details=replace(act.details, **{name: getattr(right.details, name) for name in self.details}),
        )


class Registry:
    """Writes records from stays."""

    def __init__(self, plan: Plan, homes: Homes):
        self._plan, self._homes = plan, homes
        self._chance = plan.chance("records")
        self._numbers = count(1)

    def dummy(self, service: Service) -> Record:
        """The dummy of a service, made when the first person objected, and used ever after."""
        first = self._chance.randrange(max(1, int(self._plan.days * DUMMY_BEGINS)))
        nobody = Attributor("X", "X", DUMMY_BORN, "")
        made = Act(self._moment(first), "client.dummy_made", self._one_of(service), nobody, Details(), False)
        return Record(
            service, None, Attendance(first, self._plan.days - first, self._chance.uniform(0.5, 1.5)), [made]
        )

    def record(self, stay: Stay) -> Record:
        decisions, slips = self._decisions(stay.given), self._slips(stay)
        days_left = self._plan.days - 1 - stay.attendance.first
        if days_left < len(decisions) + len(slips):
            decisions, slips = decisions[-1:], []
        right = self._registered(stay, decisions[0])
        acts = [reduce(lambda act, slip: slip.made_in(act), slips, right)]
        changes = [lambda act, slip=slip: slip.put_right(act, right) for slip in slips]
        changes += [lambda act, given=given: self._decided(act, given) for given in decisions[1:]]
        for day, change in zip(self._days(stay.attendance.first, len(changes)), changes, strict=True):
            acts.append(
                change(replace(acts[-1], at=self._moment(day), by=self._one_of(stay.service), decision=None))
            )
        return Record(stay.service, stay.person, stay.attendance, acts)

    def _registered(self, stay: Stay, given: bool) -> Act:
        at = self._moment(stay.attendance.first)
        return Act(
            at, "client.registered", self._one_of(stay.service), stay.person.attributor, self._details(stay), given,
            self._consent(given, at, sought=False),
        )  # fmt: skip

    def _details(self, stay: Stay) -> Details:
        chance, cohort = self._chance, shares.COHORTS[stay.person.cohort]
        asked = stay.service.asks_substances
        return Details(
            postcode=self._homes.draw(chance, stay.service.provider.authority_code),
            ethnicity=pick(chance, shares.ETHNICITIES),
            nationality=pick(chance, shares.NATIONALITIES),
            own_reference=self._reference(stay),
            main_substance=stay.person.drug if asked else "",
            route=pick(chance, cohort.routes) if asked else "",
            injecting_status=pick(chance, cohort.injecting) if asked else "",
        )

    def _reference(self, stay: Stay) -> str:
        if stay.service.has_references:
            return f"R{next(self._numbers):06}"
        return TWIN_REFERENCE if stay.is_twin else ""

    # --- what changes later ---------------------------------------------------------------------------------------

    def _decisions(self, given: bool) -> list[bool]:
        """Every decision about consent from the first to the one that stands."""
        dice = self._chance.random()
        if not given:
            return [True, False] if dice < shares.NO_AFTER_YES else [False]
        if dice < shares.YES_AFTER_YES_AND_NO:
            return [True, False, True]
        return [False, True] if dice < shares.YES_AFTER_YES_AND_NO + shares.YES_AFTER_NO else [True]

    def _decided(self, act: Act, given: bool) -> Act:
        return replace(
            act,
            what="consent.given" if given else "consent.withdrawn",
            consent=given,
            decision=self._consent(given, act.at, sought=given),
        )

    def _slips(self, stay: Stay) -> list[Slip]:
        chance, slips = self._chance, []
        if chance.random() < shares.MOVED:
            slips.append(
                Slip(details={"postcode": self._homes.draw(chance, stay.service.provider.authority_code)})
            )
        if chance.random() < shares.MISTYPED:
            slips.append(Slip(attributor=self._mistyped(stay.person.attributor)))
        if chance.random() < shares.FILLED_IN:
            slips.append(Slip(details={"ethnicity": "", "nationality": ""}))
        return slips

    def _mistyped(self, attributor: Attributor) -> Attributor:
        """One digit of the day of birth wrong. Days up to 28 are in every month."""
        tens, ones = divmod(attributor.born.day, 10)
        others = [day for day in range(1, 29) if (day // 10 == tens) != (day % 10 == ones)]
        return replace(attributor, born=attributor.born.replace(day=self._chance.choice(others)))

    # --- when and by whom -------------------------------------------------------------------------------------------

    def _days(self, first: int, wanted: int) -> list[int]:
        """So many different days after the first, in order."""
        return sorted(self._chance.sample(range(first + 1, self._plan.days), wanted))

    def _moment(self, day: int) -> datetime:
        return working_moment(self._plan.begins_on + timedelta(days=day), self._chance)

    def _one_of(self, service: Service) -> Membership:
        return self._chance.choice(service.staff)

    def _consent(self, given: bool, at: datetime, *, sought: bool) -> Consent:
        how = How.SPOKEN if self._chance.random() < shares.SPOKEN else How.WRITTEN
        sheet = INFORMATION_SHEET if at.date() >= SHEET_CHANGED_ON else EARLIER_SHEET
        return Consent(given, how.value, sheet, sought_retrospectively=sought)
