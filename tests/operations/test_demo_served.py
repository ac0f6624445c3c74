"""The demo as it runs: the site with a worker beside it, and nothing left when it is stopped."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from ims.operations.demo import people
from tests.core.worker_process import ROOT, ask, trial_environment, wait_until
from tests.makers import NOW

# The new worker forgets the dead one before it makes itself known: for a moment there is none.
NEWEST = "SELECT coalesce(max(id), 0) FROM procrastinate_workers"


@pytest.fixture
def served(transactional_db):
    """`manage.py demo` in a process group of its own, as a terminal would have it, and what it says."""
    people.make_people(NOW)
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
    first = ask(NEWEST)

    for number in workers_of(served.pid):
        os.kill(number, signal.SIGKILL)

    wait_until(lambda: ask(NEWEST) > first)
