"""A batch exchange: equipment that went out, and came back, without anybody being known.

A stand, a locker, a month's total of a vending machine. Counted in volumes, never in people.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from ims.core import history
from ims.providers.models import Provider, Site


class BatchExchangeQuerySet(models.QuerySet):
    def visible_to(self, actor, *, even_deleted: bool = False):
        """The actor's own service's; deleted ones only where asked for."""
        if not actor.provider_id:
            return self.none()
        own = self.filter(provider_id=actor.provider_id)
        return own if even_deleted else own.filter(deleted_at=None)


class BatchExchange(models.Model):
    """Of one day, or of every day from `on` to `until`."""

    ref = models.UUIDField(default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    on = models.DateField()
    until = models.DateField(null=True, blank=True)
    items = models.JSONField()  # as of an exchange
    packs = models.JSONField(default=list)
    needles = models.PositiveIntegerField()
    barrels = models.PositiveIntegerField()
    sets = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(null=True)  # None: not counted, which is not 0
    place = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    submission_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by_id = models.BigIntegerField(null=True)

    history = history.kept()
    objects = BatchExchangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="batch_exchange_ref_is_unique"),
            models.UniqueConstraint(fields=["submission_id"], name="batch_exchange_submission_is_saved_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("on")), name="batch_exchange_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(items={}) | Q(returned__isnull=False, returned__gt=0),
                name="batch_exchange_gives_or_takes_something",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by_id=None)
                | Q(deleted_at__isnull=False, deleted_by_id__isnull=False),
                name="batch_exchange_deleted_at_and_by_both_or_neither",
            ),
        ]
        indexes = [models.Index(fields=["provider", "-on"], name="batch_exchange_by_provider")]
