"""`seed --clients N --contacts M`: made-up data at any size, the same for the same arguments. Never in production."""

from datetime import date
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clients.models import Client
from ims.core import dates
from ims.operations.seeding.codes import NotInTheLists
from ims.operations.seeding.loading import seed
from ims.operations.seeding.places import NoPostcodes
from ims.operations.seeding.plan import BadPlan, Plan, usual_providers
from ims.providers.models import Provider


class Command(BaseCommand):
    help = "Fill an empty database with made-up clients and contacts, their history and their audit."

    def add_arguments(self, parser):
        parser.add_argument("--clients", type=int, required=True, help="records, the dummies included")
        parser.add_argument("--contacts", type=int, required=True, help="of every kind, all together")
        parser.add_argument("--years", type=int, default=10)
        parser.add_argument("--random-seed", type=int, default=1)
        parser.add_argument(
            "--providers", type=int, help="as many as so many clients usually have, if left out"
        )
        parser.add_argument(
            "--until", type=date.fromisoformat, metavar="YYYY-MM-DD",
            help="the day after the last contact; today, if left out",
        )  # fmt: skip
        parser.add_argument("--add", action="store_true", help="also where there are clients already")

    def handle(self, *, clients, contacts, years, random_seed, providers, until, add, **options):
        self._refuse(add)
        started = monotonic()
        try:
            plan = Plan(
                clients=clients,
                contacts=contacts,
                providers=usual_providers(clients) if providers is None else providers,
                years=years,
                random_seed=random_seed,
                until=self._until(until),
                earlier=Provider.objects.count(),
            )
            seed(plan, self.stdout.write)
        except BadPlan as bad:
            raise CommandError(str(bad)) from None
        except NotInTheLists as missing:
            raise CommandError(f"Run load_codelists first. Not in the lists: {missing}.") from None
        except NoPostcodes:
            raise CommandError("Run load_areas and load_postcodes first (--example will do).") from None
        self.stdout.write(
            self.style.SUCCESS(
                f"Made {clients:,} clients and {contacts:,} contacts at {plan.providers} providers, "
                f"{plan.begins_on:%d/%m/%Y} to {plan.ends_on:%d/%m/%Y}, in {monotonic() - started:.0f} s."
            )
        )

    def _refuse(self, add: bool) -> None:
        if settings.PRODUCTION:
            raise CommandError("Made-up data do not exist in production.")
        if not add and Client.objects.exists():
            raise CommandError("There are clients already. Use an empty database, or --add to add to them.")

    def _until(self, until: date | None) -> date:
        today = dates.today()
        if until and until > today:
            raise CommandError("Nothing is recorded in the future: --until is today at the latest.")
        return until or today
