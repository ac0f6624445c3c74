"""Files are read on the day of the tests, whatever day it really is, and sent by the manager of a service of its own."""

import pytest

from ims.accounts.roles import Role
from tests import makers
from tests.clock import clock  # noqa: F401


@pytest.fixture
def manager():
    return makers.an_actor(Role.PROVIDER_MANAGER)
