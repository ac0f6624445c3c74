"""`flush` signs in as the owner: the site itself may not empty a table."""

from django.core.management.commands import flush

from ims.core.roles import as_owner


class Command(flush.Command):
    def handle(self, **options):
        with as_owner(options["database"]):
            super().handle(**options)
