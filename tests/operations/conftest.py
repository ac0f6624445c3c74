"""A seeded database for the tests that only look at it; it is emptied after the last of a module."""

import pytest
from django.db import connection

from tests import database
from tests.operations.seeding import Shape, run_seed


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """300 clients and 3,000 contacts over three years, and the shape of the tables before. Committed: only look."""
    with django_db_blocker.unblock():
        try:
            before = Shape.now()
            run_seed()
            yield before
        finally:
            database.clean()
            connection.close()
