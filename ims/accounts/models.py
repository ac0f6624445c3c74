"""People who use the system, where they work, and the passwords they may not use again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ims.accounts.roles import PROVIDER_ROLES, Role, permissions_of
from ims.core import history
from ims.core.actor import Actor
from ims.providers.models import Provider


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username.strip())


class User(AbstractBaseUser):
    """A person with an account. Seed: full name, valid e-mail, username, password changed every sixty days."""

    username = models.CharField(max_length=60)
    full_name = models.CharField(max_length=120)
    email = models.EmailField()
    wants_email = models.BooleanField(default=True)  # reports and updates; never account mail
    is_active = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name", "email")

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="username_is_unique_in_any_case")]

    def password_due_at(self) -> datetime | None:
        """When the password has to be changed; None where none was ever chosen."""
        if self.password_changed_at is None:
            return None
        return self.password_changed_at + timedelta(days=settings.PASSWORD_AGE_DAYS)


class UsedPassword(models.Model):
    """The hash of a password a person has had, so that the last ten are not used again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="used_passwords")
    hash = models.CharField(max_length=256)
    chosen_at = models.DateTimeField()


class MembershipQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(ended_at=None, user__is_active=True)

    def visible_to(self, actor):
        """The memberships of the actor's own provider; all for those who open providers."""
        return self if actor.provider_id is None else self.filter(provider_id=actor.provider_id)


class Membership(models.Model):
    """A role a person holds: at a provider, in authorities, or in the central team."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="memberships")
    areas = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    began_at = models.DateTimeField()
    began_by_id = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)

    history = history.kept()
    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "provider"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="membership_is_held_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=PROVIDER_ROLES) ^ Q(provider=None),
                name="membership_names_a_provider_if_its_role_needs_one",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by_id=None)
                | Q(ended_at__isnull=False, ended_by_id__isnull=False),
                name="membership_ended_at_and_by_both_or_neither",
            ),
        ]

    def actor(self) -> Actor:
        """This person in this role, as every action sees them."""
        provider = self.provider
        return Actor(
            user_id=self.user_id,
            name=self.user.full_name,
            role=self.role,
            role_label=self.get_role_display(),
            permissions=permissions_of(self.role),
            provider_id=self.provider_id,
            provider_name=provider.name if provider else "",
            modules=frozenset(provider.modules if provider else ()),
            backdating_days=provider.backdating_days if provider else 0,
            review_weeks=provider.review_weeks if provider else 0,
            instruments=tuple(provider.instruments if provider else ()),
            information_sheet=provider.information_sheet if provider else "",
            skips_rejected=bool(provider and provider.skips_rejected),
            areas=frozenset(self.areas),
            membership_id=self.pk,
        )


class DraftQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """The actor's own, in the role they hold now."""
        return self.filter(user_id=actor.user_id, membership_id=actor.membership_id)


class Draft(models.Model):
    """A form that somebody has not saved yet, encrypted: to be read by its writer, in its role, on its page only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    sealed = models.TextField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "membership", "path"], name="draft_is_one_for_each_role_and_page"
            )
        ]
