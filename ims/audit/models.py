"""Audit is events: who did what to which record, when. Never what a record says."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class EventQuerySet(models.QuerySet):
    def about(self, kind: str, subject_id: int):
        """Events that touched one record, latest first."""
        return self.filter(kind=kind, subjects__contains=[subject_id]).order_by("-at", "-id")

    def of_everybody(self, what: str, *, since):
        """Acts that touched every record of a provider at once, from a moment on."""
        return self.filter(what=what, at__gte=since)

    def visible_to(self, actor):
        """What the actor's own service did and looked at; nothing for those without a service."""
        return self.filter(provider_id=actor.provider_id) if actor.provider_id else self.none()


class Event(models.Model):
    """One act of one person. Append-only, without foreign keys, so that it outlives what it tells of.

    The table is partitioned by month (see partitions.py); the database refuses UPDATE and DELETE to the site.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=60)  # "client.registered"
    user_id = models.BigIntegerField(null=True)  # null: nobody was signed in, as in a failed sign-in
    role = models.CharField(max_length=30, blank=True)
    provider_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=30, blank=True)  # of the subjects: "client"
    subjects = ArrayField(models.BigIntegerField(), default=list)
    counts = models.JSONField(default=dict)  # numbers only

    objects = EventQuerySet.as_manager()

    class Meta:
        db_table = "audit_event"
        managed = True
