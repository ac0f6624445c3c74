"""Purging by batches: each whole, with its one event, in the role of the eraser and not a moment longer."""

import io
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from ims.audit import events
from ims.audit.models import Event
from ims.operations import purging
from tests import makers
from tests.makers import NOW, a_client
from tests.operations.purging import LATER, WEEK, a_person_with_everything, deleted, rows_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


@pytest.fixture
def somebody(staff):
    return a_person_with_everything(staff)


def test_one_event_says_how_much_of_what_and_of_whom_nothing(staff):
    client = a_client(staff)
    makers.an_exchange(staff, client)
    deleted(client, staff)
    before = Event.objects.count()

    purging.purge(LATER)

    event = Event.objects.latest("id")
    assert Event.objects.count() == before + 1
    assert (event.what, event.kind, event.subjects, event.at) == ("deleted.purged", "", [], LATER)
    assert event.counts == {"client": 1, "consentdecision": 1, "syringeexchange": 1}


def test_running_it_again_removes_nothing_and_says_nothing(staff, somebody):
    deleted(somebody, staff)
    assert purging.purge(LATER)
    before = Event.objects.count()

    assert not purging.purge(LATER)

    assert Event.objects.count() == before


def test_many_go_in_batches_each_with_its_event(staff, monkeypatch):
    monkeypatch.setattr(purging, "BATCH", 2)
    for number in range(5):
        deleted(a_client(staff, own_reference=str(number)), staff)
    before = Event.objects.count()

    removed = purging.purge(LATER)

    assert removed == {"client": 5, "consentdecision": 5}
    assert Event.objects.count() == before + 3


def test_stopped_in_the_middle_every_batch_is_there_whole_or_gone_whole(staff, monkeypatch):
    monkeypatch.setattr(purging, "BATCH", 1)
    first, second = a_client(staff, own_reference="1"), a_client(staff, own_reference="2")
    for client, at in ((first, NOW), (second, NOW + timedelta(seconds=1))):
        makers.an_exchange(staff, client)
        deleted(client, staff, at)
    before = rows_about(second)
    removes, kill = purging._delete, []

    def killed_at_the_last_table_of_the_second(cursor, table, *rows):
        removes(cursor, table, *rows)
        kill.append(table)
        if kill.count("clients_historicalclient") == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(purging, "_delete", killed_at_the_last_table_of_the_second)
    with pytest.raises(KeyboardInterrupt):
        purging.purge(LATER + WEEK)

    assert rows_about(first) == {}
    assert rows_about(second) == before
    assert Event.objects.filter(what="deleted.purged").count() == 1


def test_what_cannot_be_audited_is_not_purged(staff, somebody, monkeypatch):
    deleted(somebody, staff)
    before = rows_about(somebody)

    def refuse(*what, **details):
        raise RuntimeError("no audit")

    monkeypatch.setattr(events, "record", refuse)
    with pytest.raises(RuntimeError, match="no audit"):
        purging.purge(LATER)

    assert rows_about(somebody) == before


def test_the_site_in_its_ordinary_role_cannot(staff, somebody, monkeypatch):
    deleted(somebody, staff)
    monkeypatch.setattr(purging, "_as_eraser", nullcontext)

    with pytest.raises(ProgrammingError) as refusal:
        purging.purge(LATER)

    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)


def test_the_role_of_the_eraser_is_given_back(staff, somebody):
    deleted(somebody, staff)

    purging.purge(LATER)

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("ims_app",)


def test_the_command_says_what_it_removed(staff, time_machine):
    deleted(a_client(staff), staff)
    time_machine.move_to(LATER)

    assert said() == "client: 1 removed for good\nconsentdecision: 1 removed for good\n"
    assert said() == "Nothing was deleted more than seven days ago.\n"


def said() -> str:
    out = io.StringIO()
    call_command("purge_deleted", stdout=out)
    return out.getvalue()
