"""The stage of the browser stories: the people of the demo, and clients recorded by the actions of the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from clients.models import Client
from ims.accounts import actions as accounts
from ims.accounts.models import Membership
from ims.accounts.roles import Role
from ims.core.actor import Actor
from ims.operations.demo import people
from interventions.syringe_exchange.action import record_exchanges
from tests import makers
from tests.makers import NOW, TODAY, exchange_line

# Of every story: what is saved is really saved, and the figures are read by their own role.
STORY = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "reporting"])]
WIRRAL_POSTCODE = "CH41 3RB"


@dataclass
class Stage:
    members: dict[str, Membership]

    def actor(self, username: str) -> Actor:
        return self.members[username].actor()

    def gives_a_second_role(self, username: str, like: str) -> None:
        """Lets a person also work where somebody else of the demo does, in that role."""
        theirs = self.members[like]
        accounts.give_role(
            user=self.members[username].user, role=Role(theirs.role), provider=theirs.provider, at=NOW,
            by=makers.an_officer(),
        )  # fmt: skip

    def a_client(self, attributor: str, **details) -> Client:
        """A client of Harbour Pharmacy, living in Wirral."""
        details = {"postcode": WIRRAL_POSTCODE, **details}
        return makers.a_client(self.actor("pharmacist"), attributor, **details)

    def people_with_exchanges(self, number: int, *, consent: bool = True, on: date = TODAY) -> list[Client]:
        """So many people of Wirral, each with ten syringes for heroin."""
        sex = "M" if consent else "F"
        people = [
            self.a_client(f"QV{day:02}0{1 + day % 9}1980{sex}", consent=consent)
            for day in range(1, number + 1)
        ]
        self.exchanges_of(people, on=on)
        return people

    def exchanges_of(self, people: Sequence[Client], *, on: date) -> None:
        """Ten syringes for heroin for each of them."""
        lines = [exchange_line(client, on=on) for client in people]
        record_exchanges(lines=lines, at=NOW, by=self.actor("pharmacist"))


PASSWORDS = {person.username: person.password for person in people.PEOPLE}


def set_the_stage() -> Stage:
    return Stage(people.make_people(NOW))
