"""How a test calls each action: the arguments besides `at`, over a stage that is set as far as the call needs it.

An action that is not in the table fails the rule that kills the audit, until somebody says how it is called.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property
from types import ModuleType

from clients.actions import Details, Newcomer, delete_client
from clients.attributor import parse_attributor
from clients.duplicates.action import link
from clients.models.barred import Why
from ims.accounts.actions import Person, themselves
from ims.accounts.models import Membership, User
from ims.accounts.roles import Role
from ims.codelists.models import Rule
from ims.core.actor import Actor
from ims.core.keys import new_submission_id
from ims.providers.actions import add_site, close_site
from ims.providers.models import Kind, Provider
from interventions.actions import delete_contact
from interventions.batch_exchange.action import Batch, delete_batch
from tests import makers
from tests.house import referral_calls, upload_calls
from tests.house.source import sources

# Public functions of action modules that change nothing, so that they need no moment.
NOT_ACTIONS = {
    "ims.accounts.actions.themselves",
    "interventions.brief_intervention.action.says_already",
    "interventions.naloxone.action.says_already",
    "interventions.syringe_exchange.action.says_already",
    "interventions.wellbeing_assessment.action.says_already",
    "referrals.actions.says_already_in",
    "referrals.actions.says_already_out",
}


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

    @cached_property
    def twin(self):
        return makers.a_client(self.staff, own_reference="twin 2")

    @cached_property
    def linked(self):
        return link(one=self.client, other=self.twin, at=makers.NOW, by=self.staff)

    @cached_property
    def deleted_client(self):
        return delete_client(client=self.client, at=makers.NOW, by=self.staff)

    @cached_property
    def exchange(self):
        return makers.an_exchange(self.staff, self.client)

    @cached_property
    def deleted_exchange(self):
        return delete_contact(contact=self.exchange, at=makers.NOW, by=self.staff)

    @cached_property
    def manager(self) -> Actor:
        return makers.the_manager(self.provider)

    @cached_property
    def site(self):
        return add_site(name="Van", postcode="", at=makers.NOW, by=self.manager)

    @cached_property
    def pack(self):
        return makers.a_pack(self.manager)

    @cached_property
    def batch(self):
        return makers.a_batch(self.staff)


PERSON = Person("new-person", "Lee Tran", "lee@example.org")

CALLS: dict[str, Callable[[Stage], dict]] = {
    "ims.codelists.actions.publish_rule": lambda stage: {
        "rule": Rule(key="exchange_drug", is_on=True, valid_from=makers.TODAY + timedelta(days=30)),
        "looked_at": 8,
        "failing": 2,
        "by": stage.officer,
    },
    "ims.providers.actions.switch_modules": lambda stage: {
        "provider": stage.provider,
        "modules": ["naloxone"],
        "expected_version": 1,
        "by": stage.manager,
    },
    "ims.providers.actions.set_recording_rules": lambda stage: {
        "provider": stage.provider,
        "backdating_days": 30,
        "review_weeks": 6,
        "instruments": ["ons4"],
        "expected_version": 1,
        "by": stage.manager,
    },
    "ims.providers.actions.set_information": lambda stage: {
        "provider": stage.provider,
        "information_sheet": "Our own sheet, 2026",
        "policy_version": "Leaflet 3",
        "policy_on": makers.TODAY,
        "policy_covers": ["collected"],
        "expected_version": 1,
        "by": stage.manager,
    },
    "ims.providers.actions.set_upload_rules": lambda stage: {
        "provider": stage.provider,
        "skips_rejected": True,
        "expected_version": 1,
        "by": stage.manager,
    },
    "ims.providers.actions.add_site": lambda stage: {"name": "Stall", "postcode": "", "by": stage.manager},
    "ims.providers.actions.change_site": lambda stage: {
        "site": stage.site,
        "name": "Blue van",
        "postcode": "L1 9DB",
        "expected_version": 1,
        "by": stage.manager,
    },
    "ims.providers.actions.close_site": lambda stage: {
        "site": stage.site,
        "on": makers.TODAY,
        "by": stage.manager,
    },
    "ims.providers.actions.reopen_site": lambda stage: {
        "site": close_site(site=stage.site, on=makers.TODAY, at=makers.NOW, by=stage.manager),
        "by": stage.manager,
    },
    "interventions.packs.action.add_pack": lambda stage: {
        "name": "Red",
        "items": {"FOIL": 5},
        "valid_from": makers.TODAY,
        "submission_id": new_submission_id(),
        "by": stage.manager,
    },
    "interventions.packs.action.set_bill": lambda stage: {
        "pack": stage.pack,
        "items": {"FOIL": 5},
        "valid_from": makers.TODAY,
        "expected_version": 1,
        "by": stage.manager,
    },
    "interventions.packs.action.rename_pack": lambda stage: {
        "pack": stage.pack,
        "name": "Red",
        "expected_version": 1,
        "by": stage.manager,
    },
    "interventions.packs.action.close_pack": lambda stage: {
        "pack": stage.pack,
        "on": makers.TODAY,
        "by": stage.manager,
    },
    "interventions.packs.action.mark_usual_pack": lambda stage: {"pack": stage.pack, "by": stage.manager},
    "interventions.packs.action.copy_settings": lambda stage: {
        "target": makers.a_provider("Harbour Agency", modules=["naloxone"]),
        "source": stage.pack.provider,
        "by": stage.officer,
    },
    "interventions.batch_exchange.action.record_batch": lambda stage: {
        "batch": Batch(on=makers.TODAY, items={"FOIL": 5}),
        "submission_id": new_submission_id(),
        "by": stage.staff,
    },
    "interventions.batch_exchange.action.change_batch": lambda stage: {
        "held": stage.batch,
        "batch": Batch(on=makers.TODAY, items={"FOIL": 5}),
        "expected_version": 1,
        "by": stage.staff,
    },
    "interventions.batch_exchange.action.delete_batch": lambda stage: {
        "held": stage.batch,
        "by": stage.staff,
    },
    "interventions.batch_exchange.action.restore_batch": lambda stage: {
        "held": delete_batch(held=stage.batch, at=makers.NOW, by=stage.staff),
        "by": stage.staff,
    },
    **referral_calls.CALLS,
    **upload_calls.CALLS,
    "clients.actions.register_client": lambda stage: {
        "attributor": parse_attributor("EF23111994M", today=makers.TODAY),
        "consent": makers.a_decision(),
        "details": Details(),
        "submission_id": new_submission_id(),
        "by": stage.staff,
    },
    "clients.actions.register_clients": lambda stage: {
        "newcomers": [
            Newcomer(
                parse_attributor(text, today=makers.TODAY),
                makers.a_decision(),
                Details(),
                new_submission_id(),
            )
            for text in ("EF23111994M", "GH02021968M")
        ],
        "by": stage.staff,
    },
    "clients.actions.correct_client": lambda stage: {
        "client": stage.client,
        "attributor": stage.client.attributor,
        "details": Details(postcode="L1 9DB"),
        "expected_version": stage.client.version,
        "by": stage.staff,
    },
    "clients.actions.rectify_client": lambda stage: {
        "client": stage.client,
        "attributor": stage.client.attributor,
        "details": Details(postcode="L1 9DB"),
        "expected_version": stage.client.version,
        "by": stage.officer,
    },
    "clients.barring.action.bar_client": lambda stage: {
        "client": stage.client,
        "why": Why.ERASED,
        "by": stage.staff,
    },
    "clients.actions.decide_consent": lambda stage: {
        "client": stage.client,
        "consent": makers.a_decision(False),
        "expected_version": stage.client.version,
        "by": stage.staff,
    },
    "clients.actions.delete_client": lambda stage: {"client": stage.client, "by": stage.staff},
    "clients.actions.restore_client": lambda stage: {"client": stage.deleted_client, "by": stage.staff},
    "clients.duplicates.action.tell_apart": lambda stage: {
        "client": stage.client,
        "others": [stage.twin],
        "by": stage.staff,
    },
    "clients.duplicates.action.link": lambda stage: {
        "one": stage.client,
        "other": stage.twin,
        "by": stage.staff,
    },
    "clients.duplicates.action.unlink": lambda stage: {
        "one": stage.linked.first,
        "other": stage.linked.second,
        "by": stage.staff,
    },
    "interventions.actions.delete_contact": lambda stage: {"contact": stage.exchange, "by": stage.staff},
    "interventions.actions.restore_contact": lambda stage: {
        "contact": stage.deleted_exchange,
        "by": stage.staff,
    },
    "interventions.syringe_exchange.action.change_exchange": lambda stage: {
        "contact": stage.exchange,
        "line": makers.exchange_line(stage.client, items={"FOIL": 3}),
        "expected_version": 1,
        "by": stage.staff,
    },
    "interventions.brief_intervention.action.change_brief_intervention": lambda stage: {
        "contact": makers.a_brief_intervention(stage.staff, stage.client),
        "line": makers.intervention_line(stage.client, type="WOUND"),
        "expected_version": 1,
        "by": stage.staff,
    },
    "interventions.naloxone.action.record_naloxone": lambda stage: {
        "lines": [makers.naloxone_line(stage.client)],
        "by": stage.staff,
    },
    "interventions.naloxone.action.change_naloxone": lambda stage: {
        "contact": makers.a_naloxone_supply(stage.staff, stage.client),
        "line": makers.naloxone_line(stage.client, kits={"NASAL": 2}),
        "expected_version": 1,
        "by": stage.staff,
    },
    "interventions.wellbeing_assessment.action.record_assessments": lambda stage: {
        "lines": [makers.assessment_line(stage.client)],
        "by": stage.staff,
    },
    "interventions.wellbeing_assessment.action.change_assessment": lambda stage: {
        "contact": makers.an_assessment(stage.staff, stage.client),
        "line": makers.assessment_line(stage.client, stage="review"),
        "expected_version": 1,
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
