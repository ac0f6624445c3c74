"""A file never undoes a right: what a person decided stays, and the sender is told where to put the source right."""

import pytest

from clients.actions import Details, NotOurClient, delete_client, rectify_client
from clients.attributor import parse_attributor
from clients.barring.action import bar_client
from clients.models import Barred, Client
from clients.models.barred import Why
from clients.uploading.people import People
from ims.accounts.roles import Role
from interventions.actions import delete_contact
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import called_now, confirm, faults, marks, outcomes, record, send
from tests.makers import NOW, TODAY

pytestmark = pytest.mark.django_db
HEADER = "first_initial,last_initial,date_of_birth,sex,consent,postcode,own_reference,on,items,drug\n"
AB = "A,B,05/05/1985,M,yes,CH41 3RB,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"
DUMMY = "X,X,05/05/1955,,,,,01/06/2026,SYR_FIXED_1=10,HEROIN\n"


@pytest.fixture
def known(manager):
    return makers.a_client(manager, "AB05051985M", own_reference="7Q4", postcode="CH41 3RB")


def test_a_later_no_stays_no_and_the_contact_is_kept_for_the_service(manager, known):
    makers.consent_decided(manager, known, False)

    upload = record(manager, HEADER + AB)

    known.refresh_from_db()
    assert (known.consent, known.decisions.count()) == (False, 2)
    assert SyringeExchange.objects.get().client == known
    assert outcomes(upload) == "n"


def test_the_sender_is_told_that_the_no_stays(manager, known):
    makers.consent_decided(manager, known, False)

    upload = send(manager, HEADER + AB)

    (group,) = upload.groups
    assert (group["kind"], group["column"], group["rows"]) == ("right", "consent", 1)
    assert group["words"].startswith("This client said No here. The file's Yes is not taken over")


def test_a_no_in_the_file_is_taken_over_as_a_decision(manager, known):
    upload = record(manager, HEADER + AB.replace(",yes,", ",no,"))

    known.refresh_from_db()
    assert (known.consent, known.decisions.first().given) == (False, False)
    assert outcomes(upload) == "n"


def test_a_no_alone_changes_a_row_that_is_held_otherwise(manager, known):
    record(manager, HEADER + AB)

    upload = record(manager, HEADER + AB.replace(",yes,", ",no,"))

    known.refresh_from_db()
    assert (outcomes(upload), known.consent, SyringeExchange.objects.count()) == ("c", False, 1)


def test_what_the_central_team_put_right_at_the_persons_request_is_not_changed_back(manager, known):
    officer = makers.an_officer()
    right = parse_attributor("AB05051986M", today=TODAY)
    rectify_client(
        client=known, attributor=right, details=Details(postcode="L1 9DB", own_reference="7Q4"),
        expected_version=known.version, at=NOW, by=officer,
    )  # fmt: skip
    row = f"{known.ims_id},A,B,05/05/1985,M,yes,CH41 3RB,7Q4\n"

    upload = send(
        manager,
        "ims_id,first_initial,last_initial,date_of_birth,sex,consent,postcode,own_reference\n" + row,
        "clients",
    )

    assert outcomes(upload) == "s"
    (group,) = upload.groups
    assert (group["kind"], group["rows"]) == ("right", 1)
    confirm(manager, upload)
    known.refresh_from_db()
    assert (known.attributor, known.postcode) == (right, "L1 9DB")


def test_nobody_but_the_central_team_puts_a_record_right_for_good(manager, known):
    with pytest.raises(NotOurClient):
        rectify_client(
            client=known,
            attributor=known.attributor,
            details=Details(),
            expected_version=1,
            at=NOW,
            by=manager,
        )


@pytest.mark.parametrize("why", Why, ids=lambda why: why.value)
def test_whoever_was_erased_or_objected_does_not_come_back_by_attributor_or_reference(manager, known, why):
    bar_client(client=known, why=why, at=NOW, by=manager)
    delete_client(client=known, at=NOW, by=manager)
    by_reference = AB.replace("A,B,05/05/1985", "A,C,05/05/1975")
    with_another = AB.replace("7Q4", "9K2")

    upload = send(manager, HEADER + AB + by_reference + with_another)

    assert outcomes(upload) == "rrr"
    words = {said for _, _, said in faults(upload)}
    assert len(words) == 1
    assert "at the source" in words.pop()


CLIENTS = "ims_id,first_initial,last_initial,date_of_birth,sex,consent,own_reference\n"


@pytest.mark.parametrize(
    "row", ["A,B,05/05/1985,M,yes,", "C,D,17/09/1979,F,yes,7q4"], ids=["name", "reference"]
)
def test_nobody_else_is_called_from_now_on_as_somebody_who_was_erased(manager, known, row):
    bar_client(client=known, why=Why.ERASED, at=NOW, by=manager)
    delete_client(client=known, at=NOW, by=manager)
    other = makers.a_client(manager, "CD17091979F")

    upload = send(manager, f"{CLIENTS}{other.ims_id},{row}\n", "clients")

    ((_, _, words),) = faults(upload)
    assert words.startswith("This person was erased from your records")


def test_whoever_was_erased_does_not_come_back_by_what_they_were_called_before(manager, known):
    known = called_now(manager, known, "AC05051985M")
    bar_client(client=known, why=Why.ERASED, at=NOW, by=manager)
    Client.objects.filter(pk=known.pk).update(deleted_at=NOW, deleted_by_id=manager.user_id)

    upload = send(manager, HEADER + AB.replace("7Q4", ""))

    ((_, _, words),) = faults(upload)
    assert words.startswith("This person was erased from your records")


def test_a_no_is_not_left_behind_by_a_source_that_changes_its_references(manager, known):
    makers.consent_decided(manager, known, False)

    upload = send(manager, HEADER + AB.replace("7Q4", "0007Q4"))

    ((_, column, words),) = faults(upload)
    assert column == "consent"
    assert words.startswith(
        "A client with this attributor said No here, under another reference of yours (7Q4)."
    )
    assert outcomes(send(manager, HEADER + AB.replace("7Q4", "7q4"))) == "n"


@pytest.mark.parametrize("layout", ["contacts", "clients"])
def test_a_client_who_was_deleted_here_is_not_brought_back(manager, layout):
    text = HEADER + AB if layout == "contacts" else CLIENTS + ",A,B,05/05/1985,M,yes,7Q4\n"
    record(manager, text, layout)
    delete_client(client=Client.objects.visible_to(manager).get(), at=NOW, by=manager)

    upload = send(manager, text, layout)

    ((_, _, words),) = faults(upload)
    assert words.startswith("This client was deleted here and is not brought back by a file.")


def test_what_is_put_right_while_a_file_is_recorded_is_not_overwritten(manager, known, monkeypatch):
    upload = send(manager, HEADER + AB.replace("CH41 3RB", "L1 9DB"))
    register = People.register

    def meanwhile(people, **said):
        Client.objects.filter(pk=known.pk).update(version=2, postcode="L3 5UX")
        register(people, **said)

    monkeypatch.setattr(People, "register", meanwhile)
    confirm(manager, upload)

    assert (upload.state, upload.moved_on, SyringeExchange.objects.count()) == ("checked", True, 0)


def test_who_is_barred_here_is_not_barred_at_another_service(manager, known):
    bar_client(client=known, why=Why.ERASED, at=NOW, by=manager)
    elsewhere = makers.an_actor(Role.PROVIDER_MANAGER)

    assert outcomes(send(elsewhere, HEADER + AB)) == "n"


def test_what_is_kept_of_the_barred_says_nothing_without_the_key(manager, known):
    bar_client(client=known, why=Why.ERASED, at=NOW, by=manager)
    bar_client(client=known, why=Why.ERASED, at=NOW, by=manager)

    digests = Barred.objects.values_list("digest", flat=True)
    assert len(digests) == 2
    assert all(len(digest) == 64 and "7Q4" not in digest for digest in digests)


def test_the_same_digest_needs_the_key(known, manager, settings):
    bar_client(client=known, why=Why.ERASED, at=NOW, by=manager)
    before = set(Barred.objects.values_list("digest", flat=True))
    settings.SECRET_KEY = "another"

    bar_client(client=known, why=Why.ERASED, at=NOW, by=manager)

    assert len(set(Barred.objects.values_list("digest", flat=True)) - before) == 2


def test_a_person_who_objects_is_recorded_under_the_dummy_and_nothing_else_of_them(manager):
    said_more = DUMMY.replace("05/05/1955,,,,,", "05/05/1955,M,yes,CH41 3RB,7Q4,")

    upload = record(manager, HEADER + DUMMY + said_more)

    dummy = Client.objects.visible_to(manager).get()
    assert (dummy.is_dummy, dummy.postcode, dummy.own_reference, dummy.sex) == (True, "", "", "")
    assert SyringeExchange.objects.filter(client=dummy).count() == 2
    assert outcomes(upload) == "nn"


def test_the_same_row_again_under_the_dummy_is_somebody_else_and_the_same_file_is_not(manager):
    record(manager, HEADER + DUMMY + DUMMY)

    assert SyringeExchange.objects.count() == 2
    assert outcomes(send(manager, HEADER + DUMMY + DUMMY)) == "ss"


@pytest.mark.parametrize(
    "who", ["X,X,05/05/1956,M", "X,X,06/05/1955,F", "X,Y,05/05/1955,M"], ids=["year", "day", "initial"]
)
def test_what_is_nearly_the_dummy_is_warned_about(manager, who):
    upload = send(manager, HEADER + f"{who},yes,,,01/06/2026,SYR_FIXED_1=10,HEROIN\n")

    assert outcomes(upload) == "n"
    assert [words[:37] for _, words, _ in marks(upload)] == ["This is nearly the dummy attributor, "]


def test_what_was_deleted_here_is_not_brought_back(manager, known):
    keyed = HEADER.replace("first_initial", "row_key,first_initial", 1)
    record(manager, keyed + "17," + AB)
    delete_contact(contact=SyringeExchange.objects.get(), at=NOW, by=manager)

    upload = send(manager, keyed + "17," + AB)

    assert outcomes(upload) == "s"
    assert [group["words"] for group in upload.groups] == [
        "This was deleted here and is not brought back by a file."
    ]


def test_what_was_deleted_here_is_told_of_rows_without_a_key_as_well(manager):
    record(manager, HEADER + AB)
    delete_contact(contact=SyringeExchange.objects.get(), at=NOW, by=manager)

    upload = send(manager, HEADER + AB)

    assert (outcomes(upload), marks(upload)) == (
        "s",
        [("", "This was deleted here and is not brought back by a file.", 1)],
    )
