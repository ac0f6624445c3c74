"""A source goes on sending what a service has put right: the client is found by it, and stays as they are here."""

import pytest

from clients.actions import Details, rectify_client
from clients.attributor import parse_attributor
from clients.models import Client
from ims.accounts.roles import Role
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import called_now, confirm, everything_about_people, marks, outcomes, record, send
from tests.makers import NOW, TODAY

pytestmark = pytest.mark.django_db
HEADER = "first_initial,last_initial,date_of_birth,sex,consent,postcode,own_reference,on,items,drug\n"
AB = "A,B,05/05/1985,M,yes,CH41 3RB,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"
CLIENTS = "ims_id,first_initial,last_initial,date_of_birth,sex,consent,own_reference\n"
STAYS = (
    "This client was called so once and was put right here. Initials, date of birth, sex and own reference stay as they are "
    "here: put them right at the source."
)


@pytest.fixture
def renamed(manager):
    """Brought by a file as AB 7Q4, and put right since."""
    record(manager, HEADER + AB)
    return called_now(manager, Client.objects.visible_to(manager).get(), "AC05051985M", own_reference="9K2")


def test_the_same_file_again_changes_nothing(manager, renamed):
    before = everything_about_people()

    upload = send(manager, HEADER + AB)

    assert (outcomes(upload), marks(upload)) == ("s", [("", STAYS, 1)])
    confirm(manager, upload)
    assert everything_about_people() == before


def test_the_same_file_of_clients_again_changes_nothing(manager, renamed):
    upload = record(manager, CLIENTS + ",A,B,05/05/1985,M,yes,7Q4\n", "clients")

    assert (outcomes(upload), list(Client.objects.visible_to(manager))) == ("s", [renamed])


def test_what_else_the_file_says_is_taken_over(manager, renamed):
    record(manager, HEADER + AB.replace("CH41 3RB", "L1 9DB"))

    renamed.refresh_from_db()
    assert (renamed.attributor.text(), renamed.own_reference, renamed.postcode) == (
        "AC05051985M",
        "9K2",
        "L1 9DB",
    )


def test_a_no_of_the_file_is_heard(manager, renamed):
    record(manager, HEADER + AB.replace(",yes,", ",no,").replace("01/06", "02/06"))

    renamed.refresh_from_db()
    assert renamed.consent is False
    assert SyringeExchange.objects.filter(client=renamed).count() == 2


def test_a_no_of_theirs_stays(manager, renamed):
    makers.consent_decided(manager, renamed, False)

    record(manager, HEADER + AB.replace("01/06", "02/06"))

    assert not Client.objects.visible_to(manager).filter(consent=True).exists()


def test_who_was_put_right_at_their_own_request_does_not_come_back_beside_themselves(manager):
    client = makers.a_client(manager, "AB05051985M", own_reference="7Q4", consent=False)
    rectify_client(
        client=client, attributor=parse_attributor("AB05051986M", today=TODAY), details=Details(own_reference="7Q4"),
        expected_version=client.version, at=NOW, by=makers.an_officer(),
    )  # fmt: skip

    upload = record(manager, HEADER + AB)

    assert outcomes(upload) == "n"
    assert SyringeExchange.objects.get().client == Client.objects.visible_to(manager).get() == client
    client.refresh_from_db()
    assert (client.attributor.text(), client.consent, client.postcode) == ("AB05051986M", False, "")


def test_whoever_is_called_so_now_comes_first(manager, renamed):
    other = makers.a_client(manager, "AB05051985M", own_reference="7Q4")

    record(manager, HEADER + AB.replace("01/06", "02/06"))

    assert SyringeExchange.objects.get(on="2026-06-02").client == other


def test_a_contact_that_names_them_alone_finds_them_as_well(manager, renamed):
    text = "attributor,own_reference,on,items\nAB05051985M,7Q4,03/06/2026,SYR_FIXED_1=10\n"

    assert outcomes(record(manager, text, "syringe_exchange")) == "n"

    assert SyringeExchange.objects.filter(client=renamed).count() == 2


def test_two_who_were_called_so_are_asked_about(manager, renamed):
    called_now(manager, makers.a_client(manager, "AB05051985M", own_reference="5"), "AD05051985M")

    upload = send(manager, HEADER + AB.replace("7Q4", ""))

    assert outcomes(upload) == "r"


def test_another_services_former_names_find_nobody(manager, renamed):
    elsewhere = makers.an_actor(Role.PROVIDER_MANAGER)

    upload = send(elsewhere, HEADER + AB)

    assert (outcomes(upload), upload.groups) == ("n", [])
