"""The unit files that are shipped: systemd takes them as they are, and they start what is there."""

import re
import shutil
import subprocess
import sys

import pytest
from django.core.management import get_commands

from tests.house.source import BASE

SHIPPED = BASE / "docs" / "transfer"
UNITS = sorted(path.name for path in SHIPPED.iterdir() if path.suffix in {".service", ".timer"})


def test_the_collector_starts_a_command_of_ours():
    (command,) = re.findall(
        r"^ExecStart=.* manage\.py (\w+)$", (SHIPPED / "ims-collect-uploads.service").read_text(), re.M
    )

    assert get_commands()[command] == "ims.bulk"


def test_the_guide_speaks_of_every_file_that_is_shipped():
    guide = (BASE / "docs" / "transfer.md").read_text()

    assert UNITS == ["ims-collect-uploads.service", "ims-collect-uploads.timer", "ims-transfer-sshd.service"]
    assert all(
        name in guide for name in ("ims-collect-uploads.timer", "ims-transfer-sshd.service", "sshd_config")
    )


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here to judge them")
def test_systemd_takes_them(tmp_path):
    for name in UNITS:
        text = (SHIPPED / name).read_text().replace("/opt/ims/.venv/bin/python", sys.executable)
        (tmp_path / name).write_text(text.replace("/usr/sbin/sshd", sys.executable))

    judged = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True,
        text=True,
    )

    assert (judged.returncode, judged.stdout + judged.stderr) == (0, "")
