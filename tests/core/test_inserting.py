"""A few records or many: what is saved is the same, history included."""

import pytest

from ims.bulk.actions import Sent, receive_upload
from ims.bulk.models import Upload, UploadRow
from ims.core import inserting
from ims.core.keys import new_submission_id
from interventions.models import SyringeExchange
from interventions.syringe_exchange.action import record_exchanges
from tests import makers
from tests.makers import NOW, exchange_line

pytestmark = pytest.mark.django_db
OF_ITS_OWN = {"id", "ref", "submission_id", "history_id", "history_change_reason"}


def says(record) -> dict:
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.attname not in OF_ITS_OWN
    }


@pytest.fixture
def staff():
    return makers.an_actor()


def an_upload(staff) -> Upload:
    sent = Sent("quarter.csv", b"", "contacts")
    return receive_upload(sent=sent, submission_id=new_submission_id(), at=NOW, by=staff)


def recorded(staff, client, number):
    lines = [exchange_line(client, returned=None if place % 2 else 0) for place in range(number)]
    return record_exchanges(lines=lines, at=NOW, by=staff).new


def test_many_are_saved_as_a_few_are(staff, monkeypatch):
    client = makers.a_client(staff, postcode="L1 9DB")
    few = recorded(staff, client, 3)

    monkeypatch.setattr(inserting, "MANY", 3)
    many = recorded(staff, client, 3)

    few, many = ([SyringeExchange.objects.get(pk=one.pk) for one in some] for some in (few, many))
    assert [says(one) for one in many] == [says(one) for one in few]
    assert [says(one.history.get()) for one in many] == [says(one.history.get()) for one in few]
    assert len({one.ref for one in many}) == 3
    assert [one.returned for one in many] == [0, None, 0]


def test_a_name_that_is_no_field_is_refused(staff, monkeypatch):
    monkeypatch.setattr(inserting, "MANY", 1)

    with pytest.raises(TypeError, match="shoe_size"):
        inserting.insert(SyringeExchange, [{"shoe_size": 41, "submission_id": new_submission_id()}])


def test_rows_of_many_that_name_different_fields_are_refused_and_nothing_of_them_is_lost(staff, monkeypatch):
    monkeypatch.setattr(inserting, "MANY", 2)
    row = {"upload_id": an_upload(staff).pk, "cells": "", "outcome": "new"}

    with pytest.raises(TypeError, match="different fields"):
        inserting.insert(UploadRow, [{**row, "number": 2}, {**row, "number": 3, "faults": [["", "No."]]}])


@pytest.mark.parametrize("most", [1, 100], ids=["many", "few"])
def test_no_value_is_saved_as_none_however_many_there_are(staff, monkeypatch, most):
    monkeypatch.setattr(inserting, "MANY", most)
    row = {"upload_id": an_upload(staff).pk, "cells": "", "outcome": "new", "number": 2, "faults": None}

    inserting.insert(UploadRow, [row])

    assert UploadRow.objects.filter(faults__isnull=True).count() == 1
