"""Who may sign in, what each may, and what the log never says."""

import stat
from pathlib import Path

import psycopg
import pytest

from tests.core.postgres_visitor import Visitor, cleaned_up, connect, live, visiting


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    with cleaned_up(tmp_path_factory.mktemp("private") / "postgres") as folder:
        yield folder


@pytest.fixture(scope="module")
def host(folder):
    with visiting(folder) as visitor:
        yield visitor.host


@pytest.mark.parametrize("role", ["ims_super", "ims_owner", "ims_app", "ims_reporting"])
def test_each_role_signs_in_as_itself(host, role):
    with connect(host, role) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (role,)


@pytest.mark.parametrize("role", ["ims_eraser", "postgres"])
def test_nobody_signs_in_as_anyone_else(host, role):
    with pytest.raises(psycopg.OperationalError):
        connect(host, role)


def test_only_the_keeper_of_the_server_is_superuser(host):
    with connect(host, "ims_super") as connection:
        superusers = connection.execute("SELECT rolname FROM pg_roles WHERE rolsuper").fetchall()

    assert superusers == [("ims_super",)]


@pytest.mark.parametrize("role", ["ims_owner", "ims_app", "ims_reporting"])
def test_no_role_of_the_project_reads_password_hashes(host, role):
    with connect(host, role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM pg_authid")


@pytest.mark.parametrize("role", ["ims_app", "ims_reporting"])
def test_who_serves_and_who_reads_can_make_no_table_anywhere(host, role):
    with connect(host, role) as connection:
        for statement in ["CREATE TABLE public.mine ()", "CREATE TEMP TABLE mine ()", "CREATE SCHEMA mine"]:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_the_owner_makes_tables_databases_and_the_extensions_the_project_uses(host):
    with connect(host, "ims_owner") as connection:
        connection.execute("CREATE TABLE public.owned ()")
        connection.execute("CREATE EXTENSION btree_gist")
        connection.execute("CREATE DATABASE another")

        assert connection.execute("SELECT to_regclass('public.owned') IS NOT NULL").fetchone() == (True,)


def test_the_site_is_the_eraser_only_after_it_has_said_so(host):
    with connect(host, "ims_app") as connection:
        assert rights(connection, "ims_eraser") == (False, True)
        connection.execute("SET ROLE ims_eraser")
        assert connection.execute("SELECT current_user").fetchone() == ("ims_eraser",)


def test_only_in_the_tests_own_cluster_the_site_can_become_the_reader(host, tmp_path):
    with connect(host, "ims_app") as connection:
        assert rights(connection, "ims_reporting") == (False, True)

    with cleaned_up(tmp_path / "kept") as kept, visiting(kept, throwaway=False) as visitor:
        with connect(visitor.host, "ims_app") as connection:
            assert rights(connection, "ims_reporting") == (False, False)
            assert settings(connection, "fsync", "full_page_writes", "synchronous_commit") == ["on"] * 3


def test_a_cluster_of_tests_is_not_served_as_one_to_keep(host, folder):
    said = Visitor(folder, throwaway=False).refusal()

    assert "holds data of tests" in said


def test_what_a_person_typed_does_not_reach_the_log(host, folder):
    with connect(host, "ims_owner") as owner:
        owner.execute("CREATE TABLE person (attributor text UNIQUE, born date)")
        owner.execute("INSERT INTO person VALUES ('canary050585m', NULL)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO person VALUES (%s, NULL)", ["canary050585m"])
        with pytest.raises(psycopg.errors.InvalidDatetimeFormat):
            owner.execute("INSERT INTO person VALUES (NULL, 'canary')")
        with pytest.raises(psycopg.errors.SyntaxError):
            owner.execute("INSERT canary")

    log = folder / "server.log"
    assert "ready to accept connections" in log.read_text()
    assert "canary" not in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_server_checks_its_pages_and_keeps_text_and_days_as_we_do(host):
    with connect(host, "ims_super") as connection:
        assert settings(connection, "data_checksums", "server_encoding", "timezone", "max_connections") == [
            "on",
            "UTF8",
            "Europe/London",
            "80",
        ]
        assert connection.execute("SELECT upper('é'), 'Z' < 'a'").fetchone() == ("É", True)


def test_the_rules_of_signing_in_hold_no_mistake(host):
    with connect(host, "ims_super") as connection:
        rules = connection.execute(
            "SELECT type, database, user_name, auth_method, error FROM pg_hba_file_rules"
        )
        assert rules.fetchall() == [("local", ["all"], ["all"], "peer", None)]
        assert (
            connection.execute("SELECT error FROM pg_ident_file_mappings WHERE error <> ''").fetchall() == []
        )


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc, which this system lacks")
def test_the_server_listens_on_no_port(host, folder):
    opened = [str(fd.readlink()) for fd in Path(f"/proc/{live(folder)}/fd").iterdir()]
    sockets = {
        name.removeprefix("socket:[").removesuffix("]") for name in opened if name.startswith("socket:")
    }
    ports = {
        line.split()[9]
        for table in ("tcp", "tcp6")
        for line in Path("/proc/net", table).read_text().splitlines()
    }

    assert sockets
    assert not sockets & ports


def test_only_the_servers_user_reaches_its_data_and_its_socket(host):
    for folder in (Path(host), Path(host).parent / "cluster"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def rights(connection, role):
    """Whether the right is in force, and whether it can be taken."""
    return connection.execute(
        "SELECT pg_has_role(%(role)s, 'USAGE'), pg_has_role(%(role)s, 'MEMBER')", {"role": role}
    ).fetchone()


def settings(connection, *names):
    return [connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0] for name in names]
