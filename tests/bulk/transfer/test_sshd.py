"""The shipped configuration, held by a real OpenSSH server on the loopback: files by a key, and nothing else.

Needs openssh-server, openssh-client and libnss-wrapper; `.ci/run` installs them. As anybody but root
accounts cannot be shut into their folders, and what is about that is left out.
"""

import os
import shutil
import socket
import stat
from contextlib import contextmanager, suppress

import pytest
from django.core import mail

from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.core import jobs
from interventions.models import SyringeExchange
from tests.bulk.sending import HEADINGS
from tests.bulk.transfer.folders import NEW, settled
from tests.bulk.transfer.sshd import ACCOUNT, ROOT, a_server, missing

pytestmark = pytest.mark.skipif(
    bool(missing()) and not os.environ.get("CI"), reason=f"not installed: {', '.join(missing())}"
)
shut_in = pytest.mark.skipif(not ROOT, reason="only root can shut an account into its folder")


@pytest.fixture(scope="module")
def server():
    with a_server() as running:
        yield running


@pytest.fixture
def file(tmp_path):
    """On the provider's own machine."""
    path = tmp_path / "quarter.csv"
    path.write_text(HEADINGS + NEW)
    return path


@pytest.fixture
def folders(server, provider):
    """Empty before each test, though the server is the same."""
    for part in ("incoming", "done", "refused"):
        for path in (server.folders.own / part).iterdir():
            path.unlink()
    return server.folders


@contextmanager
def the_machines_log(folder):
    """What the part of the server that is shut into a folder says to syslog there; as shipped there is none."""
    place = folder / "dev"
    place.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as listening:
        listening.bind(str(place / "log"))
        (place / "log").chmod(0o666)
        yield lambda: "".join(iter(lambda: _next(listening), ""))
    shutil.rmtree(place)


def _next(listening) -> str:
    with suppress(BlockingIOError):
        return listening.recv(10_000).decode()
    return ""


class TestWhoComesIn:
    def test_the_key_that_was_entered_does(self, server):
        assert server.sftp("pwd").returncode == 0

    def test_another_key_does_not(self, server):
        refused = server.sftp("pwd", key="stranger")

        assert refused.returncode != 0
        assert "Permission denied (publickey)" in refused.stderr

    @pytest.mark.parametrize("way", ["password", "keyboard-interactive", "hostbased"])
    def test_nobody_is_asked_for_a_password(self, server, way):
        refused = server.ssh(f"-oPreferredAuthentications={way}", "-oPubkeyAuthentication=no", "-v")

        assert refused.returncode != 0
        assert "Authentications that can continue: publickey\n" in refused.stderr.replace("\r", "")
        assert "Permission denied (publickey)" in refused.stderr


class TestWhatIsThere:
    @shut_in
    def test_nothing_above_the_own_folder(self, server, folders):
        said = server.sftp("cd ..", "cd ../..", "pwd", "ls -1 /").stdout.splitlines()

        assert "Remote working directory: /" in said
        assert said[-3:] == ["/done", "/incoming", "/refused"]
        assert "not found" in server.sftp("get /etc/passwd /dev/null").stderr

    def test_it_begins_where_files_are_left(self, server, folders):
        assert server.sftp("pwd").stdout.splitlines()[-1].endswith("/incoming")

    @shut_in
    @pytest.mark.parametrize("place", ["/", "/done/", "/refused/"])
    def test_nothing_is_left_anywhere_else(self, server, folders, file, place):
        refused = server.sftp(f"put {file} {place}quarter.csv")

        assert refused.returncode != 0
        assert "ermission denied" in refused.stderr

    @pytest.mark.parametrize(
        "command", ["mkdir quarter", "symlink /etc/passwd quarter.csv", "ln quarter.csv.part quarter.csv"]
    )
    def test_no_folder_and_no_link_is_made(self, server, folders, file, command):
        server.sftp(f"put {file} quarter.csv.part")

        refused = server.sftp(command)

        assert refused.returncode != 0
        assert folders.names("incoming") == ["quarter.csv.part"]

    def test_there_is_no_shell_and_no_command(self, server):
        for options, command in ((), "id"), (("-tt",), ""), (("-s",), "netconf"):
            said = server.ssh(*options, command=command)

            assert "uid=" not in said.stdout
            assert "$" not in said.stdout

        assert "PTY allocation request failed" in server.ssh("-tt").stderr

    def test_there_is_no_way_on_to_other_machines(self, server):
        through = server.ssh("-W", f"127.0.0.1:{server.port}")
        assert through.returncode != 0
        assert "administratively prohibited" in through.stderr

        back = server.ssh("-oExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1")
        assert back.returncode != 0
        assert "remote port forwarding failed" in back.stderr


class TestAFileOnItsWay:
    def test_from_the_providers_machine_into_the_record(self, server, folders, manager, file):
        settled(manager, applies_by_itself=True)
        assert server.sftp(f"put {file} quarter.csv.part").returncode == 0
        assert folders.collected() == {}

        assert server.sftp("rename quarter.csv.part quarter.csv").returncode == 0
        folders.gone_through()

        assert SyringeExchange.objects.visible_to(manager).count() == 1
        assert Upload.objects.get().state == State.APPLIED
        assert mail.outbox[0].subject == "IMS: your file is recorded"
        assert "-quarter.csv" in server.sftp("ls -1 ../done").stdout
        assert folders.names("incoming") == []

    def test_a_name_that_was_used_before_is_used_again(self, server, folders, manager, file):
        settled(manager)
        for rows in (NEW, NEW.replace("=10", "=20")):
            file.write_text(HEADINGS + rows)
            server.sftp(f"put -p {file} quarter.csv.part", "rename quarter.csv.part quarter.csv")
            folders.collected()
        jobs.run_waiting()

        assert Upload.objects.count() == 2

    def test_the_note_beside_a_refused_one_can_be_read_there(self, server, folders, provider, file, tmp_path):
        server.sftp(f"put {file} quarter.csv")
        folders.collected()

        server.sftp(f"get ../refused/*.txt {tmp_path}/note.txt")

        assert "switched off for the service" in (tmp_path / "note.txt").read_text()

    def test_the_collector_may_read_it_and_other_accounts_may_not(self, server, folders, file):
        file.chmod(0o666)

        server.sftp(f"put {file} quarter.csv")

        found = (folders.own / "incoming" / "quarter.csv").stat()
        assert stat.S_IMODE(found.st_mode) == 0o640
        assert found.st_gid == (folders.own / "incoming").stat().st_gid

    def test_the_servers_log_says_who_came_and_not_what_a_file_was_called(self, server, folders, file):
        server.sftp(f"put {file} Quill-0505.csv.part", "rename Quill-0505.csv.part Quill-0505.csv")
        server.sftp("mkdir Quill-0505")
        server.sftp("get Quill-0506.csv")

        assert f"Accepted publickey for {ACCOUNT}" in server.log()
        assert "Quill" not in server.log()

    @shut_in
    def test_nor_does_the_log_of_the_machine_where_the_folder_has_a_way_to_it(self, server, folders, file):
        with the_machines_log(folders.own) as log:
            server.sftp(f"put {file} Quill-0505.csv.part", "rename Quill-0505.csv.part Quill-0505.csv")
            server.sftp("mkdir Quill-0505")

            assert "Quill" not in log()
