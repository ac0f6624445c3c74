"""`sign_ins` prints the demo people as CSV: username,password,role,provider."""

import csv

from django.core.management.base import BaseCommand

from ims.operations.demo import people


class Command(BaseCommand):
    help = "Print the demo people as CSV. Refused in production."

    def handle(self, **options):
        rows = csv.writer(self.stdout, lineterminator="\n")
        rows.writerow(["username", "password", "role", "provider"])
        rows.writerows(people.sign_ins())
