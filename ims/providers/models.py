"""The provider is the tenant: a record belongs to exactly one, and to everyone else it does not exist."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from ims.core import history


class Module(models.TextChoices):
    """What a service may record; seed: "a modular system which allows services to capture only activity relevant"."""

    SYRINGE_EXCHANGE = "syringe_exchange", "Syringe exchange transactions"
    BRIEF_INTERVENTION = "brief_intervention", "Brief interventions"
    NALOXONE = "naloxone", "Naloxone"
    WELLBEING_ASSESSMENT = "wellbeing_assessment", "Wellbeing assessments"
    REFERRAL_IN = "referral_in", "Referrals in"
    REFERRAL_OUT = "referral_out", "Referrals out"
    SUBSTANCES = "substances", "Substances and injecting status of clients"


class PolicyPoint(models.TextChoices):
    """What a service's confidentiality policy must describe (seed, "Provider policies")."""

    COLLECTED = "collected", "What information will be collected by the treatment service"
    SHARED = "shared", "When and what information will be shared with other services involved in their care"
    RECIPIENTS = "recipients", "Who the information will go to and why"
    BREACHED = "breached", "In what circumstances confidentiality may be breached"


# The edition of the seed; a service says so when it shows another one.
INFORMATION_SHEET = "Information sheet 5, version 4.0 (October 2021)"
INSTRUMENTS = ("ons4", "top_scales")


def usual_instruments() -> list[str]:
    return list(INSTRUMENTS)


class Kind(models.TextChoices):
    AGENCY = "agency", "Agency"
    PHARMACY = "pharmacy", "Pharmacy"
    OUTREACH = "outreach", "Outreach team"
    SERVICE = "service", "Alcohol and drug service"


class ProviderQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """The actor's own provider; all of them for those who open providers."""
        return self if actor.provider_id is None else self.filter(pk=actor.provider_id)

    def open_on(self, day):
        return self.filter(opened_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gte=day))


class Provider(models.Model):
    code = models.CharField(
        max_length=7,
        validators=[
            RegexValidator(
                r"^[A-Z]{3}[0-9]{4}\Z",
                "Enter three capital letters and four digits, for example WIR2022.",
            )
        ],
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    authority_code = models.CharField(max_length=9, blank=True)  # of the service, not of its clients
    modules = ArrayField(models.CharField(max_length=30, choices=Module), default=list)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    backdating_days = models.PositiveSmallIntegerField(default=400)
    review_weeks = models.PositiveSmallIntegerField(default=12, db_default=12)  # until a review is due
    instruments = ArrayField(  # asked at a wellbeing assessment
        models.CharField(max_length=30), default=usual_instruments, db_default=list(INSTRUMENTS)
    )
    information_sheet = models.CharField(  # no longer than a decision about consent can keep
        max_length=60, default=INFORMATION_SHEET, db_default=INFORMATION_SHEET
    )
    policy_version = models.CharField(max_length=60, blank=True, db_default="")
    policy_on = models.DateField(null=True, blank=True)
    policy_covers = ArrayField(
        models.CharField(max_length=10, choices=PolicyPoint), default=list, blank=True, db_default=[]
    )
    # Of an uploaded file with rejected rows: whether the others may be recorded, or nothing of it is.
    skips_rejected = models.BooleanField(default=False, db_default=False)
    version = models.PositiveIntegerField(default=1, db_default=1)
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField()

    history = history.kept()
    objects = ProviderQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="provider_code_is_unique"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{3}[0-9]{4}$"),
                name="provider_code_is_three_letters_four_digits",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="provider_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(policy_version="", policy_on=None)
                | ~Q(policy_version="") & Q(policy_on__isnull=False),
                name="provider_policy_version_and_day_both_or_neither",
            ),
        ]

    def __str__(self):
        return self.name


class SiteQuerySet(models.QuerySet):
    def visible_to(self, actor):
        return self.filter(provider_id=actor.provider_id) if actor.provider_id else self.none()

    def in_use(self):
        return self.filter(closed_on=None)

    def or_closed(self, pk):
        """These, and one more of the same service by its key, which may have closed since."""
        return self.model.objects.filter(
            Q(pk__in=self.values("pk")) | Q(pk=pk, provider__in=self.values("provider"))
        )


class Site(models.Model):
    """Where a provider works: a branch, a van, a stall."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)
    postcode = models.CharField(max_length=8, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    history = history.kept()
    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "name"], name="site_name_is_unique_in_its_provider")
        ]

    def __str__(self):
        return self.name
