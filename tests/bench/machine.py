"""What the numbers were measured on: a save waits for the disk, and other people's work makes everything slower."""

import os
import platform
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile
from time import perf_counter

BLOCK = os.urandom(8192)  # a page of PostgreSQL
TIMES = 50


def fsync_seconds(folder: Path) -> float:
    """How long the disk under a folder takes to keep 8 kB appended to a file: the median of `TIMES`."""
    times = []
    with NamedTemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(TIMES):
            file.write(BLOCK)
            begun = perf_counter()
            os.fsync(file.fileno())
            times.append(perf_counter() - begun)
    return median(times)


def words() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def load() -> str:
    """How many wanted a core in the latest minute: above the number of cores, everybody waits."""
    return f"load of the latest minute {os.getloadavg()[0]:.1f}"
