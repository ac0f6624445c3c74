"""Clients by their keys, as a file of contacts asks for some thousand of them."""

from datetime import timedelta

import pytest

from clients.actions import delete_client
from clients.models import Client
from ims.accounts.roles import Role
from tests import makers
from tests.makers import NOW

pytestmark = pytest.mark.django_db


def test_of_these_keys_a_service_finds_its_own_alone():
    staff, other = makers.an_actor(Role.PROVIDER_STAFF), makers.an_actor(Role.PROVIDER_STAFF)
    ours, deleted, _not_asked = (makers.a_client(staff, own_reference=name) for name in ("1", "2", "3"))
    foreign = makers.a_client(other)
    delete_client(client=deleted, at=NOW + timedelta(hours=1), by=staff)
    keys = {ours.pk, deleted.pk, foreign.pk}

    assert list(Client.objects.visible_to(staff, keys=keys)) == [ours]
    assert set(Client.objects.visible_to(staff, even_deleted=True, keys=keys)) == {ours, deleted}


def test_nobody_finds_any_who_is_of_no_service():
    client = makers.a_client(makers.an_actor(Role.PROVIDER_STAFF))

    assert not Client.objects.visible_to(makers.an_actor(Role.PHI_ANALYST), keys={client.pk}).exists()
