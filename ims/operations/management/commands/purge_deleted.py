"""`purge_deleted` removes for good what was deleted, and what uploads said, more than seven days ago. To be run every night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ims.operations.purging import purge


class Command(BaseCommand):
    help = "Remove for good what was deleted, with its history, or sent in a file more than seven days ago. Safe to run again."

    def handle(self, **options):
        removed = purge(timezone.now())
        if not removed:
            self.stdout.write("Nothing was deleted more than seven days ago.")
        for name, number in sorted(removed.items()):
            self.stdout.write(f"{name}: {number:,} removed for good")
