"""A wellbeing assessment: how a person is, at first, at a review, at the end. First against latest is the outcome."""

from django.db import models
from django.db.models import Q

from ims.core import history
from interventions.contact import Contact, rules


class Stage(models.TextChoices):
    FIRST = "first", "First"
    REVIEW = "review", "Review"
    EXIT = "exit", "Exit"


class WellbeingAssessment(Contact):
    stage = models.CharField(max_length=6, choices=Stage)
    accommodation = models.CharField(max_length=20, blank=True)  # empty: not asked; declined has a code
    employment = models.CharField(max_length=20, blank=True)
    # By instrument and item: {"ons4": {"satisfied": 7, "anxious": "declined"}}. What is not there was not asked.
    answers = models.JSONField(default=dict)

    history = history.kept()

    class Meta:
        constraints = [
            *rules("wellbeing"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="wellbeing_stage_is_known"),
        ]
        indexes = [
            models.Index(fields=["client", "-on"], name="wellbeing_by_client"),
            models.Index(fields=["provider", "on"], name="wellbeing_by_provider"),
            models.Index(fields=["on"], name="wellbeing_by_day"),
        ]

    class Personal:
        identifying = ()
        sensitive = ("on", "note", "authority_code", "stage", "accommodation", "employment", "answers")
        neutral = Contact.NEUTRAL
