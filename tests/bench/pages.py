"""`pages`: the three things done all day, against an empty page of the same site and against a tenth of the data."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import machine
from tests.bench.counter import Counter, open_counter
from tests.bench.data import Size, folder_with
from tests.bench.measure import Measure, compare

PAGE, SAVE = 3.0, 4.0  # times an empty page, times an empty POST
GROWTH = 1.2  # times what it takes with a tenth of the data


def measures(size: Size, root: Path, pairs: int) -> Iterator[Measure | str]:
    """Six measures, after what they were measured on."""
    small_folder, folder = folder_with(size.tenth(), root), folder_with(size, root)
    with open_counter(small_folder) as tenth, open_counter(folder) as large:
        yield from measured_on(large=large, tenth=tenth)
        yield disk(folder)
        yield compare("pages.find", large.find, large.empty, bound=PAGE, pairs=pairs)
        yield compare("pages.client", large.client, large.empty, bound=PAGE, pairs=pairs)
        yield compare("pages.save_exchange", large.save_exchange, large.empty_post, bound=SAVE, pairs=pairs)
        for act in ("find", "client", "save_exchange"):
            ours, reference = getattr(large, act), getattr(tenth, act)
            yield compare(f"pages.{act}.growth", ours, reference, bound=GROWTH, pairs=pairs)
        yield disk(folder)


def measured_on(**counters: Counter) -> Iterator[str]:
    """What there is to know of the data and of the server, by what the data are called."""
    yield "server time: first byte sent to last byte received, one kept-alive loopback connection, gunicorn as in production"
    for name, counter in counters.items():
        size = counter.size
        yield (
            f"{name}: {size['clients']:,} clients, {size['contacts']:,} contacts; "
            f"signed in at {counter.provider}, the largest service, {size['own_clients']:,} clients"
        )
    yield "PostgreSQL: " + ", ".join(f"{name} {value}" for name, value in counters["large"].settings.items())


def disk(folder: Path) -> str:
    """Said before and after: a page that leaves a footprint waits for the disk once, a save twice."""
    return f"disk: fsync of 8 kB appended {machine.fsync_seconds(folder) * 1000:.2f}, the median of {machine.TIMES}"
