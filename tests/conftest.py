"""The database of the tests: made by the owner, used as ims_app, like production."""

import pytest
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from ims.codelists import lists
from ims.core.roles import as_owner
from tests import database
from tests.killed.site import site_to_kill  # noqa: F401 - for the stories in which a server is killed
from tests.world import world  # noqa: F401 - the cast, for every test


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
    django_db_modify_db_settings,
):
    keep = {"keepdb": True} if django_db_keepdb and not django_db_createdb else {}
    with django_db_blocker.unblock():
        with as_owner():
            made = setup_databases(verbosity=0, interactive=False, **keep)
        database.load_reference()
    TransactionTestCase._fixture_teardown = lambda self: database.clean()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            connections["reporting"].close()
            with as_owner():
                teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def one_connection(request):
    """In a test that rolls back, the reporting alias is the default connection; reading() keeps the rights real."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    if commits or not (marker or "db" in request.fixturenames):  # those that commit use two real connections
        yield
        return
    request.getfixturevalue("db")  # first, because it closes every alias it is not told of
    own, connections["reporting"] = connections["reporting"], connections["default"]
    yield
    connections["reporting"] = own


@pytest.fixture(autouse=True)
def lists_as_loaded():
    """What one test changed in a list and took back is not remembered in the next."""
    yield
    lists.forget()
