"""Places: authorities, the groups above them, and the postcode lookup with its edition.

Reference data that anyone could download: none of it is about a person, no model of a person points at it by key, and
a record keeps the authority's code and the edition as values. So it has no history and no `visible_to`; what an
edition held is said by the edition (product, name, hash of the file), not by versions of a million rows.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ims.codelists.models import Confidence


class AuthorityQuerySet(models.QuerySet):
    def in_area(self):
        """The nine authorities of Cheshire and Merseyside."""
        return self.filter(in_area=True)


class Authority(models.Model):
    """A local authority, under its nine-character code of the Office for National Statistics (GSS)."""

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=80)
    in_area = models.BooleanField(default=False)  # one of the nine of Cheshire and Merseyside
    region_code = models.CharField(max_length=9)
    region = models.CharField(max_length=40)  # of England, or the country
    confidence = models.CharField(max_length=12, choices=Confidence)
    sort = models.PositiveSmallIntegerField(default=0)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z][0-9]{8}$"),
                name="authority_code_is_a_letter_and_eight_digits",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values), name="authority_confidence_is_known"
            ),
        ]

    def __str__(self):
        return self.name


class Product(models.TextChoices):
    """Where a postcode lookup comes from."""

    EXAMPLE = "example", "Example postcodes"
    CODE_POINT_OPEN = "code-point-open", "Code-Point Open"
    ONSPD = "onspd", "ONS Postcode Directory"
    NSPL = "nspl", "National Statistics Postcode Lookup"
    OTHER = "other", "Other"


class EditionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(is_current=True)


class Edition(models.Model):
    """One file that was loaded. Its rows go when the next edition is in; this line stays, because records name it."""

    id = models.BigAutoField(primary_key=True)
    product = models.CharField(max_length=15, choices=Product)
    name = models.CharField(max_length=30)  # as its publisher says: "2025.4", "February 2025"
    file_sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
    is_current = models.BooleanField(default=False)
    attribution = models.TextField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-loaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="edition_at_most_one_is_current"
            ),
            models.UniqueConstraint(fields=["file_sha256"], name="edition_once_a_file"),
            models.CheckConstraint(condition=Q(product__in=Product.values), name="edition_product_is_known"),
        ]

    def __str__(self):
        return f"{self.get_product_display()}, {self.name}"


class Postcode(models.Model):
    """One postcode of one edition. An empty authority is what the publisher says: no grid reference, so no area."""

    id = models.BigAutoField(primary_key=True)
    # No index of its own: the unique one begins with it.
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="postcodes", db_index=False)
    postcode = models.CharField(max_length=8)  # "L1 0AA"
    authority_code = models.CharField(max_length=9, blank=True)
    ward_code = models.CharField(max_length=9, blank=True)
    lsoa_code = models.CharField(max_length=9, blank=True)
    terminated_on = models.DateField(null=True, blank=True)  # the first day of the month that publishers give

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "postcode"], name="postcode_once_in_its_edition"),
        ]


class AreaGroupKind(models.TextChoices):
    """What stands above the authority; seed: "reporting by postcode of residence to DAAT and Local Authority"."""

    DAAT = "daat", "Drug and alcohol action team"
    PARTNERSHIP = "partnership", "Partnership"
    SUB_REGION = "sub-region", "Sub-region"


class AreaGroup(models.Model):
    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=11, choices=AreaGroupKind)
    confidence = models.CharField(max_length=12, choices=Confidence)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="area_group_code_is_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=AreaGroupKind.values), name="area_group_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values), name="area_group_confidence_is_known"
            ),
        ]

    def __str__(self):
        return self.name


class AreaGroupMemberQuerySet(models.QuerySet):
    def on(self, day):
        """Who belonged to what on a day: both ends of a membership are days in it."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class AreaGroupMember(models.Model):
    """An authority in a group from `valid_from` to `valid_to`, both days included; empty means still."""

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(AreaGroup, on_delete=models.CASCADE, related_name="members")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AreaGroupMemberQuerySet.as_manager()

    class Meta:
        ordering = ["group", "authority", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="area_group_member_leaves_after_it_joins",
            ),
            # Two at once would count the authority's people twice in the group.
            ExclusionConstraint(
                name="area_group_member_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("authority", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
