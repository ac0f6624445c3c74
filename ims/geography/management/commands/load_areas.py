"""`load_areas`: the authorities that ship with the project, and the groups above them. Safe to run again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ims.geography import areas


class Command(BaseCommand):
    help = "Load the authorities, and the area groups (DAAT, partnership, sub-region) from a file."

    def add_arguments(self, parser):
        parser.add_argument("--groups", type=Path, default=areas.GROUP_FILE, metavar="FILE")

    def handle(self, *, groups, **options):
        authorities = areas.load_authorities()
        try:
            loaded = areas.load_groups(groups)
        except areas.GroupsRefused as refused:
            raise CommandError(f"{refused} No group has changed.") from None
        self.stdout.write(f"Loaded {authorities} authorities and {loaded} area groups.")
