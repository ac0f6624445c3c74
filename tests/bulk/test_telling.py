"""The e-mail at the end of a file."""

import pytest
from django.core import mail

from ims.accounts.models import User
from ims.accounts.roles import Role
from ims.bulk import telling
from ims.bulk.models.upload import Way
from tests import makers
from tests.bulk.sending import a_file_with_rejected_rows

pytestmark = pytest.mark.django_db


def test_a_name_is_written_as_it_is():
    manager = makers.an_actor(Role.PROVIDER_MANAGER)
    User.objects.filter(pk=manager.user_id).update(full_name="Siobhan O'Brien")
    upload = a_file_with_rejected_rows(manager)
    upload.way = Way.TRANSFER

    telling.tell(upload)

    assert mail.outbox[-1].body.startswith("Hello Siobhan O'Brien,\n")
