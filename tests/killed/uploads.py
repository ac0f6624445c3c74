"""Uploads through a site that is killed: a worker beside the site, and a manager before it."""

import subprocess
import sys
from itertools import count

from ims import env
from ims.bulk.models.upload import State
from ims.core import dates
from tests.bench import child
from tests.killed.manager import Manager
from tests.killed.moments import length
from tests.killed.person import at_work
from tests.killed.site import Kept, KilledSite, wait_until
from tests.killed.upload import EACH, ROWS, File, Held, held

LEFT = """
SELECT (SELECT count(*) FROM bulk_uploadrow), (SELECT count(*) FROM bulk_uploadfile),
       (SELECT count(*) FROM procrastinate_jobs)
"""
CUT_OFF = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR attempts > 0"
AT_WORK = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
_numbers = count(1)


class Worker:
    """`manage.py worker` of a site."""

    def __init__(self, site: KilledSite):
        self.site, self.log = site, site.folder / "worker.log"
        self.process: subprocess.Popen | None = None

    def start(self, **environment: str) -> None:
        """Where it does not run. What it is told besides is for this start alone."""
        if self.process is not None and self.process.poll() is None:
            return
        settings = {"DJANGO_SETTINGS_MODULE": "tests.killed.worker_settings"}
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "worker"],
                cwd=env.BASE,
                env=child.environment(self.site.folder) | settings | environment,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """kill -9, and nothing of it left but what the database knows."""
        if self.process:
            self.process.kill()
            self.process.wait()


class Uploads:
    """Files of one service, and what becomes of them. `before`: what was held before the first."""

    def __init__(self, site: KilledSite):
        self.site, self.worker = site, Worker(site)
        self.manager = at_work(site, "manager", Manager)
        self.before = site.kept()
        self.files = 0

    def a_file(self, kind: type[File] = File, rows: int = ROWS) -> File:
        """One that is to be recorded in the end."""
        self.files += 1
        return kind(f"K{next(_numbers)}", dates.today(), rows)

    def is_sent(self, file: File) -> str:
        """The path of the upload, for which a worker runs."""
        self.worker.start()
        return self.manager.sends_file(file)

    def wait_for(self, file: File, wanted: State) -> None:
        """Until it has come to that, and the worker has written so; the worker is started as often as it ends."""

        def there() -> bool:
            self.worker.start()
            found = self.held(file).state
            assert found not in {State.FAILED, State.UNREADABLE} - {wanted}
            return found == wanted and self.site.ask(AT_WORK) == [(0,)]

        wait_until(there, f"the upload is {wanted}")

    def lengths(self) -> tuple[float, float]:
        """Seconds of a check and of recording, with nothing happening to them, by a worker that is warm."""
        self._goes_all_the_way()
        return self._goes_all_the_way()

    def _goes_all_the_way(self) -> tuple[float, float]:
        file = self.a_file()
        path = self.is_sent(file)
        check = length(lambda: self.wait_for(file, State.CHECKED))
        self.manager.confirms(path)
        return check, length(lambda: self.wait_for(file, State.APPLIED))

    def is_cut_off(self) -> bool:
        """Whether somebody was killed with a job in hand."""
        return self.site.ask(CUT_OFF) != [(0,)]

    def held(self, file: File) -> Held:
        return held(self.site, file)

    def must_all_be_there_once(self) -> None:
        """Whatever was sent, and nothing beside it; no staging, no job."""
        rows = self.files * ROWS
        assert self.site.kept().since(self.before) == Kept(rows, rows, 0, 0, rows // EACH)
        assert self.site.ask(LEFT) == [(0, 0, 0)]
