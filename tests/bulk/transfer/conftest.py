"""A provider whose system leaves files, and the manager whose name was lent; the first manager is there besides."""

import pytest
import time_machine

from ims.accounts.roles import Role
from tests import makers
from tests.bulk.transfer.folders import folders_of
from tests.makers import NOW


@pytest.fixture(autouse=True)
def clock():
    """Files are read on the day of the tests, whatever day it really is."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def provider(db):
    return makers.a_provider("St Mary's", code="LIV0001")


@pytest.fixture
def manager(provider):
    return makers.an_actor(Role.PROVIDER_MANAGER, provider, username="manager", full_name="Ann Bell")


@pytest.fixture
def folders(provider, tmp_path):
    return folders_of("LIV0001", tmp_path)
