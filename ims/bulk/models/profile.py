"""How the files of one source system are read for one service, with the days from and to which that holds."""

from django.db import models
from django.db.models import F, Q

from ims.core import history
from ims.providers.models import Provider


class SourceSystem(models.TextChoices):
    """Seed: "NexWebstar Health, PharmOutcome, or CRiIS"."""

    NEXWEBSTAR = "nexwebstar", "NexWebstar Health"
    PHARMOUTCOMES = "pharmoutcomes", "PharmOutcomes"
    CRIIS = "criis", "CRiIS"
    OTHER = "other", "Another system, or a spreadsheet"


READING = (
    "aliases",
    "values",
    "date_order",
    "constants",
    "packs",
    "key_column",
)  # what makes of a row what it is


class ProfileQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(provider_id=actor.provider_id) if actor.provider_id else self.none()

    def not_ended(self, on):
        """Those in force, and those that begin later."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on))

    def ended(self, on):
        return self.filter(valid_to__lt=on)

    def in_force(self, on):
        return self.not_ended(on).filter(valid_from__lte=on)


class Profile(models.Model):
    """Nothing of it is about a person: names of columns, and what a source system's words mean here."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    source_system = models.CharField(max_length=20, choices=SourceSystem)
    layout = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    aliases = models.JSONField(
        default=dict, blank=True
    )  # their header: our column; "" for a column not to be read
    values = models.JSONField(default=dict, blank=True)  # our column: {their value: ours}
    date_order = models.CharField(
        max_length=3, default="dmy", choices=[("dmy", "Day first"), ("mdy", "Month first")]
    )
    constants = models.JSONField(default=dict, blank=True)  # our column: what every row says
    packs = models.JSONField(default=dict, blank=True)  # their pack: {"SYR_FIXED_1": 10}
    key_column = models.CharField(
        max_length=120, blank=True
    )  # their header that names a row; "": what the row says does
    version = models.PositiveIntegerField(default=1)
    submission_id = models.UUIDField()

    history = history.kept()
    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["submission_id"], name="profile_submission_is_saved_once"),
            models.UniqueConstraint(
                fields=["provider", "name", "valid_from"], name="profile_name_begins_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="profile_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.name

    def read_so_at(self, moment) -> bool:
        """Whether files were read at a moment as they are now; its name and its days do not matter."""
        then = self.history.filter(history_date__lte=moment).order_by("-version").values(*READING).first()
        return then == {name: getattr(self, name) for name in READING}
