"""A syringe exchange transaction: what was given out and brought back at one visit."""

from django.db import models
from django.db.models import Q

from ims.core import history
from interventions.contact import Contact, rules


class SyringeExchange(Contact):
    """Needles, barrels and sets are three measures of the items, never added to one another (guidance)."""

    items = models.JSONField()  # everything given out, packs opened: {"SYR_FIXED_1": 10}; at least 1 of each
    # Which of it was in packs, with the bill of that day: [{"pack": 3, "name": "Blue", "n": 2, "items": {…}}]
    packs = models.JSONField(default=list, db_default=[])
    needles = models.PositiveIntegerField()
    barrels = models.PositiveIntegerField()
    sets = models.PositiveIntegerField()
    # Not clamped: people bring back other people's works (108.9 % in 1991-2001). None: not asked, which is not 0.
    returned = models.PositiveIntegerField(null=True)
    others = models.PositiveSmallIntegerField(
        null=True
    )  # people collected for. None: not asked, which is not 0.
    drug = models.CharField(max_length=20, blank=True)  # the one at this visit
    place = models.CharField(max_length=40, blank=True)

    history = history.kept()

    class Meta:
        constraints = [
            *rules("exchange"),
            models.CheckConstraint(
                condition=~Q(items={}) | Q(returned__isnull=False, returned__gt=0),
                name="exchange_gives_or_takes_something",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-on"], name="exchange_by_client"),
            models.Index(fields=["provider", "on"], name="exchange_by_provider"),
            models.Index(fields=["on"], name="exchange_by_day"),
        ]

    class Personal:
        identifying = ()
        sensitive = (
            "on", "note", "authority_code", "items", "packs", "needles", "barrels", "sets", "returned", "others",
            "drug", "place",
        )  # fmt: skip
        neutral = Contact.NEUTRAL
