"""A client: one person's record at one provider."""

from datetime import date

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.urls import reverse

from clients.attributor import DUMMY_BORN, Attributor
from ims.core import history
from ims.core.dates import age_on
from ims.core.lookups import afterwards
from ims.providers.models import Provider


class Sex(models.TextChoices):
    MALE = "M", "Male"
    FEMALE = "F", "Female"


NOT_DELETED = Q(deleted_at=None)


class ClientQuerySet(models.QuerySet):
    def visible_to(self, actor, *, even_deleted: bool = False, keys=None):
        """The actor's own service's clients, whatever they consented to; deleted ones only where asked for.

        `keys`: of these alone, and found by them.
        """
        if not actor.provider_id:
            return self.none()
        own = Q(provider_id=actor.provider_id) & (Q() if even_deleted else NOT_DELETED)
        return self.filter(own) if keys is None else self.filter(pk__any_of=keys).filter(afterwards(own))

    def real(self):
        """Without the dummy, which is nobody."""
        return self.filter(is_dummy=False)

    def by_attributor(self, attributor: Attributor):
        return self.filter(
            first_initial=attributor.first_initial,
            last_initial=attributor.last_initial,
            date_of_birth=attributor.born,
            sex=attributor.sex,
        )


IDENTITY_EMPTY = Q(sex="", postcode="", ethnicity="", nationality="", own_reference="")


class Client(models.Model):
    """Known by an attributor only; name and address are collected nowhere (seed)."""

    ref = models.UUIDField(db_default=RandomUUID(), editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    ims_id = models.CharField(max_length=10)
    is_dummy = models.BooleanField(default=False)

    first_initial = models.CharField(max_length=1)
    last_initial = models.CharField(max_length=1)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex, blank=True)

    # Decided record by record; never empty. Every decision is also a row (ConsentDecision).
    consent = models.BooleanField()

    postcode = models.CharField(max_length=8, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    own_reference = models.CharField(max_length=40, blank=True)
    main_substance = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=10, blank=True)
    injecting_status = models.CharField(max_length=1, blank=True)

    version = models.PositiveIntegerField(default=1)
    submission_id = models.UUIDField()
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by_id = models.BigIntegerField(null=True)
    # When the central team put it right at the person's request; a file of the service does not undo that.
    rectified_at = models.DateTimeField(null=True)

    history = history.kept()
    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="client_ref_is_unique"),
            models.UniqueConstraint(fields=["ims_id"], name="client_ims_id_is_unique"),
            models.UniqueConstraint(fields=["submission_id"], name="client_submission_is_saved_once"),
            models.UniqueConstraint(
                fields=["provider", "first_initial", "last_initial", "date_of_birth", "sex", "own_reference"],
                condition=NOT_DELETED & Q(is_dummy=False),
                name="client_with_the_same_attributor_needs_own_reference",
            ),
            models.UniqueConstraint(
                fields=["provider"],
                condition=NOT_DELETED & Q(is_dummy=True),
                name="client_dummy_is_one_a_provider",
            ),
            models.CheckConstraint(
                condition=Q(is_dummy=False)
                | (
                    Q(first_initial="X", last_initial="X", date_of_birth=DUMMY_BORN, consent=False)
                    & IDENTITY_EMPTY
                ),
                name="client_dummy_holds_nothing_about_anybody",
            ),
            models.CheckConstraint(
                condition=Q(is_dummy=True)
                | ~Q(first_initial="X", last_initial="X", date_of_birth=DUMMY_BORN),
                name="client_with_the_dummy_attributor_is_the_dummy",
            ),
            models.CheckConstraint(
                condition=Q(is_dummy=True) | Q(sex__in=Sex.values), name="client_has_a_sex_unless_dummy"
            ),
            models.CheckConstraint(
                condition=Q(first_initial__regex="^[A-Z]$", last_initial__regex="^[A-Z]$"),
                name="client_initials_are_capital_letters",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by_id=None)
                | Q(deleted_at__isnull=False, deleted_by_id__isnull=False),
                name="client_deleted_at_and_by_both_or_neither",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "date_of_birth"], name="client_by_date_of_birth"),
            models.Index(
                fields=["provider", "own_reference"],
                name="client_by_own_reference",
                condition=~Q(own_reference=""),
            ),
        ]

    class Personal:
        """What each field is to the person: erasure, exports and logs go by it."""

        identifying = (
            "first_initial",
            "last_initial",
            "date_of_birth",
            "sex",
            "postcode",
            "own_reference",
            "ims_id",
        )
        sensitive = (
            "consent", "ethnicity", "nationality", "main_substance", "route", "injecting_status",
        )  # fmt: skip
        neutral = (
            "id", "ref", "provider", "is_dummy", "version", "submission_id", "created_at", "created_by_id",
            "deleted_at", "deleted_by_id", "rectified_at",
        )  # fmt: skip

    def get_absolute_url(self):
        return reverse("record:client", args=[self.ref])

    @property
    def attributor(self) -> Attributor:
        return Attributor(self.first_initial, self.last_initial, self.date_of_birth, self.sex)

    def has_consented(self) -> bool:
        """Whether central staff may count this record: yes, and not the dummy."""
        return self.consent and not self.is_dummy

    @property
    def initials(self) -> str:
        return f"{self.first_initial}{self.last_initial}"

    def age_on(self, day: date) -> int:
        return age_on(self.date_of_birth, day)
