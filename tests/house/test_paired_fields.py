"""Rule 9: a moment and its person belong together. Where x_at or x_by may be empty, a constraint empties both or neither.

The constraint is not judged by its name: it is asked about each of the four cases.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Q, Value
from django.test.utils import isolate_apps

from ims.core.roles import is_history

pytestmark = pytest.mark.django_db  # the database does the asking

MOMENT, PERSON = datetime(2026, 6, 15, 12, tzinfo=UTC), 7


def pairs(model: type[models.Model]) -> Iterator[tuple[models.Field, models.Field]]:
    """Each x_at with its x_by or x_by_id where one of them may be empty."""
    fields = {field.attname.removesuffix("_id"): field for field in model._meta.concrete_fields}
    for name, at in fields.items():
        by = fields.get(f"{name.removesuffix('_at')}_by") if name.endswith("_at") else None
        if by and (at.null or by.null):
            yield at, by


def loose(models: Iterable[type[models.Model]]) -> list[str]:
    return [
        f"{model._meta.label}: {at.name} and {by.name}"
        for model in models
        for at, by in pairs(model)
        if not any(_binds(constraint, at, by) for constraint in model._meta.constraints)
    ]


def _binds(constraint, at, by) -> bool:
    if not isinstance(constraint, models.CheckConstraint) or _named(constraint.condition) != {
        at.name,
        by.name,
    }:
        return False
    cases = {(None, None): True, (MOMENT, PERSON): True, (MOMENT, None): False, (None, PERSON): False}
    return all(_holds(constraint, {at: a, by: b}) is answer for (a, b), answer in cases.items())


def _named(condition: Q) -> set[str]:
    """The fields a condition speaks of."""
    children = [
        _named(child) if isinstance(child, Q) else {child[0].split("__")[0]} for child in condition.children
    ]
    return set().union(*children)


def _holds(constraint, values: dict) -> bool:
    return constraint.condition.check({field.name: Value(value, field) for field, value in values.items()})


def test_a_moment_and_its_person_are_both_there_or_neither():
    ours = [model for model in apps.get_models() if not (is_history(model) or model._meta.proxy)]

    assert loose(ours) == []


@isolate_apps("clients")
def test_a_pair_without_a_constraint_is_found():
    class Letter(models.Model):
        sent_at = models.DateTimeField(null=True)
        sent_by_id = models.BigIntegerField(null=True)

        class Meta:
            app_label = "clients"

    assert loose([Letter]) == ["clients.Letter: sent_at and sent_by_id"]


@isolate_apps("clients")
def test_a_constraint_that_binds_one_way_only_is_found():
    class Letter(models.Model):
        sent_at = models.DateTimeField(null=True)
        sent_by_id = models.BigIntegerField(null=True)

        class Meta:
            app_label = "clients"
            constraints = [
                models.CheckConstraint(
                    condition=Q(sent_at=None) | Q(sent_by_id__isnull=False),
                    name="sent_at_and_by_both_or_neither",
                )
            ]

    assert loose([Letter]) == ["clients.Letter: sent_at and sent_by_id"]


@isolate_apps("clients")
def test_a_pair_that_is_never_empty_needs_no_constraint():
    class Letter(models.Model):
        written_at = models.DateTimeField()
        written_by_id = models.BigIntegerField()

        class Meta:
            app_label = "clients"

    assert loose([Letter]) == []
