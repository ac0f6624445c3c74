"""The e-mail at the end of a file."""

import pytest
from django.core import mail

from ims.accounts.models import User
from ims.accounts.roles import Role
from ims.bulk import telling
from ims.bulk.models.upload import Way
from tests import makers
from tests.bulk.sending import HEADINGS, a_file_with_rejected_rows, confirm, send

pytestmark = pytest.mark.django_db


def test_a_name_is_written_as_it_is():
    manager = makers.an_actor(Role.PROVIDER_MANAGER)
    User.objects.filter(pk=manager.user_id).update(full_name="Siobhan O'Brien")
    upload = a_file_with_rejected_rows(manager)
    upload.way = Way.TRANSFER

    telling.tell(upload)

    assert mail.outbox[-1].body.startswith("Hello Siobhan O'Brien,\n")


def test_of_a_long_file_that_cannot_be_read_whoever_left_the_page_hears_as_well():
    manager = makers.an_actor(Role.PROVIDER_MANAGER)
    rows = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n" * 20_000

    send(manager, HEADINGS + rows + '"never closed')

    assert [one.subject for one in mail.outbox] == ["IMS: your file could not be read"]


def test_of_a_short_one_nobody_does():
    send(makers.an_actor(Role.PROVIDER_MANAGER), HEADINGS + '"never closed')

    assert mail.outbox == []


def test_whoever_confirmed_a_file_hears_that_it_was_checked_again_instead():
    manager = makers.an_actor(Role.PROVIDER_MANAGER)
    row = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"
    first, second = send(manager, HEADINGS + row), send(manager, HEADINGS + row)
    confirm(manager, first)
    assert mail.outbox == []

    second = confirm(manager, second)

    assert (second.state, second.moved_on) == ("checked", True)
    assert [one.subject for one in mail.outbox] == ["IMS: your file is checked"]
