"""A small disk that a test fills: a tmpfs. PostgreSQL's data, or the folder for temporary files, lie on it meanwhile."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ims.core import embedded_layout, embedded_process
from tests.killed.site import KilledSite

MAY_NOT = "nobody but root of a machine that lets it may mount a disk"
LIBC = ctypes.CDLL(None)
MOUNTS = 0x00020000  # CLONE_NEWNS


class SmallDisk:
    def __init__(self, folder: Path):
        self.folder, self.filler = folder, folder / "filler"

    def fill(self, leaving: int = 0) -> None:
        """Leave so many bytes, to the block."""
        room = os.statvfs(self.folder)
        taken = room.f_bavail * room.f_frsize - leaving
        with self.filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, taken)

    def free(self) -> None:
        self.filler.unlink()

    def room(self) -> int:
        """Bytes."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Over a folder that is there. The test is skipped where that is not permitted."""
    options = f"size={megabytes}m,mode={folder.stat().st_mode & 0o777:o},uid={folder.stat().st_uid},gid={folder.stat().st_gid}"
    with _mounts_of_our_own():
        subprocess.run(["mount", "--make-rprivate", "/"], check=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
        yield SmallDisk(folder)


@contextmanager
def _mounts_of_our_own() -> Iterator[None]:
    """What is mounted meanwhile is seen by this thread and by what it starts, and is gone with the last of them.

    Nothing has to be unmounted, which a machine may forbid that lets its root mount, and a killed test leaves nothing.
    """
    if not _may_mount():
        pytest.skip(MAY_NOT)
    mounts_of_all, folder = os.open(f"/proc/{os.getpid()}/ns/mnt", os.O_RDONLY), Path.cwd()
    assert LIBC.unshare(MOUNTS) == 0
    try:
        yield
    finally:
        assert LIBC.setns(mounts_of_all, MOUNTS) == 0
        os.close(mounts_of_all)
        os.chdir(folder)  # whoever comes back stands in the root


def _may_mount() -> bool:
    """Whether a process may go among mounts of its own, mount there, and come back."""
    there = f"mount --make-rprivate / && mount -t tmpfs tmpfs /mnt && nsenter --mount=/proc/{os.getpid()}/ns/mnt true"
    return subprocess.run(["unshare", "--mount", "sh", "-c", there], capture_output=True).returncode == 0


@contextmanager
def database_on_a_small_disk(site: KilledSite, megabytes: int, *, log_outside: bool) -> Iterator[SmallDisk]:
    """The site's database lies there as it is now; afterwards it is again what it was. `log_outside`: its write-ahead log."""
    layout = embedded_layout.lay_out(site.database)
    log, aside = layout.home / "log-outside", layout.home / "copied"
    _stop(site, layout)
    shutil.rmtree(aside, ignore_errors=True)
    _copy(layout.cluster, aside)
    try:
        with small_disk(layout.cluster, megabytes) as disk:
            _copy(f"{aside}/.", layout.cluster)  # what is in it
            if log_outside:
                _copy(layout.cluster / "pg_wal", log)
                shutil.rmtree(layout.cluster / "pg_wal")
                (layout.cluster / "pg_wal").symlink_to(log)
            try:
                yield disk
            finally:
                _stop(site, layout)
    finally:
        shutil.rmtree(aside)
        shutil.rmtree(log, ignore_errors=True)


def _copy(source: Path | str, target: Path) -> None:
    subprocess.run(["cp", "-a", source, target], check=True)


def _stop(site: KilledSite, layout: embedded_layout.Layout) -> None:
    if site.is_served():
        with suppress(ProcessLookupError):
            site.kill_everything()
    embedded_process.stop(layout)
