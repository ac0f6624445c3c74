"""What was changed of a record, when and by whom: history's rows compared in the words of the page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Model

from clients.models import Client
from ims.accounts.models import Membership
from ims.core.actor import Actor
from ims.core.kind import Kind
from ims.providers.models import Site
from ims.record.about import about

Facts = dict[str, str]


@dataclass(frozen=True)
class Difference:
    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Change:
    """One act: what somebody made of the record."""

    at: datetime
    who: str
    what: str
    differences: list[Difference]


def changes_of_client(client: Client, actor: Actor) -> list[Change]:
    """Every change of a client's own values, latest first."""
    return _changes(client, _facts_of_client, actor)


def changes_of_contact(kind: Kind, contact: Model, actor: Actor) -> list[Change]:
    """Every change of a contact, latest first."""
    sites = dict(Site.objects.visible_to(actor).values_list("pk", "name"))
    return _changes(contact, lambda record: _facts_of_contact(kind, record, sites), actor)


def _facts_of_client(client: Client) -> Facts:
    return {**dict(about(client)), "Consent": "Yes" if client.consent else "No", **_deleted(client)}


def _facts_of_contact(kind: Kind, record: Model, sites: dict[int, str]) -> Facts:
    return {
        "Date": f"{record.on:%d/%m/%Y}",
        "Site": sites.get(record.site_id, "not recorded"),
        **dict(kind.details(record)),
        "Note": record.note or "none",
        **_deleted(record),
    }


def _deleted(record: Model) -> Facts:
    return {"Deleted": "yes" if record.deleted_at else "no"}


def _changes(record: Model, facts: Callable[[Model], Facts], actor: Actor) -> list[Change]:
    rows = list(record.history.order_by("history_id"))
    people = _names(rows, actor)
    said = [facts(_as_it_was(record, row)) for row in rows]
    first = Change(rows[0].history_date, people[rows[0].history_user_id], "Recorded", [])
    later = [
        Change(row.history_date, people[row.history_user_id], "Changed", _differences(before, after))
        for row, (before, after) in zip(rows[1:], pairwise(said), strict=True)
    ]
    return [change for change in reversed([first, *later]) if change.differences or change is first]


def _as_it_was(record: Model, row: Model) -> Model:
    """The record with the values of one row of its history."""
    names = [field.attname for field in record._meta.concrete_fields if hasattr(row, field.attname)]
    return type(record)(**{name: getattr(row, name) for name in names})


def _differences(before: Facts, after: Facts) -> list[Difference]:
    labels = dict.fromkeys([*before, *after])
    return [
        Difference(label, before.get(label, "nothing"), after.get(label, "nothing"))
        for label in labels
        if before.get(label) != after.get(label)
    ]


class _Names(dict):
    """Staff who left keep their memberships; whoever has none answered a referral for another service."""

    def __missing__(self, key):
        return "The other service"


def _names(rows: Iterable[Model], actor: Actor) -> dict[int, str]:
    """Names of the service's own people, also of those who have left."""
    people = Membership.objects.visible_to(actor).filter(user_id__in={row.history_user_id for row in rows})
    return _Names(people.values_list("user_id", "user__full_name"))
