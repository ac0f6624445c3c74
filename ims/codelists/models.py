"""Code lists are data: each has an edition, and each of its codes the days on which it may be chosen.

A code is never renumbered and never deleted, because records hold it: it is retired by its last day. Records hold the
code itself, not a key to these tables, so a label may be corrected without touching a record.
"""

from datetime import date

from django.db import models
from django.db.models import Count, F, Q


class Confidence(models.TextChoices):
    """How sure it is that a code is the one other systems use. The labels are what the reference page says."""

    VERIFIED = "verified", "Read in a published source"
    CORROBORATED = "corroborated", "Partly seen"
    RECALLED = "recalled", "From memory, may be wrong"
    PROPOSED = "proposed", "Proposed for this system: no official list is public"


MIXED = "mixed"  # what a list says whose codes differ
LIST_CONFIDENCE = [*Confidence.choices, (MIXED, "Mixed: each code says how sure it is")]


class CodeListQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Every list, to anybody: what is recorded of people is public, who they are is not."""
        return self

    def counted(self, on: date):
        """Each with `current`, its codes that are not retired on a day, and `retired`, those that are."""
        gone = Q(codes__valid_to__lt=on)
        return self.annotate(current=Count("codes", filter=~gone), retired=Count("codes", filter=gone))


class CodeList(models.Model):
    """One list and its edition. `version` grows with every load that changes anything: caches compare it."""

    key = models.SlugField(primary_key=True, max_length=40)  # "substance"
    title = models.CharField(max_length=80)
    edition = models.CharField(max_length=10)  # "2026-11", or a day: "2026-11-05"
    source = models.TextField()
    confidence = models.CharField(max_length=12, choices=LIST_CONFIDENCE)
    version = models.PositiveIntegerField(default=1)
    sort = models.PositiveSmallIntegerField(default=0)

    objects = CodeListQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "key"]
        constraints = [
            models.CheckConstraint(
                name="code_list_confidence_is_known",
                condition=Q(confidence__in=[value for value, _ in LIST_CONFIDENCE]),
            ),
        ]


class Code(models.Model):
    """One code of a list, in force from `valid_from` to `valid_to`, both days included; empty means without end."""

    list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=120)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    group = models.CharField(max_length=80, blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence.choices)
    note = models.TextField(blank=True)
    maps_to = models.CharField(max_length=80, blank=True)  # the same thing in another system: "NDTMS 1011"
    facts = models.JSONField(
        default=dict, blank=True
    )  # what counting needs to know: {"needles": 1, "barrels": 1}
    sort = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["list", "sort", "code"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="code_once_in_its_list"),
            models.CheckConstraint(
                name="code_valid_from_before_valid_to",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
            ),
            models.CheckConstraint(name="code_and_label_are_not_empty", condition=~Q(code="") & ~Q(label="")),
            models.CheckConstraint(
                name="code_confidence_is_known", condition=Q(confidence__in=Confidence.values)
            ),
        ]


class RuleQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Every rule, to anybody: a rule says what may be recorded, and of nobody."""
        return self


class Rule(models.Model):
    """One published rule of what may be recorded, for contacts from `valid_from` on. Never changed: a later one supersedes."""

    key = models.SlugField(max_length=60)  # which kind of rule (rules.py)
    subject = models.CharField(max_length=80, blank=True)  # "place:CAR": the code that is retired
    limit = models.PositiveIntegerField(null=True)  # for a rule that is a number
    is_on = models.BooleanField()  # False: from that day on, the rule is lifted
    valid_from = models.DateField()
    published_at = models.DateTimeField()
    published_by_id = models.BigIntegerField()

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rule_names_its_kind", condition=~Q(key="")),
            models.CheckConstraint(
                name="rule_that_is_lifted_has_no_limit", condition=Q(is_on=True) | Q(limit=None)
            ),
        ]
