"""Who may lend their name to what comes by secure file transfer, and why nothing can be taken in anybody's name."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import models
from django.db.models import QuerySet

from ims.accounts.models import Membership
from ims.accounts.roles import Role, permissions_of
from ims.bulk.layout import layouts_of
from ims.bulk.models import Profile, Transfer
from ims.core.access import Permission
from ims.core.actor import Actor


class Why(models.TextChoices):
    """Why a file is refused before it is looked into, in words that say how to mend it."""

    OFF = (
        "off",
        "Secure file transfer is switched off for the service. A manager can switch it on under Settings.",
    )
    NOBODY = (
        "nobody",
        "The person in whose name files are recorded may send none any more. A manager chooses another under Settings, "
        "Secure file transfer.",
    )
    NO_LAYOUT = (
        "no_layout",
        "The layout of the files is switched off for the service. A manager chooses another under Settings, Secure file transfer.",
    )
    NO_PROFILE = (
        "no_profile",
        "The mapping profile is not in force today. A manager chooses another under Settings, Secure file transfer.",
    )
    TOO_LONG = "too_long", "The file is too long. Split it into smaller files, each with the headings."
    NO_FILE = "no_file", "It is a link, or something else that is no plain file. Send the file itself."
    NOT_OURS_TO_READ = (
        "not_ours_to_read",
        "The rights that came with the file let nobody read it. Send it without them.",
    )
    UNREADABLE = (
        "unreadable",
        "It could not be read as a table. Sign in: under Uploads it says what is wrong.",
    )


def senders_of(provider_id: int | None) -> QuerySet[Membership]:
    """Those of a service in whose name a file may be sent, by name."""
    roles = [role for role in Role if Permission.UPLOAD_SEND in permissions_of(role)]
    held = Membership.objects.in_force().filter(provider_id=provider_id, role__in=roles)
    return held.select_related("user", "provider").order_by("user__full_name", "pk")


@dataclass(frozen=True)
class Sender:
    """In whose name the files of a service are taken; `why` nobody's, where that is so."""

    transfer: Transfer | None
    by: Actor | None = None
    why: Why | None = None

    @classmethod
    def of(cls, transfer: Transfer | None, today: date) -> Self:
        if transfer is None or not transfer.is_on:
            return cls(transfer, why=Why.OFF)
        held = senders_of(transfer.provider_id).filter(pk=transfer.membership_id).first()
        if held is None:
            return cls(transfer, why=Why.NOBODY)
        by = held.actor()
        return cls(transfer, by, _what_is_missing(transfer, by, today))


def _what_is_missing(transfer: Transfer, by: Actor, today: date) -> Why | None:
    if transfer.layout not in [layout.key for layout in layouts_of(by)]:
        return Why.NO_LAYOUT
    profiles = Profile.objects.visible_to(by).in_force(today)
    if transfer.profile_id and not profiles.filter(pk=transfer.profile_id).exists():
        return Why.NO_PROFILE
    return None
