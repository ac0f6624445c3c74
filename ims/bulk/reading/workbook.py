"""An Excel workbook (.xlsx), opened by a child process under limits; see workbook_child.py.

Workbooks are programs for whoever opens them: a few kilobytes can unpack to gigabytes. So the site never opens one. The
bytes go to the child through a socket and its table comes back through it as text, which is checked like any CSV.
"""

import csv
import io
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from ims.bulk.reading.limits import SAVE_AGAIN, Limits, Unreadable
from ims.bulk.reading.table import Text, column_letters
from ims.bulk.reading.workbook_child import OUT_OF_MEMORY, Finding

_CHILD = Path(__file__).with_name("workbook_child.py")
_UNPACKED = 20  # times the most bytes of a file; rows of text pack about ten times smaller
_TOO_LARGE = (
    "The workbook becomes too large when it is opened. "
    "Copy your table alone into a new workbook, or save it as CSV, or split it into smaller files."
)
_SAVE_AS_XLSX = "Open it, choose Save As, then “Excel Workbook (.xlsx)” or “CSV UTF-8”."
_REFUSALS = {
    Finding.DAMAGED: f"The workbook is damaged or was not made by a spreadsheet program. {SAVE_AGAIN}",
    Finding.UNSAFE_NAMES: f"The file has parts with unsafe names: no spreadsheet program made it. {SAVE_AGAIN}",
    Finding.ENCRYPTED: f"The workbook is protected by a password. {SAVE_AGAIN}",
    Finding.OPEN_DOCUMENT: f"The file is an OpenDocument file (such as .ods). {_SAVE_AS_XLSX}",
    Finding.BINARY: f"The file is a binary Excel workbook (.xlsb). {_SAVE_AS_XLSX}",
    Finding.MACROS: f"The workbook may hold macros (.xlsm). {_SAVE_AS_XLSX}",
    Finding.OTHER_ZIP: f"The file is a zip file, not a table. Unpack it and choose the table inside. {SAVE_AGAIN}",
    Finding.TOO_LARGE: _TOO_LARGE,
    Finding.TOO_WIDE: "Something stands in column {column}, and the most is {columns} columns. "
    "Delete the columns right of your table, then save it again.",
    Finding.NO_CELLS: "The workbook has no sheet with anything in it, apart from hidden ones. Choose the file that your rows are in.",
    Finding.FORMULA_ERROR: "Cell {detail} shows an error of a formula, such as #N/A. Put it right or empty it.",
    Finding.FORMULA_UNSAVED: "Cell {detail} is a formula that was saved without its value. "
    "Open the workbook in Excel and save it again, or paste values over the formulas.",
    Finding.MORE_SHEETS: "The workbook has another sheet with the same headings, “{detail}”, and only one is read. "
    "Put all rows into one sheet, or send each sheet as a file of its own.",
    Finding.MERGED: "Cells {detail} are merged, and only the first of them says anything. Unmerge them and fill in each.",
}


@contextmanager
def opened(data: bytes, name: str, limits: Limits) -> Iterator[Text]:
    """The first sheet of the workbook as text. The child ends with the block. Raises Unreadable."""
    with _child(limits) as child:
        child.send(data)
        stream = io.TextIOWrapper(io.BufferedReader(child), encoding="utf-8", newline="")
        finding, detail = next(csv.reader(stream))
        if finding != Finding.TABLE:
            raise Unreadable(_words(Finding(finding), detail, name, limits))
        yield Text(stream, ",", kind="xlsx", tab=detail)


def _words(finding: Finding, detail: str, name: str, limits: Limits) -> str:
    if finding == Finding.OTHER_ZIP and name.lower().endswith((".xlsx", ".xlsm")):
        finding = Finding.DAMAGED
    if finding == Finding.MERGED:
        left, top, right, bottom = map(int, detail.split(","))
        detail = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
    column = column_letters(int(detail)) if finding == Finding.TOO_WIDE else ""
    return _REFUSALS[finding].format(detail=detail, column=column, columns=limits.columns)


class _Child(io.RawIOBase):
    """What is said to the child process and what it answers. Raises Unreadable where one of its limits ended it.

    Waiting for it is limited, all waits together; what the caller does between reading two rows is not counted.
    """

    def __init__(self, process: subprocess.Popen, line: socket.socket, seconds: float) -> None:
        self.process, self.line, self.seconds_left = process, line, seconds

    def send(self, data: bytes) -> None:
        """All of it, and that it is all."""
        try:
            with self._waiting():
                self.line.sendall(data)
                self.line.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has ended, and reading says how

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        try:
            with self._waiting():
                count = self.line.recv_into(buffer)
        except ConnectionResetError:
            count = 0
        if not count:
            self._refuse_if_ended_early()
        return count

    def _refuse_if_ended_early(self) -> None:
        with self._waiting():
            code = self.process.wait(timeout=self.seconds_left)
        if code < 0 or code == OUT_OF_MEMORY:
            raise Unreadable(_TOO_LARGE)
        if code:
            raise RuntimeError(f"The program that opens workbooks ended with {code}.")

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        self.line.settimeout(max(self.seconds_left, 0.001))
        began = time.monotonic()
        try:
            yield
        except (TimeoutError, subprocess.TimeoutExpired):
            raise Unreadable(_TOO_LARGE) from None
        finally:
            self.seconds_left -= time.monotonic() - began


@contextmanager
def _child(limits: Limits) -> Iterator[_Child]:
    """The process, without the environment of the site; it ends with the block, whatever it is doing."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own program and numbers
                _command(limits), stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL, env={}, cwd="/"
            )
        try:
            yield _Child(process, ours, limits.seconds)
        finally:
            process.kill()
            process.wait()


def _command(limits: Limits) -> list[str]:
    packages = Path(find_spec("python_calamine").origin).parents[1]
    numbers = (limits.seconds, limits.memory, limits.bytes * _UNPACKED, limits.columns)
    # Isolated: nothing of the folder that it starts in, or that is installed for the site, runs before it.
    return [sys.executable, "-I", "-S", str(_CHILD), str(packages), *map(str, numbers)]
