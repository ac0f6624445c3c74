"""Reference data for every test, and a quick clean-up after those that commit.

Lists and places are loaded once and spared; the rest is removed by DELETE, which takes milliseconds where TRUNCATE of
every table takes a fifth of a second.
"""

from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from ims.codelists import lists
from ims.core.roles import as_owner
from ims.geography.models import AreaGroup, AreaGroupMember, Authority, Edition, Postcode

REFERENCE_APPS = {"codelists", "geography", "contenttypes", "auth"}
PLACES = (AreaGroupMember, AreaGroup, Postcode, Edition, Authority)


def load_reference() -> None:
    """The project's own lists, authorities and example postcodes, as a new installation has them."""
    call_command("load_codelists", verbosity=0)
    call_command("load_areas", verbosity=0)
    call_command("load_postcodes", "--example", verbosity=0)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event")  # a test counts its own events


def clean() -> None:
    """Leave nothing of a test that committed, and the reference data as it was."""
    with as_owner():
        try:
            _empty()
        except IntegrityError:  # a page that was closed has kept its draft meanwhile
            _empty()
    if list(Edition.objects.values_list("product", flat=True)) != ["example"]:
        for model in PLACES:
            model.objects.all().delete()
        load_reference()
    lists.forget()


def _empty() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables_to_empty():
            cursor.execute(f'DELETE FROM "{table}"')


def tables_to_empty() -> list[str]:
    """Tables of everything but reference data: history last, because a DELETE is written there; parents after children."""
    models = [model for model in apps.get_models() if model._meta.app_label not in REFERENCE_APPS]
    ordered = sorted(models, key=lambda model: (hasattr(model, "history_type"), -_depth(model)))
    return [model._meta.db_table for model in ordered]


def _depth(model) -> int:
    """How many tables deep a model's foreign keys go."""
    parents = {
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is not model
    }
    return 1 + max(map(_depth, parents), default=0)
