"""How a test calls each action: the arguments besides `at`, over a stage that is set as far as the call needs it.

An action that is not in the table fails the rule that kills the audit, until somebody says how it is called.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from types import ModuleType

from clients.actions import Details
from clients.attributor import parse_attributor
from ims.accounts.actions import Person, themselves
from ims.accounts.models import Membership, User
from ims.accounts.roles import Role
from ims.core.actor import Actor
from ims.core.keys import new_submission_id
from ims.providers.models import Kind, Provider
from tests import makers
from tests.house.source import sources

# Public functions of action modules that change nothing, so that they need no moment.
NOT_ACTIONS = {"ims.accounts.actions.themselves"}


class Stage:
    """Records for the calls to act on, each made when it is first asked for."""

    @cached_property
    def officer(self) -> Actor:
        return makers.an_officer()

    @cached_property
    def provider(self) -> Provider:
        return makers.a_provider()

    @cached_property
    def member(self) -> tuple[User, Membership]:
        return makers.a_person(Role.PROVIDER_STAFF, self.provider)

    @property
    def user(self) -> User:
        return self.member[0]

    @cached_property
    def staff(self) -> Actor:
        return self.member[1].actor()

    @cached_property
    def client(self):
        return makers.a_client(self.staff)


PERSON = Person("new-person", "Lee Tran", "lee@example.org")

CALLS: dict[str, Callable[[Stage], dict]] = {
    "clients.actions.register_client": lambda stage: {
        "attributor": parse_attributor("EF23111994M", today=makers.TODAY),
        "consent": makers.a_decision(),
        "details": Details(),
        "submission_id": new_submission_id(),
        "by": stage.staff,
    },
    "clients.actions.correct_client": lambda stage: {
        "client": stage.client,
        "attributor": stage.client.attributor,
        "details": Details(postcode="L1 9DB"),
        "expected_version": stage.client.version,
        "by": stage.staff,
    },
    "clients.actions.decide_consent": lambda stage: {
        "client": stage.client,
        "consent": makers.a_decision(False),
        "expected_version": stage.client.version,
        "by": stage.staff,
    },
    "clients.actions.dummy_client": lambda stage: {"submission_id": new_submission_id(), "by": stage.staff},
    "interventions.syringe_exchange.action.record_exchanges": lambda stage: {
        "lines": [makers.exchange_line(stage.client), makers.exchange_line(stage.client)],
        "by": stage.staff,
    },
    "interventions.brief_intervention.action.record_brief_interventions": lambda stage: {
        "lines": [makers.intervention_line(stage.client)],
        "by": stage.staff,
    },
    "ims.accounts.actions.found": lambda stage: {"person": PERSON, "role": Role.PHI_OFFICER},
    "ims.accounts.actions.open_account": lambda stage: {
        "person": PERSON,
        "role": Role.PHI_ANALYST,
        "by": stage.officer,
    },
    "ims.accounts.actions.open_provider": lambda stage: {
        "code": "WIR2022",
        "name": "Harbour Agency",
        "kind": Kind.AGENCY,
        "authority_code": makers.WIRRAL,
        "modules": list(makers.EVERYTHING),
        "opened_on": makers.OPENED_ON,
        "manager": PERSON,
        "by": stage.officer,
    },
    "ims.accounts.actions.give_role": lambda stage: {
        "user": stage.user,
        "role": Role.PHI_ANALYST,
        "by": stage.officer,
    },
    "ims.accounts.actions.end_membership": lambda stage: {"membership": stage.member[1], "by": stage.officer},
    "ims.accounts.actions.choose_password": lambda stage: {
        "user": stage.user,
        "password": makers.PASSWORD,
        "by": themselves(stage.user),
    },
    "ims.accounts.actions.change_details": lambda stage: {
        "user": stage.user,
        "full_name": "Sam Okoro-Lee",
        "email": stage.user.email,
        "wants_email": False,
        "by": themselves(stage.user),
    },
}


def actions() -> dict[str, Callable]:
    """Every public function of every action module of the project that takes the moment it acts at."""
    modules = [file.module for file in sources() if file.parts[-1] in {"action", "actions"}]
    return {
        name: function
        for module in modules
        for name, function in public(importlib.import_module(module))
        if acts(function)
    }


def public(module: ModuleType) -> Iterator[tuple[str, Callable]]:
    """The functions that a module itself defines and offers, by dotted name."""
    for name, function in vars(module).items():
        if (
            inspect.isfunction(function)
            and function.__module__ == module.__name__
            and not name.startswith("_")
        ):
            yield f"{module.__name__}.{name}", function


def acts(function: Callable) -> bool:
    at = inspect.signature(function).parameters.get("at")
    return at is not None and at.kind is at.KEYWORD_ONLY
