"""The forms of the counter: the exchange of a client who is known, and all that is asked of one who is new."""

from dataclasses import dataclass
from datetime import date

from clients.attributor import Attributor, NotAnAttributor, parse_attributor
from clients.forms import RegisterForm
from clients.matching import Match, near
from clients.models import Client
from ims.core.access import Permission
from ims.core.actor import Actor
from ims.providers.models import Module, Site
from interventions.syringe_exchange.form import ExchangeForm
from interventions.syringe_exchange.packs import Bills, bills_of
from interventions.syringe_exchange.usual import the_usual, usual_pack


class CounterForm(ExchangeForm):
    """The exchange's form with what is usual in sight and the rest folded away."""

    def at_hand(self):
        """What stands in the form already, then the other packs; everything, where that is nothing."""
        filled = [field for field in [*self.pack_fields(), *self.item_fields()] if field.value()]
        empty_packs = [field for field in self.pack_fields() if not field.value()]
        return [*filled, *empty_packs] or self.item_fields()

    def folded_away(self):
        """The other quantity boxes."""
        shown = {field.name for field in self.at_hand()}
        return [field for field in self.item_fields() if field.name not in shown]


def records_exchanges(actor: Actor) -> bool:
    return Module.SYRINGE_EXCHANGE in actor.modules and actor.may(Permission.ACTIVITY_RECORD)


def usual_exchange(client: Client, actor: Actor, *, on: date) -> CounterForm | None:
    """The form with the usual filled in; None where the service records no exchanges."""
    if not records_exchanges(actor):
        return None
    bills = bills_of(actor)
    return _form(actor, bills, on, initial=the_usual(client, bills, actor, on=on))


def typed_exchange(data, actor: Actor, *, on: date) -> CounterForm:
    return _form(actor, bills_of(actor), on, data=data)


@dataclass(frozen=True)
class Newcomer:
    """The two forms of somebody who is here for the first time; no exchange where the service records none."""

    client: RegisterForm
    exchange: CounterForm | None

    def is_valid(self) -> bool:
        """Asks both, so that both say what is to be mended."""
        return all([form.is_valid() for form in self.forms])

    def not_yet_seen(self, actor: Actor) -> list[Match]:
        """Clients like this one that the person typing was not warned about; they are by the form that comes back."""
        if self.client.is_sure():
            return []
        others = Client.objects.visible_to(actor).exclude(
            submission_id=self.client.cleaned_data["submission_id"]
        )
        matches = near(self.client.attributor(), others)
        if matches:
            self.client.with_sure()
        return matches

    @property
    def forms(self) -> list:
        return [form for form in (self.client, self.exchange) if form]

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self.forms)


def newcomer(actor: Actor, *, on: date, data=None, meant: Attributor | None = None) -> Newcomer:
    """The forms with what was typed, or with the attributor that was looked for."""
    initial = meant and {
        "first_initial": meant.first_initial,
        "last_initial": meant.last_initial,
        "date_of_birth": meant.born,
        "sex": meant.sex,
        "sure": meant.text(),  # whoever is like this person is named above the form
    }
    client = RegisterForm(data, initial=initial, modules=actor.modules)
    if not records_exchanges(actor):
        return Newcomer(client, None)
    bills = bills_of(actor)
    usual = usual_pack(bills, on)
    return Newcomer(client, _form(actor, bills, on, data=data, initial=usual, prefix="exchange"))


def attributor_in(text: str, *, today: date) -> Attributor | None:
    """The whole attributor of somebody, if a text is one; the dummy's is nobody's."""
    try:
        meant = parse_attributor(text, today=today)
    except NotAnAttributor:
        return None
    return None if meant.is_dummy() else meant


def _form(actor: Actor, bills: Bills, on: date, **options) -> CounterForm:
    return CounterForm(
        packs=bills.in_use(on),
        sites=Site.objects.visible_to(actor).in_use(),
        backdating_days=actor.backdating_days,
        **options,
    )
