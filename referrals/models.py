"""Referrals: people who came to a service from somewhere, and people it sent on.

A referral out belongs to its sender. A partner sees it through `ReceivedReferral` alone, whose queryset says which
ones: those that wait for it, and those it accepted. What was declined or withdrawn is to it as if it had never been.
"""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from clients.models.client import Sex
from clients.models.consent import How
from ims.core import history
from ims.providers.models import Module, Provider, ProviderQuerySet
from interventions.contact import Contact, rules
from referrals.states import TAKEN, WAITING, Side, State, To, moves

DECLINED_SAYS_WHY = Q(state=State.DECLINED) & ~Q(decline_reason="") | ~Q(state=State.DECLINED) & Q(
    decline_reason=""
)
# Lower ends of the bands a partner sees before it accepts; below the first is one band, above the last another.
BANDS = (18, 25, 35, 45, 55, 65)


def partners_of(provider_id: int, on: date) -> ProviderQuerySet:
    """The services on the system that take referrals on a day, besides one. The same whoever the client is."""
    taking = Provider.objects.open_on(on).filter(modules__contains=[Module.REFERRAL_IN])
    return taking.exclude(pk=provider_id)


def age_band(years: int) -> str:
    """Whole years as the band they lie in: "25 to 34"."""
    if years < BANDS[0]:
        return f"Under {BANDS[0]}"
    if years >= BANDS[-1]:
        return f"{BANDS[-1]} and over"
    lower = max(band for band in BANDS if band <= years)
    return f"{lower} to {BANDS[BANDS.index(lower) + 1] - 1}"


class ReferralOut(Contact):
    """`state`, `state_at` and `decline_reason` are those of the latest status row, for pages of many."""

    reason = models.CharField(max_length=20)
    destination = models.CharField(max_length=20, blank=True)  # elsewhere, by the code list
    partner = models.ForeignKey(Provider, models.PROTECT, null=True, related_name="+", db_index=False)
    to_service = models.CharField(max_length=120, blank=True)  # the partner's name that day
    agreed_to_share = models.BooleanField(null=True)  # None: not asked
    agreed_how = models.CharField(max_length=10, choices=How, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.SENT)
    state_at = models.DateTimeField()
    decline_reason = models.CharField(max_length=20, blank=True)

    history = history.kept()

    class Meta:
        constraints = [
            *rules("referral_out"),
            models.CheckConstraint(
                condition=Q(partner=None, to_service="") & ~Q(destination="")
                | Q(partner__isnull=False, destination="") & ~Q(to_service=""),
                name="referral_out_goes_to_a_partner_or_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(partner=None) | Q(agreed_to_share__isnull=False, agreed_to_share=True),
                name="referral_out_to_a_partner_was_agreed_to",
            ),
            models.CheckConstraint(
                condition=Q(agreed_to_share__isnull=False, agreed_to_share=True, agreed_how__in=How.values)
                | (Q(agreed_to_share=None) | Q(agreed_to_share=False)) & Q(agreed_how=""),
                name="referral_out_agreement_says_how",
            ),
            models.CheckConstraint(
                condition=Q(partner=None) | ~Q(partner=models.F("provider")),
                name="referral_out_is_not_to_oneself",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="referral_out_state_is_known"),
            models.CheckConstraint(condition=DECLINED_SAYS_WHY, name="referral_out_declined_says_why"),
        ]
        indexes = [
            models.Index(fields=["client", "-on"], name="ref_out_by_client"),
            models.Index(fields=["provider", "on"], name="ref_out_by_provider"),
            models.Index(fields=["on"], name="ref_out_by_day"),
            models.Index(
                fields=["partner", "on"], name="ref_out_by_partner", condition=Q(partner__isnull=False)
            ),
        ]

    class Personal:
        identifying = ()
        sensitive = (
            "on", "note", "authority_code", "reason", "destination", "agreed_to_share", "agreed_how",
            "state", "decline_reason",
        )  # fmt: skip
        neutral = (*Contact.NEUTRAL, "partner", "to_service", "state_at")

    def get_absolute_url(self):
        return reverse("referrals:sent", args=[self.ref])

    def accepting_url(self) -> str:
        """Where the partner types who it is."""
        return reverse("referrals:accept", args=[self.ref])

    @property
    def to(self) -> To:
        return To.PARTNER if self.partner_id else To.ELSEWHERE

    def moves(self, side: Side) -> list[State]:
        """The states that one side may put it in now."""
        return moves(self.to, self.state, side)

    def when_deleted(self, act) -> None:
        """A partner that had not answered is asked no longer, and not again once it is brought back."""
        from referrals.moving import move  # which is about this model

        if self.partner_id and self.state in WAITING:
            move(self, State.WITHDRAWN, Side.SENDER, act)


class ReceivedReferralQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Those sent to the actor's service that wait for its answer, and those that it accepted.

        One that waits is there only while the client consents and neither it nor the client is deleted. One that was
        accepted is the receiver's business: what the sender does with its own record later neither shows nor tells.
        """
        if not actor.provider_id:
            return self.none()
        waiting = Q(state__in=WAITING, deleted_at=None, client__consent=True, client__deleted_at=None) & Q(
            client__is_dummy=False
        )
        return self.filter(waiting | Q(state__in=TAKEN), partner_id=actor.provider_id)

    def waiting(self):
        return self.filter(state__in=WAITING)

    def taken(self):
        return self.filter(state__in=TAKEN)


class ReceivedReferral(ReferralOut):
    """The same row, as the partner may see it: the least it needs to say yes or no."""

    objects = ReceivedReferralQuerySet.as_manager()

    class Meta:
        proxy = True

    class Personal(ReferralOut.Personal):
        """The same fields of the same row."""

    def get_absolute_url(self):
        return reverse("referrals:received", args=[self.ref])

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def age_band(self) -> str:
        return age_band(self.client.age_on(self.on))

    @property
    def sex(self) -> str:
        return Sex(self.client.sex).label


class ReferralStatusQuerySet(models.QuerySet):
    def visible_to(self, actor):
        """Those of the actor's own service's referrals out; the receiver has no list of them."""
        if not actor.provider_id:
            return self.none()
        return self.filter(
            referral__provider_id=actor.provider_id,
            referral__client__deleted_at=None,
            referral__deleted_at=None,
        )


class ReferralStatus(models.Model):
    """One step of a referral, kept as it was: the database refuses to change a row (migration 0001)."""

    referral = models.ForeignKey(ReferralOut, models.CASCADE, related_name="statuses")
    state = models.CharField(max_length=20, choices=State)
    decline_reason = models.CharField(max_length=20, blank=True)
    by_receiver = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_id = models.BigIntegerField()

    history = history.kept()
    objects = ReferralStatusQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="referral_status_is_known"),
            models.CheckConstraint(condition=DECLINED_SAYS_WHY, name="referral_status_declined_says_why"),
        ]

    class Personal:
        identifying = ()
        sensitive = ("state", "decline_reason")
        neutral = ("id", "referral", "by_receiver", "at", "by_id")


class ReferralIn(Contact):
    """`source` is typed; one that came through the system says the service in `from_service` instead."""

    source = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    answers = models.OneToOneField(
        ReferralOut, models.SET_NULL, null=True, related_name="+"
    )  # the sender's record, which may be gone before this one
    from_service = models.CharField(max_length=120, blank=True)

    history = history.kept()

    class Meta:
        constraints = [
            *rules("referral_in"),
            models.CheckConstraint(
                condition=~Q(source="") | ~Q(from_service=""), name="referral_in_says_where_from"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-on"], name="ref_in_by_client"),
            models.Index(fields=["provider", "on"], name="ref_in_by_provider"),
            models.Index(fields=["on"], name="ref_in_by_day"),
        ]

    class Personal:
        identifying = ()
        sensitive = ("on", "note", "authority_code", "source", "reason")
        neutral = (*Contact.NEUTRAL, "answers", "from_service")
