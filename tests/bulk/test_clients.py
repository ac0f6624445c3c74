"""The layout of clients: what each row becomes, where rows of one file are about the same people."""

import pytest

from clients.models import Client
from tests import makers
from tests.bulk.sending import faults, outcomes, record, send

pytestmark = pytest.mark.django_db
HEADER = "ims_id,first_initial,last_initial,date_of_birth,sex,consent,own_reference\n"
AB = ",A,B,05/05/1985,M,yes,\n"
AB_WITH_REFERENCE = ",A,B,05/05/1985,M,yes,7Q4\n"


@pytest.mark.parametrize("rows_at_a_time", [1, 1000])
def test_a_second_row_about_somebody_new_is_a_change_and_no_second_person(
    manager, monkeypatch, rows_at_a_time
):
    monkeypatch.setattr("ims.bulk.passing.CHUNK", rows_at_a_time)
    monkeypatch.setattr("ims.bulk.recording.rows.CHUNK", rows_at_a_time)

    upload = record(manager, HEADER + AB + AB_WITH_REFERENCE, "clients")

    assert (upload.state, outcomes(upload)) == ("applied", "nc")
    assert Client.objects.visible_to(manager).get().own_reference == "7Q4"


def test_a_client_is_not_given_the_name_of_another(manager):
    makers.a_client(manager, "AB05051985M")
    other = makers.a_client(manager, "CD17091979F")

    upload = send(manager, HEADER + other.ims_id + AB, "clients")

    ((number, column, words),) = faults(upload)
    assert (number, column) == (2, "own_reference")
    assert words.startswith(
        "Another client here has this attributor and own reference already (no reference)."
    )


def test_a_row_after_one_that_puts_a_name_right_finds_the_client_by_the_new_one(manager):
    client = makers.a_client(manager, "CD17091979F")

    upload = record(manager, HEADER + client.ims_id + AB + AB_WITH_REFERENCE, "clients")

    assert (upload.state, outcomes(upload)) == ("applied", "cc")
    client.refresh_from_db()
    assert (client.attributor.text(), client.own_reference, client.version) == ("AB05051985M", "7Q4", 3)
