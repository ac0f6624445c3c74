"""Rows with a key, of the source or of the extract, and what else makes a row this row and no other."""

import pytest

from clients.actions import delete_client
from clients.models import Client
from ims.core.csvio import write_rows
from ims.record.extract import contact_rows
from ims.record.kinds import kind_at
from interventions.actions import delete_contact
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import called_now, confirm, faults, leaving_out, marks, outcomes, record, send
from tests.makers import NOW

pytestmark = pytest.mark.django_db
HEADER = "row_key,first_initial,last_initial,date_of_birth,sex,consent,own_reference,on,items,drug\n"
AB = "17,A,B,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"
OF_ANOTHER = "The record with this key is another client's. A record cannot be moved by a file."


@pytest.fixture
def client(manager):
    return makers.a_client(manager, "AB05051985M")


def extract(manager) -> str:
    return "".join(write_rows(contact_rows(kind_at("exchanges"), manager)))


@pytest.mark.parametrize("is_known", [True, False], ids=["of another client", "of somebody new"])
def test_a_key_that_another_system_gave_to_another_person_moves_nothing(manager, is_known):
    record(manager, HEADER + AB)
    if is_known:
        makers.a_client(manager, "EF23111994M")

    upload = send(
        manager,
        HEADER + AB.replace("A,B,05/05/1985", "E,F,23/11/1994").replace("7Q4", "").replace("=10", "=20"),
    )

    assert faults(upload) == [(2, "", OF_ANOTHER)]


def test_a_key_of_the_extract_is_one_however_it_is_written(manager, client):
    exchange = makers.an_exchange(manager, client)
    header, row = extract(manager).splitlines()
    shouted = row.replace(str(exchange.ref), str(exchange.ref).upper())

    upload = send(
        manager,
        "\n".join([header, row.replace("=10", "=12"), shouted.replace("=10", "=11"), ""]),
        "syringe_exchange",
    )

    assert faults(upload) == [(3, "", "Same as row 2.")]


def test_a_row_of_the_extract_that_names_another_attributor_is_asked_about(manager, client):
    makers.an_exchange(manager, client)

    upload = send(manager, extract(manager).replace("AB05051985M", "AB05051986M"), "syringe_exchange")

    assert faults(upload) == [(2, "attributor", OF_ANOTHER)]


def test_an_extract_from_before_a_client_was_put_right_is_held_already(manager, client):
    makers.an_exchange(manager, client)
    before = extract(manager)
    called_now(manager, client, "AC05051985M")

    assert outcomes(send(manager, before, "syringe_exchange")) == "s"


@pytest.mark.parametrize("who", ["ims_id", "attributor"])
def test_the_same_contacts_are_held_already_after_their_client_was_put_right(manager, client, who):
    name = client.ims_id if who == "ims_id" else "AB05051985M"
    text = f"{who},on,items\n{name},01/06/2026,SYR_FIXED_1=10\n"
    record(manager, text, "syringe_exchange")
    called_now(manager, client, "AC05051985M", own_reference="7Q4")

    assert outcomes(send(manager, text, "syringe_exchange")) == "s"


def test_a_contact_that_went_with_its_client_does_not_come_back_with_the_next_of_that_name(manager):
    record(manager, HEADER + AB)
    delete_client(client=Client.objects.visible_to(manager).get(), at=NOW, by=manager)
    makers.a_client(manager, "AB05051985M", own_reference="7Q4")

    upload = record(manager, HEADER + AB)

    assert (upload.state, outcomes(upload)) == ("applied", "s")
    assert not SyringeExchange.objects.visible_to(manager).exists()


def test_of_what_went_with_its_client_the_sender_is_told(manager):
    record(manager, HEADER + AB)
    delete_client(client=Client.objects.visible_to(manager).get(), at=NOW, by=manager)
    makers.a_client(manager, "AB05051985M", own_reference="7Q4")

    upload = send(manager, HEADER + AB)

    assert marks(upload) == [("", "This was deleted here and is not brought back by a file.", 1)]


def test_a_no_is_heard_beside_a_contact_that_was_deleted(manager):
    record(manager, HEADER + AB)
    delete_contact(contact=SyringeExchange.objects.get(), at=NOW, by=manager)

    upload = record(manager, HEADER + AB.replace(",yes,", ",no,"))

    assert outcomes(upload) == "c"
    assert Client.objects.visible_to(manager).get().consent is False
    assert not SyringeExchange.objects.visible_to(manager).exists()


def test_a_rejected_row_is_not_what_a_later_row_is_judged_by(manager):
    record(manager, HEADER + AB)
    other = makers.a_client(manager, "EF23111994M")
    of_other = AB.replace("A,B,05/05/1985", "E,F,23/11/1994").replace("7Q4", "").replace(",yes,", ",no,")

    manager = leaving_out(manager)

    upload = send(manager, HEADER + of_other + of_other.replace("17,", "18,"))
    assert outcomes(upload) == "rn"
    confirm(manager, upload, skips_rejected=True)

    other.refresh_from_db()
    assert (upload.state, other.consent) == ("applied", False)
