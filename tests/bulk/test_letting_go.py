"""What was read of a file is let go by itself: Python's search for garbage stands still while a file is read."""

import gc

import pytest

from clients.uploading.people import People
from ims.accounts.roles import Role
from ims.bulk.layout import Row
from ims.bulk.models.upload import State
from ims.bulk.reader import FormReader
from tests import makers
from tests.bulk.sending import a_file_with_rejected_rows, confirm, leaving_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_collections():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_nothing_of_a_file_is_left_in_memory_when_it_is_recorded(no_collections):
    by = leaving_out(makers.an_actor(Role.PROVIDER_MANAGER))

    upload = confirm(by, a_file_with_rejected_rows(by), skips_rejected=True)

    assert upload.state == State.APPLIED
    left = [type(one) for one in gc.get_objects() if type(one) in (Row, FormReader, People)]
    assert left == []
