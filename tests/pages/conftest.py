"""The pages of the matrix, as everybody who may sees them, in one world."""

import pytest

from ims.accounts.roles import Role
from tests import makers
from tests.access import objects
from tests.stories.shared_world import stage, world  # noqa: F401


@pytest.fixture
def people(world):  # noqa: F811
    """Somebody of every role; those of a provider work at Riverside."""
    held = {
        Role.PROVIDER_STAFF: world.pharmacist,
        Role.PROVIDER_MANAGER: world.pharmacy_manager,
        Role.PHI_ANALYST: world.analyst,
        Role.PHI_OFFICER: world.officer,
        Role.COMMISSIONER: world.commissioner,
    }
    return {role: held.get(role) or makers.an_actor(role) for role in Role}


@pytest.fixture
def own(world):  # noqa: F811
    """What the addresses of the matrix are about."""
    return objects.of_riverside(world)
