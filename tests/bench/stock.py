"""What an upload is measured against: django-import-export as it comes, a resource a model, its dry run and its import.

As its documentation has it: rows one by one, foreign keys by widget, no bulk. It writes into our tables, whose triggers
keep history all the same.
"""

import csv
import io
from collections.abc import Callable
from datetime import date
from time import perf_counter

from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.formats.base_formats import CSV

from clients.ims_id import new_ims_id
from clients.models import Client
from ims.audit.acting import acting
from ims.bulk.quantities import quantities
from ims.core.actor import Actor
from ims.core.dates import parse_day
from ims.core.keys import new_submission_id
from ims.core.roles import as_owner
from interventions.models import BriefIntervention, SyringeExchange
from interventions.syringe_exchange.measures import totals
from tests.bench.measure import Wrong
from tests.bench.upload_file import BREAKS


class Day(widgets.DateWidget):
    def clean(self, value, row=None, **options):
        return parse_day(value, today=date.today()) if value else None


class Items(widgets.Widget):
    def clean(self, value, row=None, **options):
        return {code: int(number) for code, number in quantities(value).items()}


class OfService(resources.ModelResource):
    """What every record has that a file does not say."""

    def __init__(self, by: Actor):
        super().__init__()
        self.by = by

    def get_queryset(self):
        return super().get_queryset().filter(provider_id=self.by.provider_id)

    def before_save_instance(self, instance, row, **options):
        instance.provider_id = self.by.provider_id
        if instance.pk is None:
            instance.submission_id = new_submission_id()


class Clients(OfService):
    date_of_birth = fields.Field("date_of_birth", "date_of_birth", widget=Day())
    consent = fields.Field("consent", "consent", widget=widgets.BooleanWidget())

    class Meta:
        model = Client
        import_id_fields = ("own_reference",)
        fields = (
            "first_initial", "last_initial", "date_of_birth", "sex", "consent", "postcode", "own_reference",
            "main_substance",
        )  # fmt: skip

    def before_save_instance(self, instance, row, **options):
        super().before_save_instance(instance, row, **options)
        if instance.pk is None:
            instance.ims_id = new_ims_id()
            instance.created_at, instance.created_by_id = timezone.now(), self.by.user_id


class Contacts(OfService):
    client = fields.Field("client", "own_reference", widget=widgets.ForeignKeyWidget(Client, "own_reference"))
    on = fields.Field("on", "on", widget=Day())

    def __init__(self, by: Actor):
        super().__init__(by)
        widget = self.fields["client"].widget
        widget.get_queryset = lambda value, row, **options: Client.objects.filter(provider_id=by.provider_id)

    def before_save_instance(self, instance, row, **options):
        super().before_save_instance(instance, row, **options)
        instance.recorded_at, instance.recorded_by_id = timezone.now(), self.by.user_id


class Exchanges(Contacts):
    items = fields.Field("items", "items", widget=Items())

    class Meta:
        model = SyringeExchange
        import_id_fields = ("client", "on", "items")
        fields = ("client", "on", "items", "returned", "drug")

    def before_save_instance(self, instance, row, **options):
        super().before_save_instance(instance, row, **options)
        for measure, number in totals(instance.items).items():
            setattr(instance, measure, number)


class Interventions(Contacts):
    class Meta:
        model = BriefIntervention
        import_id_fields = ("client", "on", "type")
        fields = ("client", "on", "type", "minutes")


def stock_seconds(file: bytes, *, by: Actor) -> float:
    """How long the rows of a file take: the dry run of every resource and then its import.

    Of the good rows alone: as it comes, it imports nothing of a file in which one row is bad.
    """
    rows = [row for row in csv.DictReader(io.StringIO(file.decode(), newline="")) if not _is_bad(row)]
    people = list({row["own_reference"]: row for row in rows}.values())
    parts = [
        (Clients, people),
        (Exchanges, [row for row in rows if row["kind"] == "exchange"]),
        (Interventions, [row for row in rows if row["kind"] != "exchange"]),
    ]
    with as_owner():  # it sets sequences anew, which the site may not
        begun = perf_counter()
        for resource, some in parts:
            _import(resource, some, by)
        return perf_counter() - begun


def _is_bad(row: dict[str, str]) -> bool:
    return any(row[name] == value for name, value in BREAKS)


def _import(resource: Callable, rows: list[dict], by: Actor) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    dataset = CSV().create_dataset(text.getvalue())
    for dry_run in (True, False):
        with acting(by=by, at=timezone.now()) as act:
            result = resource(by).import_data(
                dataset, dry_run=dry_run, use_transactions=True, raise_errors=True
            )
            act.record("bench.stock", rows=len(rows))
    if result.totals["new"] + result.totals["update"] != len(rows):
        raise Wrong(f"the stock import took {dict(result.totals)} of {len(rows)} rows")
