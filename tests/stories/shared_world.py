"""One world a module: made once, handed to every test as it was at first, and gone after the last.

A conftest takes it with `from tests.stories.shared_world import stage, world`. Everything happens in one transaction that
never ends, so a test that needs real transactions makes its own world, and none of these may ask for `db`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace

import pytest
from django.db import connection, connections, transaction
from django.db.models import Model

from ims.codelists import lists
from tests.makers import NOW
from tests.world import World, a_world


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The cast of a module. What is done to it lasts to the end of the module."""
    with django_db_blocker.unblock():
        own, connections["reporting"] = connections["reporting"], connections["default"]
        try:
            with _rolled_back(), a_world() as cast:
                yield cast
        finally:
            connections["reporting"] = own
            connection.close()


@pytest.fixture
def world(stage) -> Iterator[World]:
    """The cast, for one test. What is done to it is undone, and the clock is put back."""
    stage.clock.move_to(NOW, tick=False)
    records = {name: copy(value) for name, value in vars(stage).items() if isinstance(value, Model)}
    with _rolled_back():
        lists.forget()
        yield replace(stage, **records)


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
