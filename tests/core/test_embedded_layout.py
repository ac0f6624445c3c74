"""Folders that are too deep, closed, removed, or somebody else's."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from ims.core import embedded_layout
from ims.core.embedded_layout import Account, PostgresDidNotStart
from tests.core.postgres_visitor import Visitor, cleaned_up, connect, visiting

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs a server as somebody else")


@pytest.fixture
def open_folder():
    """A folder that any user can enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def test_data_stay_in_a_data_folder_that_the_servers_user_can_enter(open_folder):
    with cleaned_up(open_folder / "var" / "postgres") as folder, visiting(folder) as visitor:
        assert visitor.host == str(folder / "socket")
        assert (folder / "cluster").is_dir()


@as_root
def test_data_of_a_closed_folder_lie_elsewhere_and_the_folder_says_where(tmp_path):
    with cleaned_up(tmp_path / "postgres") as folder, visiting(folder) as visitor:
        home = embedded_layout.spill(folder)

        assert visitor.host == str(home / "socket")
        assert str(home) in (folder / "README").read_text()
        assert not (folder / "cluster").exists()


@as_root
def test_data_are_found_again_where_they_were_after_the_folder_was_opened(open_folder):
    open_folder.chmod(0o700)
    with cleaned_up(open_folder / "postgres") as folder:
        with visiting(folder) as before:
            pass
        open_folder.chmod(0o755)
        with visiting(folder) as after:
            assert after.host == before.host


def test_who_removes_the_data_folder_begins_afresh(tmp_path):
    with cleaned_up(tmp_path / "postgres") as folder:
        with visiting(folder) as visitor, connect(visitor.host, "ims_owner") as owner:
            owner.execute("CREATE TABLE old ()")
        shutil.rmtree(folder)

        with visiting(folder) as visitor, connect(visitor.host, "ims_owner") as owner:
            assert owner.execute("SELECT to_regclass('old')").fetchone() == (None,)


@pytest.mark.parametrize("name", ["d" * 150, 'it\'s a "folder", with \\ 100% of it'], ids=["long", "odd"])
def test_any_name_of_a_data_folder_will_do(open_folder, name):
    with cleaned_up(open_folder / name) as folder, visiting(folder) as visitor:
        assert (folder / "cluster").is_dir()
        connect(visitor.host, "ims_app").close()


@pytest.fixture
def deep(open_folder):
    """A folder whose socket must go to /var/tmp, and where."""
    folder = open_folder / ("d" * 150)
    place = embedded_layout.spill(folder)
    place.rmdir()
    yield folder, place
    place.unlink() if place.is_symlink() else shutil.rmtree(place)


@as_root
def test_a_folder_that_another_user_made_in_our_place_is_refused(deep):
    folder, place = deep
    place.mkdir()
    os.chown(place, 65534, 65534)

    said = Visitor(folder).refusal()

    assert f"{place} is not a folder of user 0" in said
    assert list(place.iterdir()) == []


def test_a_link_that_somebody_put_in_our_place_is_refused(deep, tmp_path):
    folder, place = deep
    place.symlink_to(tmp_path)

    said = Visitor(folder).refusal()

    assert f"{place} is not a folder of user" in said
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_the_place_of_the_log_is_not_written_through(tmp_path):
    with cleaned_up(tmp_path / "postgres") as folder:
        folder.mkdir()
        (tmp_path / "precious").write_text("precious")
        (folder / "server.log").symlink_to(tmp_path / "precious")

        visitor = Visitor(folder)
        assert visitor.host == ""
        _, said = visitor.process.communicate(timeout=60)

        assert "server.log" in said
        assert (tmp_path / "precious").read_text() == "precious"


def test_a_user_without_a_name_is_told_that_postgresql_needs_one(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000)

    with pytest.raises(PostgresDidNotStart, match="knows no user 4000000"):
        embedded_layout.lay_out(tmp_path)


@as_root
def test_the_owner_of_the_data_runs_the_server_whoever_else_could(tmp_path):
    nobody = Account(65534, 65534)
    (tmp_path / "cluster").mkdir()
    os.chown(tmp_path / "cluster", nobody.uid, nobody.gid)

    assert embedded_layout.lay_out(tmp_path).account == nobody
