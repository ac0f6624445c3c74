"""`manage.py seed` as a run: what it refuses, what it leaves of the tables, and that it is all or nothing."""

from datetime import date

import pytest
from django.core.management.base import CommandError
from django.db import DataError, connection

from clients.models import Client
from ims.audit.models import Event
from ims.codelists import lists
from ims.codelists.models import Code
from ims.geography.models import Edition
from ims.operations.seeding import copying, loading
from ims.operations.seeding.attendance import apportion
from ims.operations.seeding.plan import usual_providers
from ims.providers.models import Provider
from tests import database
from tests.operations.seeding import KINDS, Shape, fingerprint, run_seed

committing = pytest.mark.django_db(transaction=True)


def nothing_was_made() -> bool:
    return not (Client.objects.exists() or Provider.objects.exists() or Event.objects.exists())


# --- the same for the same arguments ------------------------------------------------------------------------------


@committing
def test_the_same_arguments_make_the_same_people_and_visits():
    run_seed(clients=100, contacts=600)
    first = fingerprint()
    database.clean()
    run_seed(clients=100, contacts=600)

    assert fingerprint() == first


@committing
def test_another_random_seed_makes_others_in_the_same_numbers():
    run_seed(clients=60, contacts=200)
    first = fingerprint()
    database.clean()
    run_seed(clients=60, contacts=200, random_seed=2)

    other = fingerprint()
    assert all(
        other[table] != digest
        for table, digest in first.items()
        if digest and table.startswith(("clients", "interv", "referrals"))
    )
    assert Client.objects.count() == 60


# --- all or nothing, and what it refuses ----------------------------------------------------------------------------


@committing
def test_a_run_that_fails_at_its_last_step_leaves_nothing_and_the_tables_as_they_were(monkeypatch, tmp_path):
    before = Shape.now()
    failing = tmp_path / "99_failing.sql"
    failing.write_text("SELECT 1 / 0")
    monkeypatch.setattr(loading, "STEPS", [*loading.STEPS, failing])

    with pytest.raises(DataError):
        run_seed(clients=60, contacts=200)

    assert nothing_was_made()
    assert Shape.now().of_the_tables_in(before) == before


@committing
def test_a_slow_run_asks_for_the_lists_again_but_never_while_it_copies(monkeypatch):
    def refuse(*_):
        raise AssertionError("asked while the connection is busy")

    def copied(cursor, table, rows, copy=copying.copy_rows):
        with connection.execute_wrapper(refuse):
            rows = list(rows)
        copy(cursor, table, rows)

    monkeypatch.setattr(lists, "FRESH_FOR", 0.0)  # as if a minute had passed
    monkeypatch.setattr(copying, "copy_rows", copied)

    run_seed(clients=60, contacts=200)

    assert Client.objects.count() == 60


@committing
def test_it_adds_to_clients_that_are_there_only_when_told_to():
    run_seed(clients=60, contacts=200)

    with pytest.raises(CommandError, match="clients already"):
        run_seed(clients=60, contacts=200)
    run_seed(clients=40, contacts=100, add=True)

    assert Client.objects.count() == 100
    assert sum(kind.objects.count() for kind in KINDS) == 300
    assert Client.objects.values("ims_id").distinct().count() == 100


@committing
def test_it_is_refused_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        run_seed(add=True)

    assert nothing_was_made()


@committing
def test_it_is_refused_while_the_lists_or_the_postcodes_are_not_loaded():
    Code.objects.filter(list_id="substance", code="HEROIN").update(code="HEROINE")
    with pytest.raises(CommandError, match="substance HEROIN"):
        run_seed()
    Code.objects.filter(list_id="substance", code="HEROINE").update(code="HEROIN")

    Edition.objects.update(is_current=False)
    with pytest.raises(CommandError, match="load_postcodes"):
        run_seed()
    Edition.objects.update(is_current=True)

    assert nothing_was_made()


@committing
@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"clients": 7, "providers": 4}, "two clients"),
        ({"clients": 9000, "providers": 3000}, "2,999"),
        ({"clients": 8, "contacts": 10_000_000}, "too many contacts"),
        ({"contacts": -1}, "contacts"),
        ({"years": 0}, "Years"),
        ({"until": date(2999, 1, 1)}, "future"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_in_words(options, why):
    with pytest.raises(CommandError, match=why):
        run_seed(**options)


@committing
def test_there_may_be_fewer_contacts_than_clients_and_none_at_all():
    run_seed(clients=60, contacts=0, years=1)
    run_seed(clients=60, contacts=20, years=1, add=True)

    assert Client.objects.count() == 120
    assert sum(kind.objects.count() for kind in KINDS) == 20


# --- numbers ------------------------------------------------------------------------------------------------------


def test_contacts_are_shared_out_to_the_last_one():
    assert apportion([1, 1, 2], 10, least=1) == [3, 3, 4]
    assert sum(apportion([0.1] * 7, 1000, least=0)) == 1000
    assert apportion([5, 1, 1], 3, least=1) == [1, 1, 1]


def test_there_are_more_providers_for_more_clients_within_reason():
    assert [usual_providers(n) for n in (100, 15_000, 200_000, 2_000_000)] == [4, 10, 133, 150]
