"""Whether a private PostgreSQL lives, and its end.

What must stay true: a postmaster.pid is believed only where that process works in the cluster, for after a power cut
its number may belong to anybody; and no server starts while a process of an earlier one still works there.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ims.core.embedded_layout import SOCKET, Layout, PostgresDidNotStart

PROC = Path("/proc")  # absent on macOS
STOPPING_SECONDS = 30
ORPHAN_SECONDS = 5
ANSWER_SECONDS = 0.5  # a server that is just starting opens its socket within this


@dataclass(frozen=True)
class Postmaster:
    """What postmaster.pid says: `status` is starting, ready, stopping or, while the file is being written, empty."""

    pid: int
    status: str


def live(layout: Layout) -> Postmaster | None:
    """The server of this cluster, if one lives."""
    found = _recorded(layout.cluster)
    return found if found and _is_of(found.pid, layout) else None


def stop(layout: Layout) -> None:
    """End the server: what is open is rolled back, what is committed stays. Does nothing where none lives."""
    # PostgreSQL's fast shutdown; then, if its last checkpoint takes too long, the immediate one: its next start recovers.
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if not (found := live(layout)):
            return
        os.kill(found.pid, how)
        if wait_until(lambda: not live(layout), STOPPING_SECONDS):
            return


def clear_leftovers(layout: Layout) -> None:
    """Take away what a killed server left, once nothing of it lives. Raises PostgresDidNotStart."""
    if not wait_until(lambda: not _orphans(layout), ORPHAN_SECONDS):
        # They have no server to report to: whatever they were doing was not committed.
        for pid in _orphans(layout):
            os.kill(pid, signal.SIGKILL)
        if not wait_until(lambda: not _orphans(layout), ORPHAN_SECONDS):
            raise PostgresDidNotStart(
                f"Processes {_orphans(layout)} still work in {layout.cluster}. End them first."
            )
    for left_over in (
        layout.cluster / "postmaster.pid",
        layout.socket / SOCKET,
        layout.socket / f"{SOCKET}.lock",
    ):
        left_over.unlink(missing_ok=True)


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def _recorded(cluster: Path) -> Postmaster | None:
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        return Postmaster(int(lines[0]), lines[7].strip() if len(lines) > 7 else "")
    except (FileNotFoundError, IndexError, ValueError):  # a power cut can leave an empty file
        return None


def _is_of(pid: int, layout: Layout) -> bool:
    if PROC.is_dir():
        return _works_in(pid, layout.cluster)
    return _is_postgres(pid) and wait_until(lambda: _answers(layout), ANSWER_SECONDS)


def _works_in(pid: int, cluster: Path) -> bool:
    """Also asks the name: a person's shell may stand in the folder."""
    try:
        process = PROC / str(pid)
        return os.readlink(process / "cwd") == str(cluster) and (process / "comm").read_text() == "postgres\n"
    except OSError:
        return False


def _orphans(layout: Layout) -> list[int]:
    if not PROC.is_dir():
        return []  # without /proc PostgreSQL's own check of shared memory stands alone
    pids = [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _works_in(pid, layout.cluster)]


def _is_postgres(pid: int) -> bool:
    answer = subprocess.run(["/bin/ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True)  # noqa: S603
    return Path(answer.stdout.strip()).name == "postgres"


def _answers(layout: Layout) -> bool:
    with socket.socket(socket.AF_UNIX) as trial:
        try:
            trial.connect(str(layout.socket / SOCKET))
        except OSError:
            return False
    return True
