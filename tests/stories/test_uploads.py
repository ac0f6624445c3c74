"""A data manager sends a file, sees what each row would become, and says yes: what the pages say, and to whom."""

from datetime import timedelta

import pytest

from clients.models import Client
from ims.audit.models import Event
from ims.bulk.models import Upload
from ims.core import jobs
from ims.operations.purging import purge
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import HEADINGS, a_file_with_rejected_rows, record, send
from tests.makers import NOW
from tests.stories.uploading import NEW, OTHER, WRONG, sends_a_file, the_upload
from tests.stories.visitor import at_work

LATE = "This takes longer than it should."


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


def test_a_file_goes_from_the_form_to_the_record_and_every_row_is_counted(world, manager):
    page = sends_a_file(manager, HEADINGS + NEW + OTHER)
    assert page.title == "Your file is being checked - IMS"
    assert not Client.objects.filter(own_reference="7Q4").exists()
    jobs.run_waiting()

    page = manager.opens(page.path)
    assert "2 new + 0 changed + 0 already held + 0 rejected = 2 rows" in page.words
    assert not Client.objects.filter(own_reference="7Q4").exists()
    page = manager.opens(f"{page.path}confirm/")
    assert "Of the 2 rows of the file: 2 rows will be recorded as new." in page.words
    page = manager.sends()
    assert page.title == "Your file is being recorded - IMS"
    assert "0 of 2 rows done so far" in page.words
    jobs.run_waiting()

    page = manager.opens(page.path)
    assert "2 rows were recorded on 15/06/2026, 12:00." in page.words
    assert "The file, its name and what its rows said were removed" in page.words
    assert SyringeExchange.objects.filter(client__own_reference="7Q4").count() == 1
    assert manager.opens("/uploads/").figure("Files of Riverside Pharmacy", "15/06/2026, 12:00", "New") == "2"


def test_a_page_that_waits_needs_no_script(manager):
    page = sends_a_file(manager, HEADINGS + NEW)

    (again,) = [node for node in page.document.all("meta") if node.attrs.get("http-equiv") == "refresh"]
    assert (again.parent.tag, again.attrs["content"]) == ("noscript", "10")
    assert any(link.words() == "Look again" for link in page.document.all("a", href=page.path))
    assert "You may leave this page" in page.words


def test_a_file_that_stands_still_is_said_to_and_that_nothing_of_it_is_recorded_or_lost(world, manager):
    """By the clock alone: a worker that finds no room on a full disk cannot write that it failed."""
    page = sends_a_file(manager, HEADINGS + NEW)
    assert LATE not in page.words
    Upload.objects.filter(pk=the_upload(world).pk).update(sent_at=NOW - timedelta(minutes=16))

    page = manager.opens(page.path)

    assert f"{LATE} Nothing of the file is recorded so far, and nothing of it is lost" in page.words
    page = manager.presses("Try again")
    assert LATE in page.words
    jobs.run_waiting()
    assert LATE not in manager.opens(page.path).words


def test_a_script_is_told_how_far_it_is(world, manager):
    page = sends_a_file(manager, HEADINGS + NEW)
    Upload.objects.filter(pk=the_upload(world).pk).update(rows_done=5000)

    told = manager.browser.get(page.path, headers={"Accept": "application/json"}).json()

    assert told == {"state": "received", "rows": 5000}


def test_every_row_is_one_of_four_and_the_page_adds_them_up(world, manager):
    record(world.pharmacy_manager, HEADINGS + NEW + OTHER)
    rows = NEW + OTHER.replace(",no,", ",yes,") + "T,U,01/01/1990,M,yes,,03/06/2026,FOIL=1,HEROIN\n" + WRONG

    sends_a_file(manager, HEADINGS + rows)
    jobs.run_waiting()

    page = manager.opens(the_upload(world).get_absolute_url())
    assert "1 new + 0 changed + 2 already held + 1 rejected = 4 rows" in page.words
    table = page.tables["What would become of each row"]
    assert [row[-1] for row in table[1:]] == ["1", "0", "2", "1", "4"]
    assert any(link.attrs["href"] == "/reference/layouts/contacts/" for link in page.document.all("a"))


def test_like_faults_are_one_group_with_the_columns_letter_and_the_spreadsheets_numbers(world, manager):
    upload = a_file_with_rejected_rows(world.pharmacy_manager)

    page = manager.opens(upload.get_absolute_url())

    assert page.tables["Faults"] == [
        ["Column", "What is wrong, and how to mend it", "Rows", "Row numbers"],
        [
            "drug (column I)",
            "“HEROINE” is not on the list. Choose one that is.",
            "2",
            "3, 5",
        ],
        ["on (column G)", "There is no such day as 31/02/2026. Check the day and the month.", "1", "4"],
    ]


def test_more_rows_than_are_named_are_counted(world, manager):
    rows = "".join(WRONG.replace("01/06", f"{day:02}/06") for day in range(1, 9))
    upload = send(world.pharmacy_manager, HEADINGS + rows)

    page = manager.opens(upload.get_absolute_url())

    assert page.tables["Faults"][1][2:] == ["8", "2, 3, 4, 5, 6 and 3 more"]


def test_what_a_person_decided_has_a_group_of_its_own(world, manager):
    client = makers.a_client(world.pharmacist, "PQ05051985M", own_reference="7Q4")
    makers.consent_decided(world.pharmacist, client, False)

    upload = send(world.pharmacy_manager, HEADINGS + NEW)

    page = manager.opens(upload.get_absolute_url())
    assert "What a person decided stays" in page.words
    stays = page.tables["What stays as it was decided"][1]
    assert (stays[0], stays[2]) == ("consent (column E)", "1")
    assert stays[1].startswith("This client said No here.")
    assert "1 row of these carries a note, which rejects nothing" in page.words


def test_a_warning_is_counted_apart_and_rejects_nothing(world, manager):
    upload = send(world.pharmacy_manager, HEADINGS + NEW.replace("=10", "=2500"))

    page = manager.opens(upload.get_absolute_url())

    assert "1 new + 0 changed + 0 already held + 0 rejected = 1 row" in page.words
    column, _, rows, numbers = page.tables["Warnings"][1]
    assert (column, rows, numbers) == ("items (column H)", "1", "2")
    assert "Faults" not in page.tables


def test_a_rejected_row_is_not_among_those_that_are_taken_with_a_warning(world, manager):
    absurd = NEW.replace("=10", "=2500")
    unknown = absurd.replace("HEROIN", "HEROINE").replace("01/06", "02/06")
    upload = send(world.pharmacy_manager, HEADINGS + absurd + absurd + unknown)

    page = manager.opens(upload.get_absolute_url())

    assert "1 new + 0 changed + 0 already held + 2 rejected = 3 rows" in page.words
    assert "1 row of these carries a note" in page.words
    assert page.tables["Warnings"][1][2:] == ["1", "2"]


def test_the_same_file_again_has_nothing_to_do_and_is_closed_by_one_press(world, manager):
    record(world.pharmacy_manager, HEADINGS + NEW + OTHER)
    sends_a_file(manager, HEADINGS + NEW + OTHER)
    jobs.run_waiting()

    page = manager.opens(the_upload(world).get_absolute_url())
    assert "Nothing to do: all 2 rows already held" in page.words
    assert "Go on" not in page.words
    page = manager.presses("Close this upload")
    assert "Your service held every row already, and it was closed on 15/06/2026, 12:00." in page.words

    row = manager.opens("/uploads/").tables["Files of Riverside Pharmacy"][1]
    assert row[2:] == ["Closed: nothing was new", "2", "0", "0", "2", "0"]


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(world, manager):
    sends_a_file(manager, HEADINGS.replace("drug", "favourite_drug") + NEW)
    jobs.run_waiting()

    page = manager.opens(the_upload(world).get_absolute_url())

    assert "Your file could not be read" in page.words
    assert "The file has columns that this layout does not know: “favourite_drug”." in page.words
    assert "Nothing of it was recorded, and no row was looked at." in page.words
    assert page.document.all("a", href="/uploads/profiles/")

    purge(NOW + timedelta(days=8))

    page = manager.opens(page.path)
    assert "Why it could not be read is not kept any more" in page.words
    assert "favourite_drug" not in page.words


def test_no_name_of_a_file_and_nothing_of_a_row_is_in_an_address_a_title_the_log_or_the_audit(
    world, manager, caplog
):
    pages = [sends_a_file(manager, HEADINGS + NEW + WRONG)]
    jobs.run_waiting()
    pages.append(manager.opens(pages[0].path))
    pages.append(manager.opens(f"{pages[0].path}rejected.csv"))
    manager.opens(pages[0].path)
    pages.append(manager.presses("Give it up"))

    said = [page.url for page in pages] + [page.title for page in pages if page.body.startswith("<!")]
    said += [record.getMessage() for record in caplog.records]
    said += [str((event.what, event.subjects, event.counts)) for event in Event.objects.all()]
    assert not [text for text in said if "Quarter" in text or "7Q4" in text or "HEROINE" in text]


def test_looking_at_a_check_leaves_a_footprint_and_waiting_does_not(world, manager):
    page = sends_a_file(manager, HEADINGS + NEW)
    manager.opens(page.path)
    assert not Event.objects.filter(what="upload.viewed").exists()
    jobs.run_waiting()

    manager.opens(page.path)

    assert Event.objects.get(what="upload.viewed").subjects == [the_upload(world).pk]
