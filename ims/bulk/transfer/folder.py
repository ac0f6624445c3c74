"""The folder of one provider: what its systems left there, and where it goes afterwards.

Nothing in it is trusted. Everything is reached by the handle of the folder it lies in and never by a path; no link is
followed; and a file is read only if it is, open, what it was when it was looked at.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

INCOMING, DONE, REFUSED = "incoming", "done", "refused"
UNFINISHED = (".part", ".filepart", ".partial", ".tmp")  # what programs call a file while they send it
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe would keep us waiting for ever
_NOTE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_MOMENT = "%Y%m%dT%H%M%SZ"  # begins the name of whatever was put aside, because a sender can change a file's own times
_PUT_ASIDE = re.compile(r"[0-9]{8}T[0-9]{6}Z(?=-)")
_LONGEST = 180  # bytes that are kept of a name, from its end; with what goes before and after, a name has 255 at most


class StillWritten(RuntimeError):
    """The file is not, or no longer, what it was when it was looked at: the next run looks again."""


class TooLong(ValueError):
    """The file is longer than may be read, and nothing of it was."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of the folder at one look. Two looks that are equal: nobody wrote to it between them."""

    name: str
    kind: int  # as stat.S_IFMT says it
    number: int  # of the file in its file system
    size: int  # bytes
    written: int  # nanoseconds, as its sender may have set it
    changed: int  # nanoseconds, of the last write, rename or change of rights; nobody can set it

    def is_file(self) -> bool:
        return stat.S_ISREG(self.kind)

    def delivery(self, provider_id: int) -> UUID:
        """The name of this delivery: the same at every look, another one when the same file is sent once more."""
        said = f"{provider_id} {self.number} {self.size} {self.written} {self.changed} ".encode()
        return UUID(bytes=sha256(said + os.fsencode(self.name)).digest()[:16], version=5)

    def shown_name(self) -> str:
        """The name for a page; what is no letter in it is replaced."""
        return os.fsencode(self.name).decode(errors="replace").replace("\0", "\ufffd")


def seen(name: str, found: os.stat_result) -> Seen:
    return Seen(
        name, stat.S_IFMT(found.st_mode), found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
    )


@dataclass(frozen=True, slots=True)
class Folder:
    """The handles of its parts, open. Senders write to `incoming` alone."""

    incoming: int
    done: int
    refused: int

    def look(self) -> dict[str, Seen]:
        """What lies in it and is called as if it were finished, by name. Folders are nobody's delivery."""
        found = {}
        for name in os.listdir(self.incoming):
            if name.startswith(".") or name.lower().endswith(UNFINISHED):
                continue
            with suppress(FileNotFoundError):  # taken back meanwhile
                entry = seen(name, os.stat(name, dir_fd=self.incoming, follow_symlinks=False))
                if not stat.S_ISDIR(entry.kind):
                    found[name] = entry
        return found

    def read(self, entry: Seen, *, most: int) -> bytes:
        """All of it, at most so many bytes. Raises TooLong, StillWritten, and OSError where it may not be opened."""
        if entry.size > most:
            raise TooLong
        with open(self._handle_of(entry), "rb") as file:
            data = file.read(entry.size + 1)
            if seen(entry.name, os.fstat(file.fileno())) != entry:
                raise StillWritten
            return data

    def _handle_of(self, entry: Seen) -> int:
        try:
            return os.open(entry.name, _FILE, dir_fd=self.incoming)
        except OSError as fault:
            if fault.errno in (errno.ENOENT, errno.ELOOP, errno.ENXIO):  # gone, or a link or a socket by now
                raise StillWritten from None
            raise

    def put_aside(self, entry: Seen, to: int, name: str) -> None:
        """Move it to `done` or `refused`; one that has taken its place meanwhile stays, and one that is gone is gone."""
        with suppress(FileNotFoundError):
            os.rename(entry.name, name, src_dir_fd=self.incoming, dst_dir_fd=to)
            if os.stat(name, dir_fd=to, follow_symlinks=False).st_ino != entry.number:
                os.rename(name, entry.name, src_dir_fd=to, dst_dir_fd=self.incoming)

    def write_note(self, name: str, words: str) -> None:
        """A note beside a file in `refused`, which its sender may read."""
        with open(os.open(f"{name}.txt", _NOTE, 0o640, dir_fd=self.refused), "w", encoding="utf-8") as note:
            note.write(words)

    def remove_old(self, at: datetime, kept: timedelta) -> int:
        """Remove what was put aside longer ago; how many files that were. What others put there stays."""
        old = [(part, name) for part in (self.done, self.refused) for name in _older(part, at - kept)]
        for part, name in old:
            os.unlink(name, dir_fd=part)
        return len(old)


def _older(part: int, than: datetime) -> list[str]:
    return [name for name in os.listdir(part) if (moment := put_aside_at(name)) and moment < than]


@contextmanager
def opened(name: str, *, within: int) -> Iterator[Folder]:
    """A provider's folder. Raises OSError where a part of it is missing, is a link, or may not be opened."""
    with ExitStack() as handles:
        own = _handle(name, within, handles)
        yield Folder(*(_handle(part, own, handles) for part in (INCOMING, DONE, REFUSED)))


def _handle(name: str, within: int, handles: ExitStack) -> int:
    handle = os.open(name, _FOLDER, dir_fd=within)
    handles.callback(os.close, handle)
    return handle


def finished(earlier: Mapping[str, Seen], now: Mapping[str, Seen]) -> list[Seen]:
    """What is the same at both looks, in the order in which it was finished."""
    same = [entry for name, entry in now.items() if earlier.get(name) == entry]
    return sorted(same, key=lambda entry: (entry.changed, entry.name))


def name_aside(entry: Seen, delivery: UUID, at: datetime) -> str:
    """What it is called once it is put aside: by when that was, so that it can be removed in time, and like no other."""
    kept = os.fsdecode(os.fsencode(entry.name)[-_LONGEST:])
    return f"{at.astimezone(UTC):{_MOMENT}}-{delivery.hex[:8]}-{kept}"


def put_aside_at(name: str) -> datetime | None:
    """None where the name does not say it: somebody else put it there."""
    begins = _PUT_ASIDE.match(name)
    try:
        return datetime.strptime(begins[0], _MOMENT).replace(tzinfo=UTC) if begins else None
    except ValueError:
        return None
