"""Which models are about people: every one from which a client, or later a case, can be reached."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model

from ims.core.roles import is_history

# What a person's records hang from. The review of deaths is not built yet; its cases count from the day they are.
ROOTS = ["clients.Client", "drd_review.Case"]


def models_of_people(models: Iterable[type[Model]] | None = None) -> list[type[Model]]:
    """The roots, and every model with a relation to one of them or to another such model. History is derived."""
    models = [
        model for model in models or apps.get_models(include_auto_created=True) if not is_history(model)
    ]
    reached = [model for model in models if model._meta.label in ROOTS]
    while more := [model for model in models if model not in reached and _points_at(model, reached)]:
        reached += more
    return reached


def _points_at(model: type[Model], reached: list[type[Model]]) -> bool:
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return any(field.related_model in reached for field in fields if field.is_relation)
