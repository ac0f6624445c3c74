"""Naloxone given out to take home: kits by type, and why."""

from django.db import models
from django.db.models import Q

from ims.core import history
from interventions.contact import Contact, rules


class Supply(models.TextChoices):
    FIRST = "first", "First supply"
    AGAIN = "again", "Resupply"


class Naloxone(Contact):
    """Naloxone is no item of an exchange: it has a record of its own."""

    kits = models.JSONField()  # {"NASAL": 1}; quantities are at least 1
    supply = models.CharField(max_length=5, choices=Supply)
    reason = models.CharField(max_length=20, blank=True)  # of a resupply
    training = models.CharField(max_length=10, blank=True)  # Y, N or DECLINED; empty: not asked
    used = models.CharField(max_length=10, blank=True)  # whether the last kit was used, of a resupply

    history = history.kept()

    class Meta:
        constraints = [
            *rules("naloxone"),
            models.CheckConstraint(condition=~Q(kits={}), name="naloxone_gives_a_kit"),
            models.CheckConstraint(condition=Q(supply__in=Supply.values), name="naloxone_supply_is_known"),
            models.CheckConstraint(
                condition=Q(supply=Supply.AGAIN) | Q(reason="", used=""),
                name="naloxone_first_supply_replaces_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-on"], name="naloxone_by_client"),
            models.Index(fields=["provider", "on"], name="naloxone_by_provider"),
            models.Index(fields=["on"], name="naloxone_by_day"),
        ]

    class Personal:
        identifying = ()
        sensitive = ("on", "note", "authority_code", "kits", "supply", "reason", "training", "used")
        neutral = Contact.NEUTRAL
