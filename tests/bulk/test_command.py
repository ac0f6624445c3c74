"""`manage.py upload`: the same check and the same recording as on the pages, and an end that a script can read."""

import errno
import json
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ims.accounts.roles import Role
from ims.audit.models import Event
from ims.bulk import at_terminal
from ims.bulk.actions import retry_upload
from ims.bulk.management.commands import upload as command
from ims.bulk.models import Upload, UploadRow
from ims.bulk.models.upload import State
from ims.core import jobs
from interventions.models import SyringeExchange
from tests import makers
from tests.bulk.sending import HEADINGS, a_profile, leaving_out, record
from tests.makers import NOW

pytestmark = pytest.mark.django_db
NEW = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"
WRONG = "P,Q,05/05/1985,M,yes,7Q4,02/06/2026,SYR_FIXED_1=10,HEROINE\n"


@pytest.fixture
def provider():
    return makers.a_provider(code="LIV0001")


@pytest.fixture
def manager(provider):
    return makers.an_actor(Role.PROVIDER_MANAGER, provider, username="manager", full_name="Ann Bell")


@pytest.fixture
def upload(manager, tmp_path):
    """Runs the command on a text; its end and what it printed."""

    def run(text: str, *options: str, name: str = "quarter.csv", **said) -> tuple[int, str]:
        file = tmp_path / name
        file.write_text(text)
        usual = {"provider": "LIV0001", "layout": "contacts", "username": "manager"}
        out = StringIO()
        try:
            call_command("upload", str(file), *options, **{**usual, **said}, stdout=out)
        except SystemExit as end:
            return end.code, out.getvalue()
        return 0, out.getvalue()

    return run


def test_a_check_records_nothing_and_says_what_every_row_would_become(upload):
    code, said = upload(HEADINGS + NEW)

    assert code == 0
    assert said.splitlines() == [
        "1 new + 0 changed + 0 already held + 0 rejected = 1 row",
        "Nothing is recorded.",
        "It waits under “Uploads”, where it can be confirmed or given up.",
    ]
    assert not SyringeExchange.objects.exists()
    assert Upload.objects.get().state == State.CHECKED


def test_a_clean_file_is_recorded_in_the_name_of_the_manager(upload, manager):
    code, said = upload(HEADINGS + NEW, "--apply")

    assert (code, said.splitlines()[-1]) == (0, "Recorded.")
    exchange = SyringeExchange.objects.visible_to(manager).get()
    assert exchange.history.get().history_user_id == manager.user_id
    held = Upload.objects.get()
    assert (held.state, held.way, held.sent_by_id) == (State.APPLIED, "command", manager.user_id)
    assert not UploadRow.objects.exists()
    assert Event.objects.filter(what="upload.applied", user_id=manager.user_id).count() == 1


def test_it_is_done_at_once_and_leaves_nothing_for_a_worker(upload):
    upload(HEADINGS + NEW, "--apply")

    assert jobs.run_waiting() == {}


def test_a_file_with_rejected_rows_ends_with_1_and_is_left_to_a_person(upload):
    code, said = upload(HEADINGS + NEW + WRONG, "--apply")

    assert code == 1
    assert "  1 × drug (column I): “HEROINE” is not on the list. Choose one that is. (rows 3)" in said
    assert (
        "Nothing is recorded. Rows are rejected, and the provider has nothing recorded of such a file."
        in said
    )
    assert not SyringeExchange.objects.exists()


def test_where_the_provider_leaves_rejected_rows_out_the_others_are_recorded_and_it_still_ends_with_1(
    upload, manager
):
    leaving_out(manager)

    code, said = upload(HEADINGS + NEW + WRONG, "--apply")

    assert (code, said.splitlines()[-1]) == (1, "Recorded.")
    assert SyringeExchange.objects.count() == 1


def test_an_unusual_file_ends_with_1_and_is_left_to_a_person(upload, manager):
    leaving_out(manager)
    days = [f"{1 + n % 28:02}/0{1 + n // 28}/2026" for n in range(60)]
    rows = [
        (NEW if n < 5 else WRONG.replace("02/06", "01/06")).replace("01/06/2026", day)
        for n, day in enumerate(days)
    ]

    code, said = upload(HEADINGS + "".join(rows), "--apply")

    assert code == 1
    assert "Unusual: More than half of its rows are rejected (55): it may be of another layout." in said
    assert "Nothing is recorded. It is unusual: somebody has to look at it first." in said
    assert not SyringeExchange.objects.exists()


def test_a_file_that_cannot_be_read_ends_with_2_and_says_why(upload):
    code, said = upload("a,a\n1,2\n", "--apply")

    assert code == 2
    assert said.startswith("It could not be read. Columns A and B are both called “a”.")


def test_a_program_reads_counts_that_add_up(upload, manager):
    record(manager, HEADINGS + NEW)

    code, said = upload(HEADINGS + NEW + WRONG, "--json")

    told = json.loads(said)
    assert code == 1
    assert {name: told[name] for name in ("state", "rows", "new", "changed", "same", "rejected", "marked")} == {
        "state": "checked", "rows": 2, "new": 0, "changed": 0, "same": 1, "rejected": 1, "marked": 0,
    }  # fmt: skip
    (group,) = told["groups"]
    assert (group["column"], group["rows"], group["numbers"]) == ("drug (column I)", 1, [3])
    assert told["upload"] == str(Upload.objects.latest("pk").ref)


def test_a_profile_is_named(upload, manager):
    a_profile(manager, "Quarterly")
    text = HEADINGS.replace("date_of_birth", "DOB").replace(",sex,", ",Gender,") + NEW.replace(
        ",M,", ",Male,"
    )

    assert upload(text, profile="quarterly")[0] == 0
    assert Upload.objects.get().profile.name == "Quarterly"


def test_what_is_held_may_change_between_check_and_recording_and_then_nothing_is_recorded(
    upload, manager, monkeypatch
):
    def confirm_late(**said):
        monkeypatch.undo()
        record(manager, HEADINGS + NEW)
        return at_terminal.confirm_upload(**said)

    monkeypatch.setattr(at_terminal, "confirm_upload", confirm_late)

    code, said = upload(HEADINGS + NEW, "--apply")

    assert code == 1
    assert "Nothing is recorded. What is held changed meanwhile: it was checked again." in said
    assert "0 new + 0 changed + 1 already held + 0 rejected = 1 row" in said
    assert SyringeExchange.objects.count() == 1


def test_a_file_of_far_more_rows_than_usual_ends_with_1(upload, manager):
    record(manager, HEADINGS + NEW)
    days = [f"{1 + n % 28:02}/0{2 + n // 28}/2026" for n in range(60)]

    code, said = upload(HEADINGS + "".join(NEW.replace("01/06/2026", day) for day in days))

    assert code == 1
    assert "Unusual: It would record or change 60 rows; your files of this kind usually do 1." in said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"provider": "WIR9999"}, "manager may not send files for a provider WIR9999."),
        ({"username": "nobody"}, "nobody may not send files for a provider LIV0001."),
        ({"layout": "weather"}, "The provider has no layout “weather”. It has: clients, contacts"),
        ({"profile": "Monthly"}, "The provider has no profile “Monthly” for this layout today."),
    ],
    ids=["provider", "username", "layout", "profile"],
)
def test_what_does_not_exist_is_named_and_ends_with_2(upload, manager, said, words):
    a_profile(manager, "Quarterly")

    with pytest.raises(CommandError) as refused:
        upload(HEADINGS + NEW, **said)

    assert str(refused.value).startswith(words)
    assert refused.value.returncode == 2
    assert not Upload.objects.exists()


def test_staff_send_nothing(upload, provider):
    makers.an_actor(Role.PROVIDER_STAFF, provider, username="pharmacist", full_name="Sam Okoro")

    with pytest.raises(CommandError, match="pharmacist may not send files"):
        upload(HEADINGS + NEW, username="pharmacist")


def test_a_file_that_is_too_long_or_not_there_is_refused(upload, manager, settings):
    settings.UPLOAD_MOST_BYTES = 50
    with pytest.raises(CommandError, match="longer than 5e-05 MB"):
        upload(HEADINGS + NEW)

    with pytest.raises(CommandError, match="There is no file"):
        call_command("upload", "/nowhere.csv", provider="LIV0001", layout="contacts", username="manager")


def test_a_file_in_a_folder_that_nobody_lets_us_into_ends_with_2_and_says_so(manager, monkeypatch):
    def is_shut(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", is_shut)

    with pytest.raises(CommandError) as refused:
        call_command("upload", "/shut/a.csv", provider="LIV0001", layout="contacts", username="manager")

    assert (str(refused.value), refused.value.returncode) == (
        "The file cannot be read: Permission denied.", 2
    )  # fmt: skip


def test_a_name_that_is_no_text_is_shown_as_far_as_it_is(manager, tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/M\xe4rz.csv"))
    file.write_text(HEADINGS + NEW)

    call_command("upload", str(file), provider="LIV0001", layout="contacts", username="manager")

    assert Upload.objects.get().file_name == "M\ufffdrz.csv"


def test_a_fault_before_anything_is_sent_ends_with_3_as_any_other(upload, manager, monkeypatch):
    monkeypatch.setattr(command, "_manager", None)

    with pytest.raises(CommandError) as refused:
        upload(HEADINGS + NEW)

    assert refused.value.returncode == 3


def test_a_file_of_more_than_50_mb_is_refused_unread(manager, tmp_path, monkeypatch):
    file = tmp_path / "year.csv"
    file.touch()
    os.truncate(file, 50_000_001)
    monkeypatch.setattr(Path, "read_bytes", None)

    with pytest.raises(CommandError, match=r"The file is longer than 50 MB\."):
        call_command("upload", str(file), provider="LIV0001", layout="contacts", username="manager")


def test_after_a_fault_a_confirmed_file_can_be_tried_again_on_its_page(upload, manager, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(CommandError):
        patch.setattr("ims.bulk.recording.rows.passed", None)
        upload(HEADINGS + NEW, "--apply")
    held = Upload.objects.get()
    assert held.state == State.FAILED

    retry_upload(upload=held, at=NOW, by=manager)
    jobs.run_waiting()

    held.refresh_from_db()
    assert held.state == State.APPLIED


def test_after_a_fault_nothing_is_printed_that_may_quote_a_row(upload, monkeypatch):
    def quoting(*said, **more):
        raise ValueError("AB05051985M")

    monkeypatch.setattr("ims.bulk.checking.passed", quoting)

    with pytest.raises(CommandError) as fault:
        upload(HEADINGS + NEW)

    assert (fault.value.returncode, fault.value.__cause__, fault.value.__suppress_context__) == (
        3,
        None,
        True,
    )
    assert str(fault.value).startswith("It was stopped by a fault of the system")


def test_recording_that_was_killed_is_asked_for_again_on_the_page_once_it_takes_too_long(
    upload, manager, monkeypatch
):
    """kill -9 between the confirming and the recording leaves no job that somebody else could take up."""

    def killed(**said):
        raise KeyboardInterrupt

    monkeypatch.setattr(at_terminal, "apply_upload", killed)
    with pytest.raises(KeyboardInterrupt):
        upload(HEADINGS + NEW, "--apply")
    held = Upload.objects.get()
    assert (held.state, jobs.run_waiting().total()) == (State.CONFIRMED, 0)

    for minutes in (14, 16, 16):  # a second press changes nothing
        retry_upload(upload=held, at=NOW + timedelta(minutes=minutes), by=manager)
    jobs.run_waiting()

    held.refresh_from_db()
    assert held.state == State.APPLIED
    assert SyringeExchange.objects.count() == 1
    assert Event.objects.filter(what="upload.retried").count() == 2
