"""After every test of reading a file nothing is left: nothing in the temporary folder, no process."""

import tempfile
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def nothing_left(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = children()
    yield
    assert list(folder.iterdir()) == []
    assert children() == before


def children() -> set[str]:
    """The process ids of our own children, where the system lists them (Linux)."""
    return {pid for each in Path("/proc/self/task").glob("*/children") for pid in each.read_text().split()}
