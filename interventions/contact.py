"""What every contact has: client, provider, day, place of work, and where the client lived that day."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from clients.models import Client
from ims.core.keys import by_submission
from ims.providers.models import Provider, Site


class ContactQuerySet(models.QuerySet):
    def visible_to(self, actor, *, even_deleted: bool = False, of_deleted_clients: bool = False):
        """The actor's own service's contacts, of clients that are not deleted; what is deleted only where asked for."""
        if not actor.provider_id:
            return self.none()
        own = Q(provider_id=actor.provider_id)
        own &= Q() if of_deleted_clients else Q(client__deleted_at=None)
        return self.filter(own if even_deleted else own & Q(deleted_at=None))

    def by_submission(self, submissions) -> dict:
        """Records already held, by the name of the submission that made them."""
        return by_submission(self, submissions)


class Contact(models.Model):
    """Authority and edition are kept with the contact: last year's report does not move with a lookup."""

    ref = models.UUIDField(db_default=RandomUUID(), editable=False)
    # The indexes of each kind begin with client and with provider, so the keys need none of their own.
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)  # never reported, never extracted to analysts
    authority_code = models.CharField(max_length=9, blank=True)
    geography_edition_id = models.BigIntegerField(
        null=True
    )  # of the lookup; no constraint, editions come and go
    version = models.PositiveIntegerField(default=1, db_default=1)
    submission_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by_id = models.BigIntegerField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        abstract = True

    def when_deleted(self, act) -> None:
        """What else comes to an end with it, within the act that deletes it; of most kinds nothing."""

    NEUTRAL = (
        "id", "ref", "client", "provider", "site", "geography_edition_id", "version", "submission_id",
        "recorded_at", "recorded_by_id", "deleted_at", "deleted_by_id",
    )  # fmt: skip


def rules(name: str) -> list:
    """The constraints that every kind of contact has, with names that say whose they are."""
    return [
        models.UniqueConstraint(fields=["ref"], name=f"{name}_ref_is_unique"),
        models.UniqueConstraint(fields=["submission_id"], name=f"{name}_submission_is_saved_once"),
        models.CheckConstraint(
            condition=Q(deleted_at=None, deleted_by_id=None)
            | Q(deleted_at__isnull=False, deleted_by_id__isnull=False),
            name=f"{name}_deleted_at_and_by_both_or_neither",
        ),
    ]
