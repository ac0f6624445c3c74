"""Who may lend their name to what comes by secure file transfer."""

from django.db.models import QuerySet

from ims.accounts.models import Membership
from ims.accounts.roles import Role, permissions_of
from ims.core.access import Permission
from ims.core.actor import Actor


def senders(by: Actor) -> QuerySet[Membership]:
    """Those of the actor's service in whose name a file may be sent, by name."""
    roles = [role for role in Role if Permission.UPLOAD_SEND in permissions_of(role)]
    held = Membership.objects.in_force().visible_to(by).filter(role__in=roles)
    return held.select_related("user").order_by("user__full_name", "pk")
