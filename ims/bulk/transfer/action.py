"""What a manager settles about files that come by secure file transfer."""

from dataclasses import dataclass, fields
from datetime import datetime

from ims.accounts.models import Membership
from ims.audit.acting import acting, runs_again_on
from ims.bulk.layout import layout_of
from ims.bulk.models import Profile, Transfer
from ims.bulk.profiles.action import NotOurProfile
from ims.bulk.transfer.senders import senders_of
from ims.core.access import OutOfScope
from ims.core.actor import Actor
from ims.providers.actions import ChangedMeanwhile


class NotOurSender(OutOfScope):
    """The membership is none of the actor's own service that may send files, or none any more."""


class OfAnotherLayout(ValueError):
    """The profile reads files of another layout than the one that was chosen."""


@dataclass(frozen=True)
class Setting:
    """All that is settled (see models/transfer.py)."""

    is_on: bool
    membership: Membership
    layout: str
    profile: Profile | None
    applies_by_itself: bool

    @classmethod
    def of(cls, transfer: Transfer) -> "Setting":
        return cls(**{one.name: getattr(transfer, one.name) for one in fields(cls)})


@runs_again_on("transfer_is_one_for_each_provider")
def set_transfer(*, setting: Setting, expected_version: int, at: datetime, by: Actor) -> Transfer:
    """Say what becomes of the files of the service from now on. `expected_version` is 0 before the first time.

    Raises NoSuchLayout, NotOurSender, NotOurProfile, OfAnotherLayout, ChangedMeanwhile.
    """
    layout_of(setting.layout, by)
    with acting(by=by, at=at) as act:
        _refuse_strangers(setting, by)
        held = Transfer.objects.visible_to(by).select_for_update().first()
        if held and Setting.of(held) == setting:
            act.changed_nothing()
            return held
        if held and held.version != expected_version:
            raise ChangedMeanwhile(held)
        held = _put(held or Transfer(provider_id=by.provider_id, version=0), setting)
        act.record("transfer.set", held)
        return held


def _refuse_strangers(setting: Setting, by: Actor) -> None:
    if not senders_of(by.provider_id).filter(pk=setting.membership.pk).exists():
        raise NotOurSender
    if setting.profile is None:
        return
    if not Profile.objects.visible_to(by).filter(pk=setting.profile.pk).exists():
        raise NotOurProfile
    if setting.profile.layout != setting.layout:
        raise OfAnotherLayout


def _put(held: Transfer, setting: Setting) -> Transfer:
    for name, value in vars(setting).items():
        setattr(held, name, value)
    held.version += 1
    held.save()
    return held
