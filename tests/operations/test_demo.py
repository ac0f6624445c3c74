import csv
import io
import os
import signal
import socket
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from clients.models import Client
from ims.accounts.models import User
from ims.operations import demo, demo_activity
from interventions.models import SyringeExchange
from tests.core.worker_process import ROOT, ask, trial_environment, wait_until
from tests.makers import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_data(time_machine):
    time_machine.move_to(NOW)
    members = demo.make_people(NOW)
    staff = {"WIR2022": members["pharmacist"].actor(), "LIV2001": members["outreach"].actor()}
    demo_activity.record_activity(staff, NOW)


def test_everybody_in_the_list_of_sign_ins_can_sign_in(demo_data, client):
    out = io.StringIO()
    call_command("sign_ins", stdout=out)
    people = list(csv.DictReader(io.StringIO(out.getvalue())))

    assert len(people) == 7
    for person in people:
        answer = client.post("/sign-in/", {"username": person["username"], "password": person["password"]})
        assert answer.status_code == 302, person["username"]
        assert client.get("/").context["actor"].role_label == person["role"]


def test_the_demo_has_a_no_and_people_who_object(demo_data):
    assert Client.objects.filter(consent=False, is_dummy=False).count() == 1
    assert Client.objects.filter(is_dummy=True).count() == 2
    assert SyringeExchange.objects.count() > 20


def test_demo_people_and_data_do_not_exist_in_production(settings):
    settings.PRODUCTION = True

    for command in ("demo", "sign_ins"):
        with pytest.raises(CommandError, match="do not exist in production"):
            call_command(command)
    with pytest.raises(CommandError, match="do not exist in production"):
        demo.make_people(NOW)

    assert not User.objects.exists()


def test_an_installation_is_founded_once():
    who = ["--username", "first", "--full-name", "First Officer", "--email", "first@example.org"]
    call_command("found", *who, stdout=io.StringIO())

    with pytest.raises(CommandError, match="There are accounts already"):
        call_command("found", *who)


@pytest.fixture
def served(transactional_db):
    """`manage.py demo` in a process group of its own, as a terminal would have it, and what it says."""
    demo.make_people(NOW)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=trial_environment(), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    yield process
    if lives(process.pid):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def workers_of(group: int) -> list[int]:
    """The numbers of the processes of a group that are workers."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid=,command="], capture_output=True, text=True, check=True
    )
    processes = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    return [
        int(pid)
        for pid, of, command in processes
        if int(of) == group and command.endswith("manage.py worker")
    ]


def lives(group: int) -> bool:
    """Whether anything of a process group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def ctrl_c(process) -> None:
    """A terminal tells everything that runs in it."""
    os.killpg(process.pid, signal.SIGINT)


def kill(process) -> None:
    """The demo alone is told."""
    process.terminate()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stop", [ctrl_c, kill])
def test_the_demo_has_a_worker_and_leaves_nothing_running_when_it_is_stopped(served, stop):
    assert any("IMS runs on" in line for line in served.stdout)
    wait_until(lambda: ask("SELECT count(*) FROM procrastinate_workers") == 1)

    stop(served)

    assert served.wait(90) == 0
    assert "Stopping" in served.stdout.read()
    assert not lives(served.pid)
    assert ask("SELECT count(*) FROM procrastinate_workers") == 0  # it said good-bye


@pytest.mark.django_db(transaction=True)
def test_the_demo_starts_another_worker_when_one_was_killed(served):
    wait_until(lambda: ask("SELECT count(*) FROM procrastinate_workers") == 1)
    first = ask("SELECT max(id) FROM procrastinate_workers")

    for number in workers_of(served.pid):
        os.kill(number, signal.SIGKILL)

    wait_until(lambda: ask("SELECT max(id) FROM procrastinate_workers") > first)
