"""The rows of the Local Extract: every record once, however many, and nothing of another service."""

import pytest

from ims.codelists.reference import fields
from ims.record import extract
from ims.record.extract import client_rows, contact_rows, kind_of
from ims.record.kinds import KINDS
from tests import makers
from tests.makers import a_brief_intervention, a_client, an_exchange
from tests.stories.deleting import delete

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


def column(rows, name) -> list:
    header, *rest = rows
    return [row[header.index(name)] for row in rest]


@pytest.mark.parametrize("chunk", [1, 2, 3, 5000])
def test_every_record_is_there_once_however_large_the_piece_that_is_read(staff, monkeypatch, chunk):
    monkeypatch.setattr(extract, "CHUNK", chunk)
    clients = [a_client(staff, f"AB0{day}051985M") for day in range(1, 5)]
    for client in clients:
        an_exchange(staff, client)

    assert column(client_rows(staff), "ims_id") == [client.ims_id for client in clients]
    assert column(contact_rows(KINDS[0], staff), "ims_id") == [client.ims_id for client in clients]


def test_a_piece_is_one_query(staff, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(extract, "CHUNK", 2)
    for day in range(1, 4):
        an_exchange(staff, a_client(staff, f"AB0{day}051985M"))

    with django_assert_num_queries(3):  # two, one, and none left
        list(contact_rows(KINDS[0], staff))


def test_what_is_deleted_or_of_another_service_is_not_there(staff):
    other = makers.an_actor()
    an_exchange(other, a_client(other))
    kept, deleted = a_client(staff), a_client(staff, "CD17091979F")
    an_exchange(staff, deleted)
    delete(an_exchange(staff, kept), staff)
    delete(deleted, staff)

    assert column(client_rows(staff), "ims_id") == [kept.ims_id]
    assert column(contact_rows(KINDS[0], staff), "ims_id") == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_names_of_columns_are_short_legal_and_different(staff, kind):
    for header in (next(client_rows(staff)), next(contact_rows(kind, staff))):
        assert len(set(header)) == len(header)
        assert all(name.isidentifier() and name == name.lower() and len(name) <= 20 for name in header)


@pytest.mark.parametrize(
    ("record", "columns"),
    [
        ("Client", [*extract.CLIENT_COLUMNS, *extract.SUBSTANCE_COLUMNS]),
        *((kind.label, [*extract.CONTACT_COLUMNS, *kind.columns, extract.NOTE]) for kind in KINDS),
        ("Batch exchange", extract.BATCH_COLUMNS),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_every_column_is_explained_on_the_reference_page_that_the_extract_leads_to(record, columns):
    explained = {field.name for field in fields() if field.record in (record, "Every contact", "Client")}

    assert {column.name for column in columns} - explained == set()


def test_minutes_not_recorded_are_an_empty_cell(staff):
    client = a_client(staff)
    a_brief_intervention(staff, client)
    a_brief_intervention(staff, client, minutes=0)

    assert column(contact_rows(kind_of("brief_intervention"), staff), "minutes") == [None, 0]


def test_a_kind_that_nobody_declared_has_no_rows():
    with pytest.raises(KeyError):
        kind_of("hygiene")


def test_central_staff_have_no_rows():
    officer = makers.an_officer()

    assert list(client_rows(officer))[1:] == []
    assert list(contact_rows(KINDS[0], officer))[1:] == []
