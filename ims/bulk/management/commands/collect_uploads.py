"""`collect_uploads` takes the files that providers' systems left by secure file transfer. To be run every minute.

Ends with 1 where a folder or a file could not be used; the others were gone through all the same.
"""

import time
from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ims.bulk.transfer.collecting import UNREACHED, AnotherRun, collect
from ims.bulk.transfer.taking import UNREAD


class Command(BaseCommand):
    help = (
        "Take the files that providers' systems left by secure file transfer. Safe to run again, and to kill."
    )

    def handle(self, **options):
        told = self._collected()
        for what, number in told.items():
            if number:
                self.stdout.write(f"{number:,} {what}")
        if told[UNREACHED] or told[UNREAD]:
            raise CommandError("Not every folder or file could be used: the log says why.")

    def _collected(self) -> Counter[str]:
        if settings.TRANSFER_DIR is None:
            raise CommandError("Set IMS_TRANSFER_DIR to the folder with the folders of the providers.")
        try:
            return collect(settings.TRANSFER_DIR, pause=_pause, now=timezone.now)
        except AnotherRun:
            self.stdout.write("Another run is at work.")
            return Counter()
        except OSError as fault:
            raise CommandError(f"IMS_TRANSFER_DIR cannot be used: {fault.strerror}.") from None


def _pause() -> None:
    time.sleep(settings.TRANSFER_LOOKS_APART)
