"""The real postcode files, which are not part of the project. Without them their tests are skipped, saying so."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "geography"


def real_file(name: str) -> Path:
    """The path of a real file; without it, the test is skipped."""
    path = FOLDER / name
    if not path.exists():
        print(f"\nNOT TESTED WITH REAL POSTCODES: {path} is not there.")
        pytest.skip(
            f"NOT TESTED WITH REAL POSTCODES: there is no ../shared/geography/{name} beside the project"
        )
    return path


def column(name: str, heading: str = "postcode") -> Iterator[str]:
    """One column of a real file."""
    path = real_file(name)
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        yield from (row[heading] for row in csv.DictReader(file))
