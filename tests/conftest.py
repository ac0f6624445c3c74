"""The database of the tests: made by the owner, used as ims_app, like production."""

import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from ims.core.roles import as_owner


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
    django_db_modify_db_settings,
):
    keep = {"keepdb": True} if django_db_keepdb and not django_db_createdb else {}
    with django_db_blocker.unblock(), as_owner():
        made = setup_databases(verbosity=0, interactive=False, **keep)
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
    if marker is None or marker.kwargs.get("transaction"):  # those use two real connections
        yield
        return
    request.getfixturevalue("django_db_setup")
    own, connections["reporting"] = connections["reporting"], connections["default"]
    yield
    connections["reporting"] = own
