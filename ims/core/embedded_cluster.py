"""Makes a cluster, writes its settings and its roles.

Settings lie outside the cluster and are written at every start, so that a new release needs no step by hand. What
must stay true: nothing a person typed reaches the log (see SETTINGS), and nobody signs in but by their user of this
machine through the socket.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from ims.core.embedded_layout import Layout, PostgresDidNotStart, give, replace

PORT = 5432  # names the socket's file; nothing listens on TCP
SIGN_IN = ("ims_super", "ims_owner", "ims_app", "ims_reporting")
ROLES = Path(__file__).with_name("roles.sql")
# Tests read the views on one connection; elsewhere the site never becomes the reporting role.
THROWAWAY_GRANT = "GRANT ims_reporting TO ims_app;"

SETTINGS = """\
# Written at every start. For settings of your own use ALTER SYSTEM.
listen_addresses = ''
port = {port}
unix_socket_directories = {socket}
unix_socket_permissions = 0700
hba_file = {hba}
ident_file = {ident}
max_connections = 80
shared_buffers = {shared_buffers}
max_wal_size = 2GB
timezone = 'Europe/London'
log_timezone = 'Europe/London'
lc_messages = 'C'
# People's data stay out of the log. An error's own first line can quote what was typed, so errors are not logged at
# all (the application has them); the rest keeps statements and details out of what is logged.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_statement = none
log_min_duration_statement = -1
"""
THROWAWAY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def make(layout: Layout, binaries: Path, major: int, *, throwaway: bool) -> None:
    """Make the cluster beside its place and move it there whole. Raises PostgresDidNotStart with initdb's words."""
    for half_made in layout.home.glob("making-*"):
        shutil.rmtree(half_made, ignore_errors=True)
    (layout.home / "roles.made").unlink(missing_ok=True)
    replace(layout.home / "kind", _kind(throwaway))
    making = layout.home / f"making-{secrets.token_hex(4)}"
    give(making, layout.account)
    command = [str(binaries / "initdb"), "-D", str(making), *_initdb_options(major, throwaway)]
    made = subprocess.run(command, capture_output=True, text=True, **layout.account.spawning())  # noqa: S603
    if made.returncode:
        shutil.rmtree(making, ignore_errors=True)
        raise PostgresDidNotStart(f"initdb failed in {layout.home}:\n{made.stderr.strip()}")
    making.rename(layout.cluster)


def refuse_other_kind(layout: Layout, *, throwaway: bool) -> None:
    """The tests' own cluster is lost in a power cut and grants more: it is never the real one, nor the reverse."""
    if layout.cluster.exists() and (kind := (layout.home / "kind").read_text()) != _kind(throwaway):
        raise PostgresDidNotStart(
            f"{layout.cluster} holds {kind}; {_kind(throwaway)} belong in a folder of their own. Set IMS_DATA_DIR."
        )


def configure(layout: Layout, *, throwaway: bool) -> None:
    """Write settings and who may sign in as whom."""
    hba, ident = layout.home / "pg_hba.conf", layout.home / "pg_ident.conf"
    settings = SETTINGS.format(
        port=PORT,
        # The setting is a list: the inner quotes keep a folder whole.
        socket=_quoted('"' + str(layout.socket).replace('"', '""') + '"'),
        hba=_quoted(hba),
        ident=_quoted(ident),
        shared_buffers="128MB" if throwaway else "256MB",
    )
    replace(hba, "local all all peer map=ims\n")
    replace(ident, "".join(f'ims "{name}" {role}\n' for name in _who_may_sign_in() for role in SIGN_IN))
    replace(layout.home / "server.conf", settings + (THROWAWAY if throwaway else ""))


def ensure_roles(layout: Layout, *, throwaway: bool) -> None:
    """Make the site's database and the roles, once for each edition of roles.sql; a start that was cut short is made good."""
    text = ROLES.read_text() + (THROWAWAY_GRANT if throwaway else "")
    digest = hashlib.sha256(text.encode()).hexdigest()
    made = layout.home / "roles.made"
    if made.exists() and made.read_text() == digest:
        return
    with _super(layout, "postgres") as connection:
        if not connection.execute("SELECT FROM pg_database WHERE datname = 'ims'").fetchall():
            connection.execute("CREATE DATABASE ims")
    with _super(layout, "ims") as connection, connection.transaction():
        connection.execute(text)
    replace(made, digest)


def _super(layout: Layout, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(layout.socket),
        port=PORT,
        user="ims_super",
        dbname=database,
        autocommit=True,
        connect_timeout=10,
        # roles.made must not outlive roles that a throwaway server had not yet written when it was killed.
        options="-c synchronous_commit=on",
    )


def _initdb_options(major: int, throwaway: bool) -> list[str]:
    options = ["--username=ims_super", "--auth-local=peer", "--auth-host=reject", "--encoding=UTF8"]
    options += ["--data-checksums", "--no-instructions", *_locale(major)]
    return [*options, "--no-sync"] if throwaway else options


def _kind(throwaway: bool) -> str:
    return "data of tests" if throwaway else "data to keep"


def _locale(major: int) -> list[str]:
    """Order by code point and upper case by Unicode, the same on every machine as far as its version can."""
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]


def _who_may_sign_in() -> list[str]:
    """We, and root, who could become us anyway."""
    return sorted({pwd.getpwuid(os.geteuid()).pw_name, pwd.getpwuid(0).pw_name})


def _quoted(value: Path | str) -> str:
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"
