"""`found` opens the first account of a new installation: an officer, who opens everything else."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ims.accounts import actions
from ims.accounts.roles import Role


class Command(BaseCommand):
    help = "Open the first officer's account. The password is chosen with 'I have forgotten my password'."

    def add_arguments(self, parser):
        parser.add_argument("--username", required=True)
        parser.add_argument("--full-name", required=True)
        parser.add_argument("--email", required=True)

    def handle(self, username, full_name, email, **options):
        try:
            actions.found(
                person=actions.Person(username.lower(), full_name, email),
                role=Role.PHI_OFFICER,
                at=timezone.now(),
            )
        except actions.NotTheFirst:
            raise CommandError("There are accounts already: an officer opens the next one.") from None
        self.stdout.write("Opened. Choose a password on the site with 'I have forgotten my password'.")
