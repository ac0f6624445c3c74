"""`migrate` signs in as the owner, one at a time, and leaves views, triggers and grants as the code says."""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections
from django.utils.module_loading import import_string

from ims.core.roles import as_owner

# Any number, the same for every deployer: two at once would interleave.
ADVISORY_LOCK = 7_463_001


class Command(migrate.Command):
    def handle(self, *args, **options):
        alias = options["database"]
        with as_owner(alias):
            connection = connections[alias]
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
                cursor.execute("SET lock_timeout = '4s'")  # rather fail than queue every page behind us
            self._run(settings.BEFORE_MIGRATE, connection)
            super().handle(*args, **options)
            if not (options["plan"] or options["check_unapplied"]):
                self._run(settings.AFTER_MIGRATE, connection)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])

    def _run(self, steps, connection):
        for step in steps:
            import_string(step)(connection)
