"""Two records of one service that somebody looked at together: not the same person, or the same one."""

from django.db import models
from django.db.models import F, Q

from clients.models.client import Client
from ims.core import history


class Verdict(models.TextChoices):
    DIFFERENT = "different", "Not the same person"
    SAME = "same", "The same person"


IN_FORCE = Q(undone_at=None)


class PairQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Pairs of the actor's own service, neither client of them deleted."""
        if not actor.provider_id:
            return self.none()
        own = Q(first__provider_id=actor.provider_id, second__provider_id=actor.provider_id)
        return self.filter(own, first__deleted_at=None, second__deleted_at=None)

    def in_force(self):
        return self.filter(IN_FORCE)

    def linked(self):
        return self.in_force().filter(verdict=Verdict.SAME)


class Pair(models.Model):
    """What was decided of two clients of one provider. That they are two people is remembered for ever (twins exist).

    A link joins no records: each keeps its own contacts, and it can be undone and made again.
    """

    first = models.ForeignKey(Client, models.CASCADE, related_name="+")
    second = models.ForeignKey(Client, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=9, choices=Verdict)
    decided_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField()
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)

    history = history.kept()
    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_names_the_earlier_first"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="pair_verdict_is_known"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=IN_FORCE, name="pair_in_force_is_one"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by_id=None)
                | Q(undone_at__isnull=False, undone_by_id__isnull=False),
                name="pair_undone_at_and_by_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.SAME) | Q(undone_at=None), name="pair_told_apart_is_for_ever"
            ),
        ]

    class Personal:
        identifying = ()
        sensitive = ("verdict",)
        neutral = (
            "id", "first", "second", "decided_at", "decided_by_id", "undone_at", "undone_by_id",
        )  # fmt: skip

    def besides(self, client: Client) -> Client:
        """The other client of the two."""
        return self.second if self.first_id == client.pk else self.first
