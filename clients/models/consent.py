"""Every decision about consent, each kept for ever: the client's column only holds the latest."""

from django.db import models

from clients.models.client import Client
from ims.core import history


class How(models.TextChoices):
    SPOKEN = "spoken", "Spoken"
    WRITTEN = "written", "Written"


class ConsentDecisionQuerySet(models.QuerySet):
    def visible_to(self, actor):
        if not actor.provider_id:
            return self.none()
        return self.filter(client__provider_id=actor.provider_id, client__deleted_at=None)


class ConsentDecision(models.Model):
    """Seed: explicit consent "can be given orally or in writing", and may be sought afterwards from existing clients."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="decisions")
    given = models.BooleanField()
    how = models.CharField(max_length=10, choices=How)
    sought_retrospectively = models.BooleanField(default=False)
    information_sheet = models.CharField(max_length=60)  # the edition that was shown
    decided_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField()

    history = history.kept()
    objects = ConsentDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]

    class Personal:
        identifying = ()
        sensitive = ("given", "how", "sought_retrospectively")
        neutral = ("id", "client", "information_sheet", "decided_at", "decided_by_id")
