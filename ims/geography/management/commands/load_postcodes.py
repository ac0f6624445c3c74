"""`load_postcodes FILE`: a downloaded postcode product becomes the lookup. See ims/geography/loading/."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ims.geography.loading.changes import Changes
from ims.geography.loading.editions import AlreadyLoaded, Loaded, load, load_example
from ims.geography.loading.files import FileRefused
from ims.geography.models import Product


class Command(BaseCommand):
    help = (
        "Load Code-Point Open, the ONS Postcode Directory, the National Statistics Postcode Lookup or a simple CSV "
        "(plain, .gz or .zip). The authority kept with past contacts does not change."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument(
            "--product", choices=Product.values, default="", help="found out from the file if left out"
        )
        parser.add_argument("--edition", default="", metavar="NAME", help="for example 2025.4")
        parser.add_argument(
            "--smaller", action="store_true", help="allow far fewer postcodes than are loaded now"
        )
        parser.add_argument(
            "--example", action="store_true", help="load the 270 examples, if nothing is loaded"
        )

    def handle(self, *, file, product, edition, smaller, example, **options):
        if example == bool(file):
            raise CommandError("Name one file to load, or ask for --example.")
        try:
            loaded = (
                load_example(at=timezone.now())
                if example
                else load(
                    file,
                    at=timezone.now(),
                    product=product,
                    name=edition,
                    smaller=smaller,
                    say=self.stdout.write,
                )
            )
        except AlreadyLoaded as already:
            self.stdout.write(str(already))
        except FileRefused as refused:
            raise CommandError(f"{refused} Nothing has changed.") from None
        else:
            self._report(loaded)

    def _report(self, loaded: Loaded):
        if loaded.malformed:
            self.stderr.write(
                f"{loaded.malformed:,} malformed rows were left out: {'; '.join(loaded.examples)}."
            )
        self._warn_of_unlisted(loaded.changes)
        self.stdout.write(self.style.SUCCESS(f"Loaded {loaded.edition}: {loaded.edition.rows:,} postcodes."))
        self._report_changes(loaded.changes)

    def _warn_of_unlisted(self, changes: Changes):
        if changes.unlisted:
            named = ", ".join(f"{code} ({postcodes:,})" for code, postcodes in changes.unlisted.items())
            self.stderr.write(
                f"{len(changes.unlisted)} authority codes are not in the list of authorities, and will show as codes: {named}."
            )

    def _report_changes(self, changes: Changes):
        self.stdout.write(
            f"New: {changes.new:,}. Gone: {changes.gone:,}. Other authority: {changes.changed_authority:,}."
        )
        for moved in changes.moved:
            self.stdout.write(f"  {moved.before or 'none'} → {moved.after or 'none'}: {moved.postcodes:,}")
        self.stdout.write("The authority kept with past contacts has not changed.")
