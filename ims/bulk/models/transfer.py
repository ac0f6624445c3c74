"""How a service has the files recorded that its systems leave by secure file transfer."""

from django.db import models

from ims.accounts.models import Membership
from ims.bulk.models.profile import Profile
from ims.core import history
from ims.providers.models import Provider


class TransferQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """That of the actor's own service."""
        return self.filter(provider_id=actor.provider_id) if actor.provider_id else self.none()


class Transfer(models.Model):
    """One for each service that has ever settled it. Nothing of it is about a client."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="+"
    )  # in whose name files are recorded, and who is told of them
    layout = models.CharField(max_length=40)
    profile = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    applies_by_itself = models.BooleanField()  # a clean file is recorded without anybody having looked at it
    version = models.PositiveIntegerField(default=1)

    history = history.kept()
    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider"], name="transfer_is_one_for_each_provider")]
