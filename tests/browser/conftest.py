"""A real browser before the real site: Chromium of the distribution, every middleware, the database of the tests.

Without Chromium the stories are skipped with one loud line; where CI=true that is a failure. Nothing may ask another
host, break the content security policy or complain in the console: `Watch` remembers, and the test fails.
"""

import os
import shutil
import threading

import pytest
import time_machine
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import sync_playwright

from tests import database
from tests.browser.gallery import open_gallery
from tests.browser.keyboard import Keyboard
from tests.browser.stage import Stage, set_the_stage
from tests.browser.watch import Watch
from tests.makers import NOW

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "NO CHROMIUM: the browser stories are NOT run. Install the distribution's: apt-get install chromium"
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Another host cannot even be asked for; that somebody tried is seen by Watch.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def the_browser_or_a_word(environment=os.environ) -> str:
    """Where Chromium is. Without one: skips, or fails where CI=true."""
    found = next(filter(None, (shutil.which(name, path=environment.get("PATH")) for name in NAMES)), None)
    if found:
        return found
    if environment.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)


def pytest_runtest_setup(item):
    """Asked here and not in a fixture, so that all the tests skipped make one line."""
    if "chromium" in item.fixturenames:
        the_browser_or_a_word()


@pytest.fixture(scope="package")
def chromium():
    """One browser for all stories. Of this package alone, because of its event loop.

    Playwright keeps one in this thread, which Django takes for asynchronous code. It is not: nothing here awaits, and
    a query of the test runs between two calls, never during one. Connections made meanwhile are closed with it: they
    are in a drawer of their own, where whoever removes the database does not find them.
    """
    path = the_browser_or_a_word()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()


class Server(ThreadedWSGIServer):
    daemon_threads = False  # closing waits for every request, so that none still holds the database


@pytest.fixture(scope="package")
def site(django_db_setup, chromium):
    """The address of the site, served from this process with all its middleware; files by whitenoise, as in the demo."""
    server = Server(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module", autouse=True)
def clock():
    """The clock starts at NOW in every module, and ticks, because browsers wait."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def stage(site, transactional_db) -> Stage:
    """The people of the demo with nothing recorded yet, gone after the test."""
    return set_the_stage()


@pytest.fixture
def a_browser(chromium, site):
    """Opens another person's browser: a profile of its own, watched until the test ends."""
    watched = []

    def open_one(**options):
        context = chromium.new_context(base_url=site, locale="en-GB", timezone_id="Europe/London", **options)
        context.set_default_timeout(30_000)
        watched.append((context, Watch(context, site)))
        return context.new_page()

    yield open_one
    for context, _ in watched:
        context.close()
    assert [fault for _, watch in watched for fault in watch.faults] == []


@pytest.fixture
def at_keyboard(a_browser):
    """A person with a keyboard and no mouse, at a browser of their own."""
    return lambda **options: Keyboard(a_browser(**options))


@pytest.fixture(scope="module")
def gallery(chromium, site, django_db_blocker, clock):
    """What there is to look at, for the tests of a module that change nothing; gone after the last of them."""
    with django_db_blocker.unblock():
        try:
            opened = open_gallery(chromium, site)
            yield opened
            opened.close()
        finally:
            database.clean()
