"""The process that opens workbooks: what it may take, what it is told, and that it ends."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ims.bulk.reading import workbook, workbook_child
from ims.bulk.reading.sheet import Limits, Unreadable, open_sheet
from tests.bulk import files
from tests.bulk.leftovers import children, nothing_left  # noqa: F401 - asks after every test

CHILD = Path(workbook_child.__file__)
GOOD = files.workbook(files.table([["a", "b"], [1, 2]]))
MORE_THAN_A_SOCKET_HOLDS = files.workbook("", parts={"x": random.Random(1).randbytes(3_000_000)})
MEMORY = 200_000_000


def under_limits(code, seconds=5):
    """How a process ends that runs this under the child's limits."""
    program = f"import runpy; runpy.run_path({str(CHILD)!r})['limit']({seconds}, {MEMORY})\n{code}"
    return subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, timeout=60)


@pytest.fixture
def child_that(monkeypatch, tmp_path):
    """Puts another program in the child's place."""

    def replace(program):
        (tmp_path / "child.py").write_text(program)
        monkeypatch.setattr(workbook, "_CHILD", tmp_path / "child.py")

    return replace


def opening(data=GOOD, **limits):
    with open_sheet(data, name="march.xlsx", limits=Limits(**limits)) as sheet:
        return sheet.tab, list(sheet.rows)


def test_it_cannot_write_a_file(tmp_path):
    with (tmp_path / "out").open("w") as out:
        program = (
            f"import runpy; runpy.run_path({str(CHILD)!r})['limit'](5, {MEMORY})\nprint('x', flush=True)"
        )
        ended = subprocess.run([sys.executable, "-I", "-c", program], stdout=out, stderr=subprocess.DEVNULL)

    assert ended.returncode != 0
    assert (tmp_path / "out").read_text() == ""


def test_it_cannot_open_a_file():
    assert "Too many open files" in under_limits("open('/etc/hostname')").stderr


@pytest.mark.skipif(sys.platform != "linux", reason="macOS takes no limit of memory")
def test_it_cannot_take_more_memory_than_it_may():
    assert under_limits(f"bytes({MEMORY // 4})").returncode == 0
    assert "MemoryError" in under_limits(f"bytes({MEMORY})").stderr


def test_it_is_ended_when_it_computes_for_too_long():
    assert under_limits("while True: pass", seconds=1).returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_it_is_told_nothing_of_the_site(child_that, monkeypatch):
    monkeypatch.setenv("IMS_SECRET_KEY", "secret")
    child_that(
        "import os, sys\nsys.stdin.buffer.read()\n"
        "print('table', os.environ.get('IMS_SECRET_KEY', 'not told'), sep=',')\nprint('a', '1', sep='\\n')"
    )

    assert opening() == ("not told", [(2, ["1"])])


def test_one_that_does_not_answer_is_given_up(child_that):
    child_that("import sys, time\nsys.stdin.buffer.read()\ntime.sleep(600)")

    with pytest.raises(Unreadable, match="too large when it is opened"):
        opening(seconds=1)


def test_one_that_does_not_listen_is_given_up(child_that):
    child_that("import time\ntime.sleep(600)")

    with pytest.raises(Unreadable, match="too large when it is opened"):
        opening(MORE_THAN_A_SOCKET_HOLDS, seconds=1)


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", f"os._exit({workbook_child.OUT_OF_MEMORY})"])
def test_one_that_ends_half_way_gives_no_table(child_that, end):
    child_that(
        f"import os, sys\nsys.stdin.buffer.read()\nprint('table,x\\na,b\\n1,2\\n3,\"4', flush=True)\n{end}"
    )

    with pytest.raises(Unreadable, match="too large when it is opened"):
        opening()


def test_one_that_is_killed_while_it_is_sent_to_gives_no_table(child_that):
    child_that("import os\nos.kill(os.getpid(), 9)")

    with pytest.raises(Unreadable, match="too large when it is opened"):
        opening(MORE_THAN_A_SOCKET_HOLDS)


def test_a_fault_of_our_own_is_not_blamed_on_the_file(child_that):
    child_that("raise SystemExit(1)")

    with pytest.raises(RuntimeError, match="ended with 1"):
        opening()


def test_it_ends_with_the_block_however_much_was_read():
    long = files.workbook(files.table([["a", "b"], *[["x" * 90, 1]] * 20_000]))
    before = children()

    with open_sheet(long, name="march.xlsx", limits=Limits()) as sheet:
        next(sheet.rows)
        during = children()

    assert len(during - before) == 1
    assert children() == before


def test_it_ends_when_the_caller_fails():
    before = children()

    with pytest.raises(ZeroDivisionError), open_sheet(GOOD, name="march.xlsx", limits=Limits()):
        raise ZeroDivisionError

    assert children() == before


def test_what_the_caller_does_between_two_rows_is_not_counted_against_the_file(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(workbook, "time", clock)
    long = files.workbook(files.table([["a", "b"], *[["x" * 90, 1]] * 20_000]))

    with open_sheet(long, name="march.xlsx", limits=Limits(seconds=20)) as sheet:
        next(sheet.rows)
        clock.now += 600
        rest = list(sheet.rows)

    assert len(rest) == 19_999


class Clock:
    now = 0.0

    def monotonic(self):
        return self.now
