"""`demo` serves the site with demo data, a worker beside it; nothing is left running after Ctrl+C."""

import signal
import subprocess
import sys
import time
from io import StringIO
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ims.operations.demo import activity, people

OTHERS = {"clients": 2000, "contacts": 24000, "years": 3}
PATIENCE = 30  # seconds for the server to answer
PATIENCE_WITH_A_JOB = 15  # seconds for the worker to finish what it is doing
WORKER = [str(settings.BASE_DIR / "manage.py"), "worker"]


class Command(BaseCommand):
    help = "Migrate, load lists and demo data once, serve on 127.0.0.1, and print who can sign in."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--only-load", action="store_true", help="load, and do not serve")

    def handle(self, port, only_load, **options):
        people.refuse_production()
        signal.signal(signal.SIGTERM, _interrupt)
        call_command("migrate", verbosity=0)
        if not people.is_made():
            self._load()
        if not only_load:
            self._serve(port)

    def _load(self):
        self.stdout.write("Loading code lists, postcodes and demo data (once) …")
        for command in (["load_codelists"], ["load_areas"], ["load_postcodes", "--example"]):
            call_command(*command, verbosity=0, stdout=StringIO())
        now = timezone.now()
        with transaction.atomic():  # people without activity would pass for a demo that is made
            activity.record_activity(people.make_people(now), now)
        # Other services around them, so that a year's figures are more than stars.
        call_command("seed", **OTHERS, add=True, stdout=StringIO())

    def _serve(self, port):
        server, worker = _start(*_web(port)), _start(*WORKER)
        try:
            self._wait_for(server, port)
            self._print_sign_ins(port)
            while not _has_ended(server, within=5):
                if worker.poll() is not None:
                    worker = _start(*WORKER)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping …")
        finally:
            server.terminate()
            worker.terminate()
            server.wait()
            if not _has_ended(worker, within=PATIENCE_WITH_A_JOB):
                worker.kill()  # what it had half done is not saved, and is done by the next one
                worker.wait()

    def _wait_for(self, server, port):
        for _ in range(PATIENCE * 10):
            if server.poll() is not None:
                raise CommandError(
                    f"The server did not start. Is port {port} in use? Try: make demo PORT=8001"
                )
            try:
                urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5)
                return
            except OSError:  # not yet listening, or too busy to answer
                time.sleep(0.1)
        raise CommandError("The server does not answer.")

    def _print_sign_ins(self, port):
        self.stdout.write(f"\nIMS runs on http://127.0.0.1:{port}   (Ctrl+C stops everything)\n\n")
        for row in [("username", "password", "role", "provider"), *people.sign_ins()]:
            self.stdout.write("  {:<15} {:<26} {:<18} {}".format(*row))
        self.stdout.flush()  # or whoever reads it through a pipe waits for ever


def _web(port):
    return ["-m", "gunicorn", "-c", "python:ims.serving", "-b", f"127.0.0.1:{port}", "ims.wsgi"]


def _start(*arguments):
    return subprocess.Popen([sys.executable, *arguments])  # noqa: S603 - our own interpreter and arguments


def _has_ended(process, within):
    """Whether it ended within so many seconds."""
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def _interrupt(signum, frame):
    raise KeyboardInterrupt
