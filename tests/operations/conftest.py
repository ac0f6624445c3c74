"""A seeded database for the tests that only look at it; it is emptied after the last of a module."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests import database
from tests.killed.uploads import Uploads
from tests.operations.seeding import MORE_CONTACTS, Shape, run_seed


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """300 clients and 3,000 contacts over three years, and the shape of the tables before. Committed: only look."""
    with committed(django_db_blocker):
        before = Shape.now()
        run_seed()
        yield before


@pytest.fixture(scope="module")
def seeded_with_more(django_db_setup, django_db_blocker):
    """Enough contacts in one year that there are some of what is rare, and some of the last days. Committed: only look."""
    with committed(django_db_blocker):
        run_seed(clients=800, contacts=MORE_CONTACTS, years=1)
        yield


@contextmanager
def committed(blocker):
    with blocker.unblock():
        try:
            yield
        finally:
            database.clean()
            connection.close()


@pytest.fixture
def uploads(site_to_kill) -> Iterator[Uploads]:
    """Of the site that is killed. No worker is left running."""
    site_to_kill.serve()
    uploads = Uploads(site_to_kill)
    yield uploads
    uploads.worker.kill()
