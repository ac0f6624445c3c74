"""Making the demo: who may look around, never in production, the same story on whatever day it is made."""

import csv
import io
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from ims.accounts.models import User
from ims.operations.demo import people
from ims.operations.demo.activity import record_activity
from ims.record.kinds import KINDS
from tests.makers import NOW

pytestmark = pytest.mark.django_db


def test_everybody_in_the_list_of_sign_ins_can_sign_in(client, time_machine):
    time_machine.move_to(NOW)
    people.make_people(NOW)
    out = io.StringIO()
    call_command("sign_ins", stdout=out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))

    assert len(rows) == 7
    for person in rows:
        answer = client.post("/sign-in/", {"username": person["username"], "password": person["password"]})
        assert answer.status_code == 302, person["username"]
        assert client.get("/").context["actor"].role_label == person["role"]


def test_demo_people_and_data_do_not_exist_in_production(settings):
    settings.PRODUCTION = True

    for command in ("demo", "sign_ins"):
        with pytest.raises(CommandError, match="do not exist in production"):
            call_command(command)
    with pytest.raises(CommandError, match="do not exist in production"):
        people.make_people(NOW)

    assert not User.objects.exists()


def test_an_installation_is_founded_once():
    who = ["--username", "first", "--full-name", "First Officer", "--email", "first@example.org"]
    call_command("found", *who, stdout=io.StringIO())

    with pytest.raises(CommandError, match="There are accounts already"):
        call_command("found", *who)


@contextmanager
def made(clock, at):
    """The demo of a moment, gone after the block."""
    clock.move_to(at)
    with transaction.atomic():
        record_activity(people.make_people(at), at)
        yield [(kind, one) for kind in KINDS for one in kind.model.objects.select_related("client")]
        transaction.set_rollback(True)


@pytest.mark.parametrize("days", range(7))
def test_on_whatever_day_of_the_week_it_is_made_nobody_is_seen_before_they_are_known_or_in_the_future(
    time_machine, days
):
    with made(time_machine, NOW + timedelta(days=days)) as contacts:
        assert all(
            one.client.created_at <= one.recorded_at < NOW + timedelta(days=days) for _, one in contacts
        )


def test_the_demo_is_the_same_each_time(time_machine):
    stories = []
    for _ in range(2):
        with made(time_machine, NOW) as contacts:
            stories.append(sorted((one.recorded_at, kind.slug, kind.line(one)) for kind, one in contacts))

    assert stories[0] == stories[1]
    assert len(stories[0]) > 100
