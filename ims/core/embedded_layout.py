"""Where a private PostgreSQL keeps its files, and which user runs it.

PostgreSQL refuses to run as root. Where root asks for a server another user runs it, and where that user cannot enter
the data folder (root's home is 0700) everything moves to /var/tmp/ims-<digest of the path>.
What must stay true: root writes only into folders that root made, never through one that the server's user owns.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SPILL = Path("/var/tmp")  # noqa: S108  every folder made here is checked to be ours
LONGEST_SOCKET = 103  # bytes: Linux allows 107, macOS 103
SOCKET = ".s.PGSQL.5432"


class PostgresDidNotStart(RuntimeError):
    """The private PostgreSQL is not running. The message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The user that runs the server: ourselves, or somebody without rights where we are root."""

    uid: int
    gid: int

    def spawning(self) -> dict:
        """Arguments of subprocess: this user, an environment with nothing of ours, no terminal to read from."""
        options = {"stdin": subprocess.DEVNULL, "cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}}
        if os.geteuid() == 0:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def can_enter(self, folder: Path) -> bool:
        """Asked of the system by trying: access lists and mounts have a say that mode bits do not show."""
        command = ["/bin/sh", "-c", 'cd -- "$0"', str(folder)]
        return subprocess.run(command, stderr=subprocess.DEVNULL, **self.spawning()).returncode == 0  # noqa: S603


@dataclass(frozen=True)
class Layout:
    """The places of one private server. `home` is `data_dir`, or the folder that stands in for it.

    Locks and log stay in the data folder; `home` has what the server's user must reach.
    """

    data_dir: Path
    home: Path
    socket: Path
    account: Account

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.data_dir / "server.log"

    @property
    def readme(self) -> Path:
        return self.data_dir / "README"

    @property
    def moved(self) -> bool:
        return self.home != self.data_dir


def make_data_dir(data_dir: Path) -> None:
    """Make the folder where it is absent; one that somebody made keeps the rights they gave it."""
    try:
        data_dir.mkdir(parents=True)
    except FileExistsError:
        return
    data_dir.chmod(_private())


def lay_out(data_dir: Path) -> Layout:
    """Where the server of this folder is; call with the start lock held. Raises PostgresDidNotStart."""
    account = _usual_account()
    home = data_dir if _can_stay(data_dir, account) else spill(data_dir)
    if (home / "cluster").exists():
        account = _owner(home / "cluster")
    socket = home / "socket"
    # libpq reads a comma in the name of a host as the end of it.
    if len(os.fsencode(socket / SOCKET)) > LONGEST_SOCKET or "," in str(socket):
        socket = spill(data_dir) / "socket"
    return Layout(data_dir, home, socket, account)


def spill(data_dir: Path) -> Path:
    """The folder in /var/tmp that belongs to a data folder, ours and nobody else's. Raises PostgresDidNotStart.

    Anybody may make a folder or a link of that name before us, so it is opened without following links and judged
    by what was opened.
    """
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    folder = SPILL / f"ims-{digest}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass  # made by an earlier start, or by somebody else: the next lines decide
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise _not_ours(folder) from error
    try:
        if os.fstat(opened).st_uid != os.geteuid():
            raise _not_ours(folder)
        os.fchmod(opened, _private())
    finally:
        os.close(opened)
    return folder


def leave_word(layout: Layout) -> None:
    """Say in the data folder where its database went; call with the start lock held and no server running.

    A database in /var/tmp whose data folder says nothing of it outlived that folder: somebody removed the folder to
    begin afresh, so the old database is set aside (one is kept) and not served again.
    """
    if not layout.moved or layout.readme.exists():
        return
    if layout.cluster.exists():
        aside = layout.home / "set-aside"
        shutil.rmtree(aside, ignore_errors=True)
        layout.cluster.rename(aside)
    word = f"The database of this folder is in {layout.home}: the user that runs PostgreSQL cannot enter this folder.\n"
    replace(layout.readme, word)


def replace(path: Path, text: str) -> None:
    """Write a file whole: a start that is killed never leaves half of one, and a link of that name is not followed."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as file:
        file.write(text)
        os.fchmod(file.fileno(), 0o644)  # the server's user reads it; the folder is closed to everybody else
    os.replace(beside, path)


def give(folder: Path, account: Account) -> None:
    """Make a folder, where it is absent, that only the server's user may enter."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def _usual_account() -> Account:
    if os.geteuid() != 0:
        return _account_of(pwd.getpwuid, os.geteuid())
    try:
        return _account_of(pwd.getpwnam, "postgres")
    except PostgresDidNotStart:
        return _account_of(pwd.getpwnam, "nobody")


def _account_of(look_up, key) -> Account:
    try:
        entry = look_up(key)
    except KeyError as error:
        # initdb and peer authentication both need the name of a user.
        raise PostgresDidNotStart(
            f"This machine knows no user {key}, and PostgreSQL must run as a named one. Add it to /etc/passwd."
        ) from error
    return Account(entry.pw_uid, entry.pw_gid)


def _owner(cluster: Path) -> Account:
    """Who made the cluster runs it: `postgres` may have come to this machine after `nobody` had made it."""
    found = cluster.lstat()
    if not stat.S_ISDIR(found.st_mode) or os.geteuid() not in {0, found.st_uid}:
        raise PostgresDidNotStart(
            f"{cluster} belongs to user {found.st_uid}. Run as that user, or set IMS_DATA_DIR to another folder."
        )
    return Account(found.st_uid, found.st_gid)


def _can_stay(data_dir: Path, account: Account) -> bool:
    """Whether the server lives in the data folder itself; once decided, it stays where its data are."""
    if os.geteuid() != 0 or (data_dir / "cluster").exists():
        return True
    return not (data_dir / "README").exists() and account.can_enter(data_dir)


def _private() -> int:
    """Nobody lists our folders; the user that serves root passes through to its own two."""
    return 0o711 if os.geteuid() == 0 else 0o700


def _not_ours(folder: Path) -> PostgresDidNotStart:
    return PostgresDidNotStart(
        f"{folder} is not a folder of user {os.geteuid()}: somebody else made it. Remove it, or set IMS_DATA_DIR."
    )
