"""Programs of the project, run in a data folder of the bench and in no other."""

import os
import subprocess
import sys
from pathlib import Path

from ims import env


def environment(folder: Path) -> dict[str, str]:
    """As in a plain installation: whatever was set for another one, a DATABASE_URL above all, does not count here."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("IMS_") and "DATABASE" not in name
    }
    binaries = {"IMS_PG_BIN": env.text("IMS_PG_BIN")} if env.text("IMS_PG_BIN") else {}
    return {**kept, **binaries, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "IMS_DATA_DIR": str(folder)}


def run(folder: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
    """Run `python ARGUMENTS` to its end. Raises CalledProcessError."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=env.BASE, env=environment(folder), check=True, **options)
