"""Taking the files that providers' systems have left: each becomes an upload, which a worker checks.

A file stays where it is until that is done, then it is put aside. Whenever this is killed, the next run finds the file,
finds by its delivery the upload it became, if it became one, and goes on from there.
"""

import fcntl
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ims.bulk.transfer.folder import Seen, opened
from ims.bulk.transfer.taking import Taking
from ims.providers.models import Provider

log = logging.getLogger(__name__)

UNREACHED = "folders that could not be used"
_CODE = re.compile(
    "[a-z]{3}[0-9]{4}"
)  # a folder is called like its account: the provider's code in small letters


class AnotherRun(RuntimeError):
    """These folders are being gone through already."""


def collect(root: Path, *, pause: Callable[[], None], now: Callable[[], datetime]) -> Counter[str]:
    """Go through the folder of every provider and take what is the same before and after a pause; how much was done.

    Raises AnotherRun, and OSError where `root` cannot be opened.
    """
    with _alone(root) as within:
        run = _Run(within, now)
        looks = {name: run.look(name) for name in sorted(os.listdir(within)) if _CODE.fullmatch(name)}
        if any(looks.values()):
            pause()
        for name, earlier in looks.items():
            run.go_through(name, earlier)
        return run.told


@contextmanager
def _alone(root: Path) -> Iterator[int]:
    """The handle of the folder of folders; it goes with its process, however that ends."""
    within = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _lock(within)
        yield within
    finally:
        os.close(within)


def _lock(within: int) -> None:
    try:
        fcntl.flock(within, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AnotherRun from None


class _Run:
    """What one run does in each folder. One that cannot be used keeps nothing from the others."""

    def __init__(self, within: int, now: Callable[[], datetime]):
        self.within, self.now, self.told = within, now, Counter()

    def look(self, name: str) -> Mapping[str, Seen]:
        with suppress(OSError), opened(name, within=self.within) as folder:
            return folder.look()
        return {}

    def go_through(self, name: str, earlier: Mapping[str, Seen]) -> None:
        provider = Provider.objects.filter(code=name.upper()).first()
        if provider is None:
            return self._cannot_be_used(name, "no provider has this code")
        try:
            with opened(name, within=self.within) as folder:
                self.told += Taking(provider, folder, self.now).of(earlier)
        except OSError as fault:  # its text would name a file
            self._cannot_be_used(name, fault.strerror)

    def _cannot_be_used(self, name: str, why: str | None) -> None:
        log.warning("folder %s cannot be used: %s", name, why)
        self.told[UNREACHED] += 1
