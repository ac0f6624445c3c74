"""Somebody to be purged, and what there is about them."""

from datetime import timedelta

from django.db import models

from clients.actions import delete_client
from clients.duplicates.action import link
from clients.models import Client, Pair
from referrals.models import ReferralStatus
from tests.house.people import models_of_people
from tests.makers import EACH_KIND, NOW, a_client

WEEK = timedelta(days=7)
LATER = NOW + WEEK + timedelta(seconds=1)


def a_person_with_everything(staff) -> Client:
    """A client with a contact of every kind, linked with another."""
    client = a_client(staff, "AB06051985M")
    for record in EACH_KIND.values():
        record(staff, client)
    link(one=client, other=a_client(staff, "BA06051985M"), at=NOW, by=staff)
    return client


def deleted(client, by, at=NOW):
    return delete_client(client=client, at=at, by=by)


def rows_about(client) -> dict[str, int]:
    """Rows of every table of people, its history included, that are of a client, hang from it, or once did."""
    found = {}
    for model in models_of_people():
        tables = [] if model._meta.proxy else [model, *filter(None, [history_of(model)])]
        for table in tables:
            number = table._base_manager.filter(of(model, client)).count()
            found |= {table._meta.label: number} if number else {}
    return found


def history_of(model):
    return model.history.model if hasattr(model, "history") else None


def of(model, client) -> models.Q:
    if model is Client:
        return models.Q(id=client.pk)
    if model is Pair:
        return models.Q(first_id=client.pk) | models.Q(second_id=client.pk)
    return (
        models.Q(referral__client_id=client.pk) if model is ReferralStatus else models.Q(client_id=client.pk)
    )
