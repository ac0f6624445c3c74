"""`upload`: a quarter's file of contacts, against a stock import, against bare COPY, and what the pages feel of it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Thread

from ims import env
from tests.bench import child
from tests.bench.counter import open_counter
from tests.bench.data import MAKING, Size
from tests.bench.measure import Measure, Wrong
from tests.bench.pages import disk

ROWS, STOCK_ROWS = 100_000, 5_000
STOCK = 75  # times as many rows a second as a stock import
COPY = 4.0  # times as long as COPY of the same rows
MEMORY = 300  # MB of the worker, at its most
QUIET = 2.0  # times as long as a page takes on a quiet machine
ROUNDS = 3
MOST_PAGES = 2000


def measures(size: Size, root: Path, pairs: int) -> Iterator[Measure | str]:
    """Fewer rows for a try: a fiftieth of the contacts that are asked for, at most `ROWS`."""
    rows = min(ROWS, size.contacts // 50)
    folder = _fresh(root / "upload")
    yield f"a file of {rows:,} rows about {rows // 5:,} people, one row in a hundred bad; {ROUNDS} rounds"
    yield disk(folder)
    with _worker(folder) as worker:
        rounds = [_round(folder, rows) for _ in range(ROUNDS)]
        yield from _rates(rounds, rows)
        memory = _most_memory(worker)
        yield Measure("upload.memory_mb", [memory], [MEMORY], 1.0, scale=1)
        yield from _pages(folder, rows)


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for command in MAKING:
        child.run(folder, "manage.py", *command, stdout=sys.stderr)
    return folder


def _round(folder: Path, rows: int) -> dict[str, dict]:
    """Each of the three once, one after the other."""
    ours = _told(folder, f"ours({rows})")
    copied = _told(folder, f"copied({ours['provider']})")
    stock = _told(folder, f"stock({min(STOCK_ROWS, rows // 20)})")
    return {"ours": ours, "copied": copied, "stock": stock}


def _rates(rounds: list[dict], rows: int) -> Iterator[Measure | str]:
    ours = [one["ours"]["seconds"] for one in rounds]
    stock = [min(STOCK_ROWS, rows // 20) / one["stock"]["seconds"] for one in rounds]
    check, apply = (median(one["ours"][part] for one in rounds) for part in ("check", "apply"))
    yield f"check {check:.1f} s, recording {apply:.1f} s (medians); {rounds[-1]['ours']['counts']}"
    yield Measure("upload.rows_a_second", [rows / one for one in ours], stock, STOCK, is_rate=True, scale=1)
    yield Measure("upload.against_copy", ours, [one["copied"]["seconds"] for one in rounds], COPY)


def _pages(folder: Path, rows: int) -> Iterator[Measure]:
    """The pages of somebody else at the counter: quiet, and while a file is checked and recorded."""
    with open_counter(folder) as counter:
        for act in ("find", "client", "save_exchange"):
            timed: Callable[[], float] = getattr(counter, act)
            quiet = [timed() for _ in range(200)]
            busy = _while_uploading(folder, rows, timed)
            yield Measure(f"upload.pages.{act}", busy, quiet, QUIET)


def _while_uploading(folder: Path, rows: int, timed: Callable[[], float]) -> list[float]:
    upload = Thread(target=_told, args=(folder, f"ours({rows})"))
    upload.start()
    times = []
    while upload.is_alive() and len(times) < MOST_PAGES:
        times.append(timed())
    upload.join()
    return times


def _told(folder: Path, call: str) -> dict:
    asked = f"from tests.bench import upload_inside; upload_inside.{call}"
    told = child.run(folder, "manage.py", "shell", "-v0", "-c", asked, stdout=subprocess.PIPE, text=True)
    return json.loads(told.stdout.splitlines()[-1])


@contextmanager
def _worker(folder: Path) -> Iterator[int]:
    """A worker as in production, for the length of the block; its process id."""
    with (folder / "bench-worker.log").open("w") as log:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=env.BASE,
            env=child.environment(folder),
            stdout=log,
            stderr=log,
        )
        try:
            yield worker.pid
        finally:
            worker.terminate()
            worker.wait()


def _most_memory(pid: int) -> float:
    """MB of a process at its most. Raises Wrong where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        raise Wrong("the memory of a process can be read on Linux alone")
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1000
