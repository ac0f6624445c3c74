"""`manage.py collect_uploads`: what it says, and how it ends."""

import pytest
from django.core.management import CommandError, call_command

from ims.bulk.models import Upload
from ims.bulk.transfer.collecting import AnotherRun, _alone
from tests import makers
from tests.bulk.sending import HEADINGS
from tests.bulk.transfer.folders import NEW, settled


class TestTheCommand:
    @pytest.fixture
    def command(self, folders, settings, capsys):
        settings.TRANSFER_DIR, settings.TRANSFER_LOOKS_APART = folders.root, 0

        def run() -> list[str]:
            call_command("collect_uploads")
            return capsys.readouterr().out.splitlines()

        return run

    def test_it_says_how_much_was_done(self, command, folders, manager):
        settled(manager)
        folders.leaves(HEADINGS + NEW)

        assert command() == ["1 taken"]
        assert command() == ["1 under way"]

    def test_a_folder_that_cannot_be_used_keeps_nothing_from_the_others(
        self, command, folders, manager, caplog
    ):
        settled(manager)
        folders.leaves(HEADINGS + NEW)
        (folders.root / "abc0001").mkdir()  # nobody's
        makers.a_provider("Harbour Agency", code="HAR0001")
        (folders.root / "har0001").symlink_to(folders.own)
        (folders.root / "lost+found").mkdir()

        with pytest.raises(CommandError, match="Not every folder or file could be used"):
            command()

        assert Upload.objects.get().provider.code == "LIV0001"
        assert "folder abc0001 cannot be used: no provider has this code" in caplog.text
        assert "folder har0001 cannot be used: Not a directory" in caplog.text
        assert "quarter" not in caplog.text

    def test_two_runs_do_not_get_in_each_others_way(self, command, folders, manager):
        settled(manager)
        folders.leaves(HEADINGS + NEW)
        with _alone(folders.root):
            assert command() == ["Another run is at work."]
            with pytest.raises(AnotherRun):
                folders.collected()

        assert command() == ["1 taken"]

    def test_it_names_the_setting_that_is_missing_or_wrong(self, command, settings):
        settings.TRANSFER_DIR = settings.BASE_DIR / "nowhere"
        with pytest.raises(CommandError, match="IMS_TRANSFER_DIR cannot be used: No such file or directory"):
            command()

        settings.TRANSFER_DIR = None
        with pytest.raises(CommandError, match="Set IMS_TRANSFER_DIR"):
            command()
