"""What a manager does with mapping profiles: how the files of one source system are read, from a day and to a day."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from ims.audit.acting import acting, runs_again_on
from ims.bulk.layout import layout_of
from ims.bulk.models import Profile
from ims.core.access import OutOfScope
from ims.core.actor import Actor
from ims.providers.actions import ChangedMeanwhile


class NotOurProfile(OutOfScope):
    """The profile is not the actor's own service's."""


class NameTaken(ValueError):
    """Another profile of the service has this name on one of the same days."""


@dataclass(frozen=True)
class Reading:
    """All that a profile says (see models/profile.py)."""

    name: str
    source_system: str
    layout: str
    valid_from: date
    valid_to: date | None = None
    aliases: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    date_order: str = "dmy"
    constants: dict[str, str] = field(default_factory=dict)
    packs: dict[str, dict[str, int]] = field(default_factory=dict)
    key_column: str = ""


@runs_again_on("profile_submission_is_saved_once", "profile_name_begins_once_a_day")
def add_profile(*, reading: Reading, submission_id: UUID, at: datetime, by: Actor) -> Profile:
    """Keep how files are read; sent again it is the profile already there. Raises NoSuchLayout, NameTaken."""
    layout_of(reading.layout, by)
    with acting(by=by, at=at) as act:
        held = Profile.objects.visible_to(by).filter(submission_id=submission_id).first()
        if held:
            act.changed_nothing()
            return held
        _refuse_taken(reading, Profile.objects.visible_to(by))
        profile = Profile.objects.create(
            provider_id=by.provider_id, submission_id=submission_id, **asdict(reading)
        )
        act.record("profile.added", profile)
        return profile


@runs_again_on("profile_name_begins_once_a_day")
def change_profile(
    *, profile: Profile, reading: Reading, expected_version: int, at: datetime, by: Actor
) -> Profile:
    """Read files otherwise from now on, those that wait to be recorded included: they are then checked again.

    What was recorded stays as it is. Raises NotOurProfile, NameTaken, ChangedMeanwhile.
    """
    with acting(by=by, at=at) as act:
        held = _locked(profile, by)
        said = asdict(reading)
        if all(getattr(held, name) == value for name, value in said.items()):
            act.changed_nothing()
            return held
        if held.version != expected_version:
            raise ChangedMeanwhile(held)
        _refuse_taken(reading, Profile.objects.visible_to(by).exclude(pk=held.pk))
        for name, value in said.items():
            setattr(held, name, value)
        held.version += 1
        held.save()
        act.record("profile.changed", held)
        return held


def end_profile(*, profile: Profile, on: date, at: datetime, by: Actor) -> Profile:
    """Offer a profile no more after a day; files read by it stay. Of one that begins later, its first day is the last.

    One that has ended is left alone. Raises NotOurProfile.
    """
    with acting(by=by, at=at) as act:
        held = _locked(profile, by)
        if held.valid_to and held.valid_to <= on:
            act.changed_nothing()
            return held
        held.valid_to = max(on, held.valid_from)
        held.version += 1
        held.save(update_fields=["valid_to", "version"])
        act.record("profile.ended", held)
        return held


def _locked(profile: Profile, by: Actor) -> Profile:
    held = Profile.objects.visible_to(by).select_for_update().filter(pk=profile.pk).first()
    if held is None:
        raise NotOurProfile
    return held


def _refuse_taken(reading: Reading, others) -> None:
    """Two of one name at once could not be told apart where one is chosen."""
    same_days = Q(valid_to=None) | Q(valid_to__gte=reading.valid_from)
    if reading.valid_to:
        same_days &= Q(valid_from__lte=reading.valid_to)
    if others.filter(same_days, name__iexact=reading.name).exists():
        raise NameTaken
