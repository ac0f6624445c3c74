"""Rule 5: every model reachable from a client says who may see it, what each field is to the person, and its past.

A model without history says why, in one line: `class Personal: no_history = "…"`.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import models
from django.test.utils import isolate_apps

from clients.models import Client
from ims.core import history
from tests.house.people import models_of_people

KINDS = ("identifying", "sensitive", "neutral")


def faults(model: type[models.Model]) -> list[str]:
    """What a model of people leaves undecided."""
    return [*_scope(model), *_personal(model), *_history(model)]


def _scope(model) -> Iterator[str]:
    if not callable(getattr(model._default_manager, "visible_to", None)):
        yield "does not say whom it is visible to"


def _personal(model) -> Iterator[str]:
    # Its own, not inherited: a child has fields its parent never heard of.
    said = vars(model).get("Personal")
    if said is None:
        yield "has no class Personal"
        return
    times = Counter(name for kind in KINDS for name in getattr(said, kind, ()))
    fields = {field.name for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]}
    yield from (f"does not say what {name} is to the person" for name in sorted(fields - set(times)))
    yield from (f"speaks of {name}, which it has not" for name in sorted(set(times) - fields))
    yield from (f"speaks of {name} {n} times" for name, n in sorted(times.items()) if n > 1)


def _history(model) -> Iterator[str]:
    reason = getattr(getattr(model, "Personal", None), "no_history", "")
    if not hasattr(model, "history") and not reason:
        yield "keeps no history and does not say why"


@pytest.mark.parametrize("model", models_of_people(), ids=lambda model: model._meta.label)
def test_a_model_of_people_is_decided_in_full(model):
    assert faults(model) == []


def test_exchanges_and_decisions_are_reached_from_the_client():
    labels = {model._meta.label for model in models_of_people()}

    assert {"clients.Client", "clients.ConsentDecision", "interventions.SyringeExchange"} <= labels
    assert "providers.Provider" not in labels


@isolate_apps("clients")
def test_a_new_model_is_reached_through_another():
    class Letter(models.Model):
        client = models.ForeignKey(Client, models.CASCADE, related_name="+")

        class Meta:
            app_label = "clients"

    class Page(models.Model):
        letter = models.ForeignKey(Letter, models.CASCADE, related_name="+")

        class Meta:
            app_label = "clients"

    assert models_of_people([Client, Page, Letter]) == [Client, Letter, Page]


@isolate_apps("clients")
def test_a_model_that_decides_nothing_is_found():
    class Letter(models.Model):
        class Meta:
            app_label = "clients"

    assert faults(Letter) == [
        "does not say whom it is visible to",
        "has no class Personal",
        "keeps no history and does not say why",
    ]


class LetterQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.none()


@isolate_apps("clients")
def test_a_field_that_nobody_judged_or_judged_twice_is_found():
    class Letter(models.Model):
        body = models.TextField()
        sent_on = models.DateField()
        objects = LetterQuerySet.as_manager()

        class Meta:
            app_label = "clients"

        class Personal:
            identifying = ("body",)
            sensitive = ("body", "address")
            neutral = ("id",)
            no_history = "a letter is never changed"

    assert faults(Letter) == [
        "does not say what sent_on is to the person",
        "speaks of address, which it has not",
        "speaks of body 2 times",
    ]


@isolate_apps("clients")
def test_what_a_parent_says_does_not_speak_for_its_child():
    class Paper(models.Model):
        objects = LetterQuerySet.as_manager()

        class Meta:
            app_label = "clients"
            abstract = True

        class Personal:
            neutral = ("id",)

    class Letter(Paper):
        history = history.kept()

        class Meta:
            app_label = "clients"

    assert faults(Letter) == ["has no class Personal"]
