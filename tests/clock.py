"""The clock at the one moment of the tests, for every test of a module or folder that takes this fixture.

Rows of files are of June 2026, and a service records so many days back and no more: on the real clock they grow too old.
"""

import pytest
import time_machine

from tests.makers import NOW


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
