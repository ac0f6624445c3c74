"""Who must not come back by a file: nothing but a keyed digest, which says nothing to whoever has not the key."""

from django.db import models

from ims.providers.models import Provider


class Why(models.TextChoices):
    ERASED = "erased", "Erased at their request"
    OBJECTED = "objected", "Objected: kept under the dummy attributor"


class BarredQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(provider_id=actor.provider_id) if actor.provider_id else self.none()


class Barred(models.Model):
    """One of the names that a service's file may bring the person back by: the attributor, or the own reference."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=8, choices=Why)
    barred_at = models.DateTimeField()
    barred_by_id = models.BigIntegerField()

    objects = BarredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "digest"], name="barred_once_in_its_provider"),
            models.CheckConstraint(condition=models.Q(why__in=Why.values), name="barred_for_a_known_reason"),
        ]
