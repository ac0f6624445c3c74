"""A downloaded file as lines of text: a CSV, a CSV packed with gzip, or a zip of CSV files.

The file is somebody's download, so nothing in it is trusted: nothing is unpacked to disk, names inside a zip are only
read, and there are limits to the files, the line and the whole. Whatever is wrong ends in FileRefused.
"""

import gzip
import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

MOST_MEMBERS = 2_000  # the ONS Postcode Directory has about 200
LARGEST = 4_000_000_000  # characters in all; the ONS Postcode Directory has 1.3 thousand million
LONGEST_LINE = 20_000  # characters; the widest layout has about 450

_PAPERS = re.compile(r"(?i)doc(ument)?s?|user guide|licen[cs]e")
_SPLIT_COPY = "multi_csv"  # the same rows once more, a file an area
# What the readers of gzip and zip were seen to raise when any byte of a file is wrong.
_DAMAGE = (
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # with files in it, and empty
_GZIP = b"\x1f\x8b"
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1


class FileRefused(Exception):
    """The file is not loaded and nothing has changed. The message says why, in a sentence for whoever loads it."""


@dataclass(slots=True)
class Source:
    """An open file. `members` are the names of the CSV files in it: for a plain file, its own name."""

    name: str
    sha256: str
    members: list[str]
    metadata: str  # what Code-Point Open says of itself in Doc/metadata.txt, or ""
    _open: Callable[[str], BinaryIO] = field(repr=False)
    _read: int = 0

    def lines(self, member: str) -> Iterator[str]:
        """The lines of one CSV file, with their line ends. Raises FileRefused."""
        with _naming_damage(self.name), self._open(member) as stream:
            # Only codes are kept, so a letter in another encoding, in some area's name, does no harm.
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
            line = "\n"
            while following := text.readline(LONGEST_LINE):
                line = following
                self._count(len(line))
                yield line
        if not line.endswith(("\n", "\r")):
            raise FileRefused(
                f"{_quoted(member)} stops in the middle of a line: it was cut short. Download it again."
            )

    def _count(self, characters: int) -> None:
        self._read += characters
        if characters == LONGEST_LINE:
            raise FileRefused(
                f"{_quoted(self.name)} has a line of over {LONGEST_LINE:,} characters: not postcodes."
            )
        if self._read > LARGEST:
            raise FileRefused(f"{_quoted(self.name)} unpacks to over {LARGEST:,} characters: not postcodes.")


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a file for reading line by line. Raises FileRefused, as do its lines for damage that only shows there."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise FileRefused(f"{_quoted(path.name)} cannot be read: {error.strerror}.") from None
    with file:
        with _naming_damage(path.name):
            source = _source(path.name, file)
        yield source


@contextmanager
def _naming_damage(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE:
        raise FileRefused(f"{_quoted(name)} is damaged or was cut short. Download it again.") from None


def _source(name: str, file: BinaryIO) -> Source:
    start = file.read(4)
    file.seek(0)
    if not start:
        raise FileRefused(f"{_quoted(name)} is empty.")
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    if start.startswith(_ZIP):
        return _zip_source(name, sha256, zipfile.ZipFile(file))
    if name.lower().endswith(".zip"):
        raise FileRefused(f"{_quoted(name)} is not a zip, whatever its name says. Download it again.")
    if start.startswith(_GZIP):
        return Source(name, sha256, [name], "", lambda member: gzip.GzipFile(fileobj=file))
    return Source(name, sha256, [name], "", lambda member: file)


def _zip_source(name: str, sha256: str, archive: zipfile.ZipFile) -> Source:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise FileRefused(f"{_quoted(name)} holds over {MOST_MEMBERS:,} files: not postcodes.")
    chosen = [member for member in members if _holds_postcodes(member.filename)]
    chosen = [m for m in chosen if _SPLIT_COPY not in m.filename.lower()] or chosen
    if not chosen:
        raise FileRefused(f"{_quoted(name)} is a zip without a CSV file in it: not a postcode product.")
    for member in chosen:
        if member.flag_bits & _ENCRYPTED or member.compress_type not in _PACKED:
            raise FileRefused(
                f"{_quoted(member.filename)} is packed in a way that cannot be read. Download it again."
            )
    return Source(name, sha256, [member.filename for member in chosen], _metadata(archive), archive.open)


def _holds_postcodes(member: str) -> bool:
    path = PurePosixPath(member)
    return path.suffix.lower() == ".csv" and not any(_PAPERS.match(folder) for folder in path.parts[:-1])


def _metadata(archive: zipfile.ZipFile) -> str:
    """The publisher's own account of the rows, in the Latin-1 of its copyright sign."""
    for member in archive.infolist():
        if member.filename.lower().endswith("doc/metadata.txt"):
            return archive.open(member).read(LONGEST_LINE).decode("latin-1")
    return ""


def _quoted(name: str) -> str:
    """A name from a download may hold anything, such as commands to a terminal."""
    return repr(name)
