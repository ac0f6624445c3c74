"""The site, served over a data folder as in production: gunicorn with the project's own configuration."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ims import env
from tests.bench import child

LOG = "bench-server.log"


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve a data folder for the length of the block; the port on 127.0.0.1.

    Requests are logged as in production, to nowhere; what goes wrong is in the folder's `bench-server.log`.
    """
    with (folder / LOG).open("w") as log:
        server, port = start(folder, log)
        try:
            yield port
        except Exception as fault:
            fault.add_note(f"What the server said is in {folder / LOG}")
            raise
        finally:
            server.terminate()
            server.wait()


def start(folder: Path, log, *, port: int = 0, **options) -> tuple[subprocess.Popen, int]:
    """gunicorn's master and its port, a free one unless it is named; `options` are those of Popen.

    The socket is made here and handed down: no port has to be guessed, and a visitor may come at once.
    """
    with socket.create_server(("127.0.0.1", port)) as listening:
        handle, port = listening.fileno(), listening.getsockname()[1]
        command = ["-m", "gunicorn", "-c", "python:ims.serving", "-b", f"fd://{handle}", "ims.wsgi"]
        server = subprocess.Popen(
            [sys.executable, *command],
            cwd=env.BASE,
            env=child.environment(folder),
            pass_fds=[handle],
            stdout=subprocess.DEVNULL,
            stderr=log,
            **options,
        )
    return server, port
