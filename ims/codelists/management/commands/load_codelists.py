"""`load_codelists [--folder DIR]`: bring the code lists to what the files say, and print what that changed."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ims.codelists.files import BadFile
from ims.codelists.loading import OUR_FILES, Outcome, load


class Command(BaseCommand):
    help = "Load the code lists from the project's own files, or from another folder of the same form."

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=OUR_FILES, help="a folder with lists.csv and its lists"
        )

    def handle(self, *, folder, **options):
        try:
            outcomes = load(folder, at=timezone.now())
        except BadFile as error:
            raise CommandError(f"Nothing was loaded. {error}") from None
        for outcome in outcomes:
            self._print(outcome)

    def _print(self, outcome: Outcome):
        new, changed, retired = len(outcome.new), len(outcome.changed), len(outcome.retired)
        self.stdout.write(
            f"{outcome.key}: {outcome.same} same, {new} new, {changed} changed, {retired} retired"
        )
        for line in outcome.changed:
            self.stdout.write(f"  changed  {line}")
        for line in outcome.retired:
            self.stdout.write(f"  retired  {line}")
