"""A provider whose system leaves files, and the manager whose name was lent; the first manager is there besides."""

import pytest

from ims.accounts.roles import Role
from tests import makers
from tests.bulk.transfer.folders import folders_of


@pytest.fixture
def provider(db):
    return makers.a_provider("St Mary's", code="LIV0001")


@pytest.fixture
def manager(provider):
    return makers.an_actor(Role.PROVIDER_MANAGER, provider, username="manager", full_name="Ann Bell")


@pytest.fixture
def folders(provider, tmp_path):
    return folders_of("LIV0001", tmp_path)
