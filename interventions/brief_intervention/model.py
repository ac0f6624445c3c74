"""A brief intervention: one type of help given at one visit."""

from django.db import models

from ims.core import history
from interventions.contact import Contact, rules


class BriefIntervention(Contact):
    """Several types at one visit are several rows, made by one act."""

    type = models.CharField(max_length=20)
    setting = models.CharField(max_length=10, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)  # None: not recorded

    history = history.kept()

    class Meta:
        constraints = rules("brief_intervention")
        indexes = [
            models.Index(fields=["client", "-on"], name="brief_by_client"),
            models.Index(fields=["provider", "on"], name="brief_by_provider"),
            models.Index(fields=["on"], name="brief_by_day"),
        ]

    class Personal:
        identifying = ()
        sensitive = ("on", "note", "authority_code", "type", "setting", "minutes")
        neutral = Contact.NEUTRAL
