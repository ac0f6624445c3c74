"""The data folders that pages are measured on: made once by `seed`, kept for the next run.

A folder counts as made once the file beside it says with which arguments; one without is half made, and is removed.
A folder from elsewhere serves as well: link it under the name, and write that file.
"""

import json
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench import child

MAKING = [
    ["migrate", "--verbosity=0"],
    ["load_codelists", "--verbosity=0"],
    ["load_areas", "--verbosity=0"],
    ["load_postcodes", "--example", "--verbosity=0"],
]


@dataclass(frozen=True)
class Size:
    """What `seed` is asked for."""

    clients: int
    contacts: int
    years: int = 10
    random_seed: int = 1

    def tenth(self) -> "Size":
        return Size(self.clients // 10, self.contacts // 10, self.years, self.random_seed)

    def arguments(self) -> list[str]:
        return [f"--{name.replace('_', '-')}={number}" for name, number in asdict(self).items()]


def folder_with(size: Size, root: Path) -> Path:
    """The folder with data of this size, made where it is missing; its tables are those of today's code.

    Raises CalledProcessError where a command fails.
    """
    folder = root / f"{size.clients}-{size.contacts}"
    made = root / f"{folder.name}.json"
    if not (made.exists() and json.loads(made.read_text()) == asdict(size)):
        made.unlink(missing_ok=True)
        _make(size, folder)
        made.write_text(json.dumps(asdict(size)))
    child.run(folder, "manage.py", "migrate", "--verbosity=0", stdout=sys.stderr)
    return folder


def _make(size: Size, folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    print(f"Making {folder} (once) …", file=sys.stderr)
    for command in [*MAKING, ["seed", *size.arguments()]]:
        child.run(folder, "manage.py", *command, stdout=sys.stderr)
