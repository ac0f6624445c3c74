"""A second sign-in to the tests' database, for what the site itself may not do."""

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def owner(db):
    """A cursor of the owner of the tables, on a connection of its own; whatever it does is undone."""
    own = connection.copy()
    own.settings_dict.update(settings.DATABASE_OWNER)
    own.set_autocommit(False)
    with own.cursor() as cursor:
        yield cursor
    own.rollback()
    own.close()


@pytest.fixture
def site(db):
    """A cursor as the site has it, before anybody has acted."""
    with connection.cursor() as cursor:
        yield cursor
