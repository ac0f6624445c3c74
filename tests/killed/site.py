"""A site that can be killed at any moment: gunicorn as in production over a PostgreSQL of its own, in a data folder.

Nothing here waits for a length of time. Everything waits for a condition, and gives up only after PATIENCE. Whatever is
ended was started here, and is ended by its number.
"""

import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from ims.core import embedded_layout, embedded_process
from tests.bench import child
from tests.bench import site as bench
from tests.core.postgres_visitor import cleaned_up, connect, live

PATIENCE = 60  # seconds for a condition, on a machine that has much else to do
WORKER = re.compile(r"Booting worker with pid: (\d+)")
# What a save writes, in this order; the answer to the browser is the session's message.
EXCHANGE, HISTORY, AUDIT, ANSWER = (
    "interventions_syringeexchange",
    "interventions_historicalsyringeexchange",
    "audit_event",
    "django_session",
)
KEPT = f"""
SELECT (SELECT count(*) FROM {EXCHANGE}),
       (SELECT count(*) FROM {HISTORY}),
       (SELECT coalesce(sum(cardinality(subjects)), 0)::int FROM {AUDIT} WHERE what = 'exchange.recorded'),
       (SELECT count(*) FROM {AUDIT} WHERE what = 'exchange.recorded'),
       (SELECT count(*) FROM clients_client)
"""
# Exchanges whose one row of history does not name the one event that names them, or the file that they were in.
AT_ODDS = f"""
SELECT count(*) FROM {EXCHANGE} AS exchange
WHERE 1 <> (SELECT count(*) FROM {HISTORY} AS row JOIN {AUDIT} AS event ON event.id::text = row.history_change_reason
            WHERE row.id = exchange.id AND (event.what = 'upload.applied'
              OR event.what = 'exchange.recorded' AND exchange.id = ANY (event.subjects)))
"""


@dataclass(frozen=True)
class Kept:
    """How much the database holds."""

    exchanges: int
    history: int  # rows, of exchanges
    audited: int  # exchanges named by events
    acts: int  # events that exchanges were recorded
    clients: int

    def since(self, before: "Kept") -> "Kept":
        pairs = zip(vars(self).values(), vars(before).values(), strict=True)
        return Kept(*(now - then for now, then in pairs))


def lines_of_one_act(lines: int, *, newcomers: int = 0) -> Kept:
    """What one act leaves that recorded so many exchanges; all that it registered were registered with it."""
    return Kept(exchanges=lines, history=lines, audited=lines, acts=1, clients=newcomers)


NOTHING = Kept(0, 0, 0, 0, 0)


class KilledSite:
    """`port` stays the same however often the site is killed, so that an open page finds it again."""

    def __init__(self, folder: Path):
        self.folder, self.database = folder, folder / "postgres"
        self.log = folder / "gunicorn.log"
        ask = ["manage.py", "shell", "-v0", "-c", "from tests.killed import inside; inside.tell()"]
        told = child.run(folder, *ask, stdout=subprocess.PIPE, text=True)
        self._clients = iter(json.loads(told.stdout))
        self.port = _a_port()
        self.master: subprocess.Popen | None = None

    def a_client(self) -> dict[str, str]:
        """`page` and `attributor` of a client of the pharmacist, about whom no test knows yet."""
        return next(self._clients)

    def is_served(self) -> bool:
        return self.master is not None and self.master.poll() is None

    def serve(self) -> None:
        """Start what is not running: gunicorn, which starts the database with it, or the database alone."""
        if self.is_served():
            if live(self.database) is None:
                self.start_the_database()
            return
        with self.log.open("a") as log:
            self.master, _ = bench.start(self.folder, log, port=self.port, start_new_session=True)

    def kill_everything(self) -> None:
        """gunicorn's master and its workers together, as when the machine has no memory left."""
        os.killpg(self.master.pid, signal.SIGKILL)
        self.master.wait()
        wait_until(lambda: not self._listens(), "the port is free")

    def kill_the_workers(self) -> None:
        """Their master lives, and starts others."""
        killed = self._workers()
        for worker in killed:
            os.kill(worker, signal.SIGKILL)
        wait_until(lambda: not killed & self._workers(), "workers have ended")

    def _listens(self) -> bool:
        with suppress(ConnectionError), socket.create_connection(("127.0.0.1", self.port)):
            return True
        return False

    def _workers(self) -> set[int]:
        """By the log, and only those that are still of our master's session."""
        named = {int(pid) for pid in WORKER.findall(self.log.read_text())}
        return {pid for pid in named if _session_of(pid) == self.master.pid}

    def kill_the_database(self) -> None:
        """PostgreSQL's first process, and then every other one of it. gunicorn lives."""
        others = [pid for (pid,) in self.ask("SELECT pid FROM pg_stat_activity")]
        for process in [live(self.database), *others]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        wait_until(lambda: live(self.database) is None, "PostgreSQL has ended")

    def start_the_database(self) -> None:
        """As the next program does that needs it; gunicorn's processes keep it running."""
        child.run(self.folder, "-c", "from ims import env; env.databases()")

    def ask(self, query: str, **asked) -> list[tuple]:
        with closing(connect(self._host, "ims_super")) as onlooker:
            return onlooker.execute(query, asked or None).fetchall()

    def order(self, statement: str) -> None:
        with closing(connect(self._host, "ims_super")) as onlooker:
            onlooker.execute(statement)

    @property
    def _host(self) -> str:
        return str(embedded_layout.lay_out(self.database).socket)

    def kept(self) -> Kept:
        """How much is held, once nothing of a killed server is at work any more. The parts of each act agree."""
        assert self.ask(AT_ODDS) == [(0,)]
        return Kept(*self.ask(KEPT)[0])

    @contextmanager
    def held_up_at(self, table: str) -> Iterator[None]:
        """Whoever would write to a table waits until the block ends; reading goes on."""
        with closing(connect(self._host, "ims_super")) as holder:
            holder.execute("BEGIN")
            holder.execute(f"LOCK TABLE {table} IN SHARE MODE")
            yield

    def wait_until_held_up(self, since: str = "-infinity") -> None:
        """Until somebody whom PostgreSQL has known from that moment on has come to the lock."""
        waiting = (
            "SELECT count(*) FROM pg_stat_activity"
            f" WHERE usename = 'ims_app' AND wait_event_type = 'Lock' AND backend_start > '{since}'"
        )
        wait_until(lambda: self.ask(waiting) != [(0,)], "the save has come to the lock")

    def now(self) -> str:
        return self.ask("SELECT clock_timestamp()::text")[0][0]

    def wait_until_forgotten(self) -> None:
        """Until PostgreSQL has noticed that those who asked are dead, and has undone what they had not committed."""
        at_work = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'ims_app'"
        wait_until(lambda: self.ask(at_work) == [(0,)], "nothing of the killed server is at work")


def wait_until(true: Callable[[], bool], what: str) -> None:
    assert embedded_process.wait_until(true, PATIENCE), f"not in {PATIENCE} seconds: {what}"


def _a_port() -> int:
    """Below those that systems hand out by themselves, so that nobody gets it while the site is down."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with suppress(OSError):
            socket.create_server(("127.0.0.1", port)).close()
            return port
    raise AssertionError("every port is taken")


def _session_of(pid: int) -> int | None:
    """None where it is gone: its number may since belong to anybody."""
    with suppress(ProcessLookupError):
        return os.getsid(pid)


@pytest.fixture(scope="session")
def site_to_kill(tmp_path_factory) -> Iterator[KilledSite]:
    """One for all tests, because making it takes seconds. Nothing of it is left running."""
    folder = tmp_path_factory.mktemp("killed")
    with cleaned_up(folder / "postgres"):
        site = KilledSite(folder)
        try:
            yield site
        finally:
            if site.is_served():
                site.kill_everything()
