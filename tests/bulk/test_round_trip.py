"""The Local Extract is an upload layout: what was downloaded and is sent back unchanged is all held already."""

import pytest

from ims.core.csvio import write_rows
from ims.record.extract import client_rows, contact_rows
from ims.record.kinds import KINDS, kind_at
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import confirm, everything_about_people, faults, marks, outcomes, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(manager):
    """One of each sort: with everything stated, with nothing, who said No, and the dummy."""
    everything = {
        "postcode": "CH41 3RB", "ethnicity": "A", "nationality": "GBR", "own_reference": "=7+Q4",
        "main_substance": "HEROIN", "injecting_status": "C",
    }  # fmt: skip
    return [
        makers.a_client(manager, "AB05051985M", **everything),
        makers.a_client(manager, "CD17091979F"),
        makers.a_client(manager, "EF23111994M", consent=False),
        makers.the_dummy(manager),
    ]


def contacts_of(kind, manager, client) -> None:
    make = {
        "syringe_exchange": lambda: [
            makers.an_exchange(manager, client, returned=0, note="-at the door", others=2),
            makers.an_exchange(manager, client, items={}, returned=4),
        ],
        "brief_intervention": lambda: [makers.a_brief_intervention(manager, client)],
        "naloxone": lambda: [makers.a_naloxone_supply(manager, client)],
        "wellbeing_assessment": lambda: [makers.an_assessment(manager, client)],
        "referral_in": lambda: [makers.a_referral_in(manager, client)],
        "referral_out": lambda: [makers.a_referral_out(manager, client)],
    }[kind.key]
    make()


def sent_back(manager, rows, layout):
    return send(manager, "".join(write_rows(rows)), layout)


def test_clients_are_all_held_already(manager, clients):
    upload = sent_back(manager, client_rows(manager), "clients")

    assert (faults(upload), outcomes(upload)) == ([], "ssss")
    before = everything_about_people()
    confirm(manager, upload)
    assert everything_about_people() == before


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_contacts_of_every_kind_are_all_held_already(manager, clients, kind):
    for client in clients if kind.of_dummy else clients[:3]:
        contacts_of(kind, manager, client)

    upload = sent_back(manager, contact_rows(kind, manager), kind.key)

    assert faults(upload) == []
    assert set(outcomes(upload)) == {"s"}
    assert len(outcomes(upload)) == kind.model.objects.visible_to(manager).count()


def test_a_pack_comes_back_as_it_was_given(manager, clients):
    pack = makers.a_pack(manager, "Blue")
    makers.an_exchange(manager, clients[0], items={"FOIL": 2}, packs={pack.pk: 2})

    upload = sent_back(manager, contact_rows(kind_at("exchanges"), manager), "syringe_exchange")

    assert outcomes(upload) == "s"


def test_a_row_of_the_extract_that_was_mended_puts_its_record_right(manager, clients):
    exchange = makers.an_exchange(manager, clients[0], returned=None)
    text = "".join(write_rows(contact_rows(kind_at("exchanges"), manager)))

    upload = send(manager, text.replace("SYR_FIXED_1=10", "SYR_FIXED_1=12"), "syringe_exchange")

    assert (faults(upload), outcomes(upload)) == ([], "c")
    confirm(manager, upload)
    exchange.refresh_from_db()
    assert (exchange.items, exchange.returned, exchange.version) == ({"SYR_FIXED_1": 12}, None, 2)


def test_a_mended_row_of_the_extract_with_a_quantity_that_is_hardly_meant_carries_a_mark_and_is_taken(
    manager, clients
):
    exchange = makers.an_exchange(manager, clients[0])
    text = "".join(write_rows(contact_rows(kind_at("exchanges"), manager)))

    upload = send(manager, text.replace("SYR_FIXED_1=10", "SYR_FIXED_1=2500"), "syringe_exchange")

    assert (faults(upload), outcomes(upload)) == ([], "c")
    assert marks(upload) == [
        ("items", "More than 2,000. If it is right, leave it; if not, mend it in the file first.", 1)
    ]
    confirm(manager, upload)
    exchange.refresh_from_db()
    assert exchange.items == {"SYR_FIXED_1": 2500}


def test_a_row_of_a_record_of_another_service_names_nothing(manager, clients):
    elsewhere = makers.an_actor()
    theirs = makers.an_exchange(elsewhere, makers.a_client(elsewhere))
    makers.an_exchange(manager, clients[0])
    (ours,) = SyringeExchange.objects.visible_to(manager)
    text = "".join(write_rows(contact_rows(kind_at("exchanges"), manager)))

    upload = send(manager, text.replace(str(ours.ref), str(theirs.ref)), "syringe_exchange")

    assert faults(upload) == [
        (2, "contact", "No record of your service has this key. Leave the cell empty for a new one.")
    ]
