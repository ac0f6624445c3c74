"""The form that sends a file: what it offers and refuses, who may use it, and the list of files sent."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadhandler import SkipFile

from ims.bulk.actions import give_up_upload
from ims.bulk.models import Upload
from ims.bulk.views.receiving import InMemory
from tests import makers
from tests.bulk.sending import HEADINGS, a_file_with_rejected_rows, send
from tests.makers import NOW
from tests.stories.uploading import NEW, a_file, sends_a_file, the_upload
from tests.stories.visitor import at_work


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


def test_a_second_press_of_send_sends_one_file(world, manager):
    form = manager.opens("/uploads/")

    for _ in range(2):
        page = manager.sends(form, file=a_file(HEADINGS + NEW), layout="contacts")

    assert page.path == the_upload(world).get_absolute_url()
    assert Upload.objects.visible_to(world.pharmacy_manager).count() == 1


class TestChoosing:
    def test_the_layout_of_the_latest_file_is_chosen_already(self, world, manager):
        assert manager.opens("/uploads/").typed.get("layout") is None
        send(world.pharmacy_manager, HEADINGS + NEW)

        assert manager.opens("/uploads/").typed["layout"] == "contacts"

    def test_what_is_missing_is_said(self, manager):
        manager.opens("/uploads/")

        page = manager.sends()

        assert page.problems == [
            "File: Choose the file that your rows are in.",
            "Layout: Choose the layout that the columns of the file follow.",
        ]

    def test_an_empty_file_is_refused_at_once(self, manager):
        page = sends_a_file(manager, b"")

        assert page.problems == ["File: The file is empty. Choose the file that your rows are in."]

    def test_layouts_of_what_a_service_has_switched_off_are_not_offered(self, world):
        service = makers.a_provider("Quayside Outreach", modules=["naloxone"])
        manager = at_work(world, makers.the_manager(service))

        words = manager.opens("/uploads/").form.words()

        assert "Naloxone" in words
        assert "Wellbeing" not in words
        page = sends_a_file(manager, "x", layout="wellbeing_assessment")
        assert page.problems[0].startswith("Layout: “wellbeing_assessment” is not on the list.")

    @pytest.mark.parametrize(
        ("size", "said"),
        [(150_000, "0.1 MB"), (300_000, "0.3 MB")],
        ids=["by the bytes seen", "by the length declared"],
    )
    def test_a_file_that_is_too_long_is_refused_with_the_most_that_is_taken(
        self, manager, settings, size, said
    ):
        settings.UPLOAD_MOST_BYTES = 100_000

        page = sends_a_file(manager, b"x" * size)

        assert page.problems == [
            f"File: The file has {said} or more, and the most is 0.1 MB. "
            "Split it into smaller files, each with the headings."
        ]

    def test_of_a_file_that_is_far_too_long_nothing_is_read(self, manager, settings, monkeypatch):
        settings.UPLOAD_MOST_BYTES = 100_000
        manager.opens("/uploads/")
        read = []
        monkeypatch.setattr(
            "django.http.multipartparser.exhaust",
            lambda stream: read.append(len(stream.read())),
            raising=True,
        )

        page = manager.sends(file=a_file(b"x" * 450_000), layout="contacts")

        assert page.problems[0].startswith("File: The file has 0.5 MB or more, and the most is 0.1 MB.")
        assert read == []

    def test_a_file_never_touches_the_disk(self, world, manager, monkeypatch):
        def refuse(*args, **options):
            raise AssertionError("a temporary file")

        monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
        monkeypatch.setattr("tempfile.mkstemp", refuse)

        page = sends_a_file(manager, HEADINGS + NEW * 60_000)

        assert page.title == "Your file is being checked - IMS"
        assert the_upload(world).size > 3_000_000

    def test_what_somebody_sends_who_may_not_is_not_even_read(self, world):
        asked = SimpleNamespace(actor=world.pharmacist)

        with pytest.raises(SkipFile):
            InMemory(asked).new_file("file", "x.csv", "text/csv", 10)


class TestWhoMay:
    def test_staff_have_no_uploads(self, world):
        upload = a_file_with_rejected_rows(world.pharmacy_manager)
        pharmacist = at_work(world, world.pharmacist)

        assert "Uploads" not in pharmacist.opens("/").body
        for path in ("/uploads/", upload.get_absolute_url(), f"{upload.get_absolute_url()}rejected.csv"):
            assert pharmacist.opens(path).status == 403

    @pytest.mark.parametrize("part", ["", "rejected.csv", "confirm/", "give-up/", "retry/"])
    def test_another_services_file_is_absent(self, world, manager, part):
        theirs = a_file_with_rejected_rows(world.agency_manager)

        assert manager.opens(f"{theirs.get_absolute_url()}{part}").status == 404

    def test_another_services_files_are_not_listed(self, world, manager):
        a_file_with_rejected_rows(world.agency_manager)

        assert "None yet." in manager.opens("/uploads/").words


def test_the_list_says_what_a_file_was_called_while_that_is_known(world, manager):
    upload = send(world.pharmacy_manager, HEADINGS + NEW)
    assert "quarter.csv" in manager.opens("/uploads/").words

    give_up_upload(upload=upload, at=NOW, by=world.pharmacy_manager)

    assert "quarter.csv" not in manager.opens("/uploads/").words


def test_the_list_goes_on_after_twenty_five(world, manager):
    for number in range(26):
        send(world.pharmacy_manager, HEADINGS + NEW.replace("01/06", f"{1 + number:02}/05"))

    first = manager.opens("/uploads/")
    (following,) = first.document.all("a", rel="next")
    second = manager.opens(f"/uploads/{following.attrs['href']}")

    assert len(first.tables["Files of Riverside Pharmacy"]) == 26
    assert len(second.tables["Files of Riverside Pharmacy"]) == 2
    assert "7Q4" not in first.body
    assert len(manager.opens("/uploads/?before=nonsense").tables["Files of Riverside Pharmacy"]) == 26
