"""A real OpenSSH server on the loopback, with the configuration that is shipped: only its places are others.

As root it is the whole arrangement, the account shut into its folder. Anybody else cannot shut an account in, nor be
another: then the account is their own under another name. libnss_wrapper lets this one server know it either way, so
that nothing of the machine is changed.
"""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bulk.transfer.folders import Folders
from tests.house.source import BASE
from tests.killed.site import wait_until

CONFIGURATION = BASE / "docs" / "transfer" / "sshd_config"
GUIDE = BASE / "docs" / "transfer.md"
ROOT = os.geteuid() == 0
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"
ACCOUNT, GROUP = "liv0001", "ims-transfer"
NUMBER = 61_417 if ROOT else os.geteuid()  # one that no account is given by itself
PATIENCE = 30  # seconds for one command of a client


def found(program: str) -> str | None:
    return shutil.which(program, path=PATH)


def wrapper() -> Path | None:
    return next(iter(Path("/usr/lib").glob("**/libnss_wrapper.so")), None)


def missing() -> list[str]:
    """What has to be installed before a server can be started here."""
    programs = [program for program in ("sshd", "ssh", "sftp", "ssh-keygen") if not found(program)]
    return [*programs, *([] if wrapper() else ["libnss_wrapper"])]


@dataclass(frozen=True)
class Server:
    """`folders` are those of its one account."""

    folders: Folders
    place: Path
    port: int

    def sftp(self, *commands: str, key: str = "client") -> subprocess.CompletedProcess:
        """A client that gives these commands and ends at the first that fails."""
        return self._client("sftp", "-b", "-", "-P", key=key, said="\n".join(commands))

    def ssh(self, *options: str, key: str = "client", command: str = "") -> subprocess.CompletedProcess:
        return self._client("ssh", *options, "-p", key=key, command=command)

    def log(self) -> str:
        return (self.place / "log").read_text()

    def _client(self, program: str, *options: str, key: str, said: str = "", command: str = ""):
        settled = {
            "BatchMode": "yes", "IdentitiesOnly": "yes", "IdentityAgent": "none", "IdentityFile": self.place / key,
            "StrictHostKeyChecking": "yes", "UserKnownHostsFile": self.place / "known",
        }  # fmt: skip
        whole = [
            found(program), "-F", "/dev/null", *(f"-o{name}={value}" for name, value in settled.items()),
            *options, str(self.port), f"{ACCOUNT}@127.0.0.1", *filter(None, [command]),
        ]  # fmt: skip
        return subprocess.run(whole, input=said, capture_output=True, text=True, timeout=PATIENCE)


@contextmanager
def a_server() -> Iterator[Server]:
    assert not missing(), "see .ci/run"
    with _place() as place:
        server = Server(_folders(place), place, _free_port())
        _make_keys(server)
        (place / "sshd_config").write_text(_configuration(server))
        with open(place / "log", "w") as log:
            command = [found("sshd"), "-D", "-e", "-f", str(place / "sshd_config")]
            running = subprocess.Popen(command, stderr=log, env={"PATH": PATH, **_knowing_the_account(place)})
        try:
            wait_until(lambda: running.poll() is not None or _listens(server.port), "the server listens")
            assert running.poll() is None, server.log()
            yield server
        finally:
            running.terminate()
            running.wait(PATIENCE)


@contextmanager
def _place() -> Iterator[Path]:
    """Every folder above one that an account is shut into has to be root's, so that /tmp will not do."""
    _make_run_sshd()
    with tempfile.TemporaryDirectory(prefix="ims-transfer-", dir="/run" if ROOT else None) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def _make_run_sshd() -> None:
    """The empty folder that a server run by root wants at each connection; the unit file has systemd make it.

    It stays: another process of the tests may have a server at the same time.
    """
    if ROOT:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)


def _folders(place: Path) -> Folders:
    """Made as the guide says. Whoever runs the tests is also the collector."""
    numbers = {"root": 0, "ims": os.getegid(), ACCOUNT: _group()}
    made = re.findall(
        r"^install -d -o (\w+) -g (\w+) -m (\d+) /srv/ims-transfer/(.+)$", GUIDE.read_text(), re.M
    )
    for owner, group, rights, folder in made:
        path = place / "providers" / folder
        path.mkdir(parents=True)
        if ROOT:
            os.chown(path, numbers[owner], numbers[group])
        path.chmod(int(rights, 8))
    return Folders(place / "providers", place / "providers" / ACCOUNT)


def _make_keys(server: Server) -> None:
    for name in ("host", "client", "stranger"):
        command = [found("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(server.place / name)]
        subprocess.run(command, check=True)
    (server.place / "keys").mkdir()
    (server.place / "keys" / ACCOUNT).write_text((server.place / "client.pub").read_text())
    host = (server.place / "host.pub").read_text()
    (server.place / "known").write_text(f"[127.0.0.1]:{server.port} {host}")


def _configuration(server: Server) -> str:
    """The shipped one in another place; of somebody who is not root, without the shutting in."""
    others = {
        "Port 2222": f"Port {server.port}\nListenAddress 127.0.0.1",
        "/etc/ims-transfer/host_ed25519": str(server.place / "host"),
        "/etc/ims-transfer/keys/": f"{server.place}/keys/",
        "/srv/ims-transfer/%u": f"{server.folders.root}/%u",
    }
    if not ROOT:
        others |= {
            "/srv/ims-transfer/%u": "none",
            "StrictModes yes": "StrictModes no",  # everybody may write to /tmp
            "-d /incoming": f"-d {server.folders.own}/incoming",
        }
    text = _patience() + CONFIGURATION.read_text()
    for ours, other in others.items():
        assert text.count(ours) == 1, ours
        text = text.replace(ours, other)
    return text


def _patience() -> str:
    """From 9.8 on a server keeps an address waiting that was refused before; here all come from one."""
    said = subprocess.run([found("ssh"), "-V"], capture_output=True, text=True, check=True).stderr
    major, minor = re.match(r"OpenSSH_(\d+)\.(\d+)", said).groups()
    return "PerSourcePenalties no\n" if (int(major), int(minor)) >= (9, 8) else ""


def _knowing_the_account(place: Path) -> dict[str, str]:
    """What lets the server know an account that the machine does not have."""
    known = [":".join(map(str, pwd.getpwnam(name))) for name in ("root", "sshd")]
    account = f"{ACCOUNT}:*:{NUMBER}:{_group()}::/:/usr/sbin/nologin"
    (place / "passwd").write_text("\n".join([*known, account, ""]))
    (place / "group").write_text(f"root:x:0:\n{ACCOUNT}:x:{_group()}:\n{GROUP}:x:{_group() + 1}:{ACCOUNT}\n")
    return {
        "LD_PRELOAD": str(wrapper()),
        "NSS_WRAPPER_PASSWD": str(place / "passwd"),
        "NSS_WRAPPER_GROUP": str(place / "group"),
    }


def _group() -> int:
    return NUMBER if ROOT else os.getegid()


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return taken.getsockname()[1]


def _listens(port: int) -> bool:
    with suppress(ConnectionRefusedError), closing(socket.create_connection(("127.0.0.1", port))):
        return True
    return False
