"""`worker` does what pages have left for later (ims/core/jobs.py). One or more run beside the site."""

import os

from django.core.management.base import BaseCommand, CommandError

from ims.core import jobs

LESS_THAN_PAGES = 10  # what a busy machine takes from it first


class Command(BaseCommand):
    help = "Do background work until SIGTERM or Ctrl+C; the job in hand is finished first."

    def handle(self, **options):
        os.nice(LESS_THAN_PAGES)
        try:
            jobs.work()
        except jobs.EndedUnasked:
            raise CommandError("The worker ended by a fault. Start it again.") from None
