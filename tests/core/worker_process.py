"""Real workers in processes of their own, on the database of the test, and a gate that keeps their jobs in the middle."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.db import connection

from ims.audit.models import Event
from ims.core import embedded_process
from tests.core.trial.tasks import GATE

ROOT = Path(__file__).parents[2]
PATIENCE = 90  # seconds, for a busy machine; nothing here waits for so long by design


class WorkerProcess:
    """`manage.py worker`; what it says is kept."""

    def __init__(self):
        self._log = tempfile.TemporaryFile("a+")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=ROOT,
            stdout=self._log,
            stderr=self._log,
            env=trial_environment(),
        )

    @property
    def said(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def kill(self) -> None:
        """kill -9, and nothing of it left but what the database knows."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """SIGTERM, and its exit status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


def trial_environment() -> dict[str, str]:
    """For a process of ours that is to work on the database of this test."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.core.worker_settings",
        "TRIAL_DATABASE": connection.settings_dict["NAME"],
    }


class Gate:
    """Closed while this connection holds a lock that jobs want in the middle of their transaction."""

    def close(self) -> None:
        ask("SELECT pg_advisory_lock(%s)", GATE)

    def open(self) -> None:
        ask("SELECT pg_advisory_unlock(%s)", GATE)

    def waiting(self) -> int:
        """How many jobs stand before it."""
        return ask(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = %s", GATE
        )


def ask(question: str, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        return cursor.fetchone()[0]


def wait_until(true) -> None:
    assert embedded_process.wait_until(true, PATIENCE)


def events(what: str) -> list[dict]:
    return list(Event.objects.filter(what=f"trial.{what}").values_list("counts", flat=True))


def jobs_left() -> int:
    return ask("SELECT count(*) FROM procrastinate_jobs")
