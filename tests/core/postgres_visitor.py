"""A process of its own that uses a private PostgreSQL, and leaves it as a command does: by ending.

Whatever a test makes under /var/tmp goes when the test goes.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psycopg

from ims.core import embedded_layout, embedded_process

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from pathlib import Path
from ims.core import embedded_binaries, embedded_cluster, embedded_layout, embedded_process, embedded_postgres
{before}
print(embedded_postgres.running(Path(sys.argv[1]), throwaway={throwaway}, binaries={binaries}).host, flush=True)
{after}
sys.stdin.read()
"""


class Visitor:
    """One process that calls running(); `host` waits for what it is given: empty where it is refused."""

    def __init__(self, folder, *, throwaway=True, binaries=None, before="", after="", environment=None):
        named = f"Path({str(binaries)!r})" if binaries else None
        script = SCRIPT.format(before=before, after=after, throwaway=throwaway, binaries=named)
        self.process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-c", script, str(folder)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
        )

    @cached_property
    def host(self):
        return self.process.stdout.readline().strip()

    def leave(self):
        """End it; what it said while ending must be nothing."""
        _, said = self.process.communicate(timeout=60)
        assert (self.process.returncode, said) == (0, "")

    def refusal(self):
        """What a visitor that was refused was told."""
        assert self.host == ""
        _, said = self.process.communicate(timeout=60)
        assert self.process.returncode == 1
        return said.partition("PostgresDidNotStart: ")[2]

    def kill(self):
        self.process.kill()
        self.process.communicate(timeout=60)


@contextmanager
def visiting(folder, **options):
    visitor = Visitor(folder, **options)
    try:
        assert visitor.host, visitor.process.communicate(timeout=60)[1]
        yield visitor
    finally:
        if visitor.process.returncode is None:
            visitor.leave()


@contextmanager
def cleaned_up(folder):
    """The folder, and afterwards nothing of it: no server, no files under /var/tmp."""
    try:
        yield folder
    finally:
        if found := live(folder):
            os.kill(found, signal.SIGQUIT)
            embedded_process.wait_until(lambda: live(folder) is None, 30)
        shutil.rmtree(embedded_layout.spill(folder))


def connect(host, role, database="ims"):
    return psycopg.connect(host=host, port=5432, user=role, dbname=database, autocommit=True)


def live(folder):
    """The number of the server's first process, or None."""
    found = embedded_process.live(embedded_layout.lay_out(folder)) if folder.exists() else None
    return found.pid if found else None
