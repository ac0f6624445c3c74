"""What a manager settles about their own service: sites, modules, rules of recording, information sheet and policy."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model, TextChoices

from ims.audit.acting import Act, acting, runs_again_on
from ims.core.access import OutOfScope
from ims.core.actor import Actor
from ims.providers.models import Module, PolicyPoint, Provider, Site


class NotOurProvider(OutOfScope):
    """The provider, or the site, is not the actor's own."""


class NameTaken(ValueError):
    """Another site of the service has this name."""


class ChangedMeanwhile(ValueError):
    """Somebody else changed what was on the screen. `current` is what stands now."""

    def __init__(self, current: Model):
        super().__init__(current.pk)
        self.current = current


def switch_modules(
    *, provider: Provider, modules: Sequence[str], expected_version: int, at: datetime, by: Actor
) -> Provider:
    """Say what the service records from now on. Nothing recorded goes. Raises NotOurProvider, ChangedMeanwhile."""
    meant = {"modules": _in_order(Module, modules)}
    return _settle(provider, "provider.modules_switched", meant, expected_version, at, by)


def set_recording_rules(
    *, provider: Provider, backdating_days: int, review_weeks: int, instruments: Sequence[str],
    expected_version: int, at: datetime, by: Actor,
) -> Provider:  # fmt: skip
    """Say how far back contacts are recorded (days), when a review is due (weeks), and what is asked at one.

    Raises NotOurProvider, ChangedMeanwhile.
    """
    meant = {
        "backdating_days": backdating_days,
        "review_weeks": review_weeks,
        "instruments": sorted(instruments),  # as the form lists them
    }
    return _settle(provider, "provider.rules_set", meant, expected_version, at, by)


def set_information(
    *, provider: Provider, information_sheet: str, policy_version: str, policy_on: date | None,
    policy_covers: Sequence[str], expected_version: int, at: datetime, by: Actor,
) -> Provider:  # fmt: skip
    """Say which information sheet clients are shown, and which confidentiality policy and what it covers.

    Raises NotOurProvider, ChangedMeanwhile.
    """
    meant = {
        "information_sheet": information_sheet,
        "policy_version": policy_version,
        "policy_on": policy_on,
        "policy_covers": _in_order(PolicyPoint, policy_covers),
    }
    return _settle(provider, "provider.information_set", meant, expected_version, at, by)


def set_upload_rules(
    *, provider: Provider, skips_rejected: bool, expected_version: int, at: datetime, by: Actor
) -> Provider:
    """Say what becomes of an uploaded file in which rows are rejected: the others are recorded, or nothing is.

    Raises NotOurProvider, ChangedMeanwhile.
    """
    meant = {"skips_rejected": skips_rejected}
    return _settle(provider, "provider.upload_rules_set", meant, expected_version, at, by)


@runs_again_on("site_name_is_unique_in_its_provider")
def add_site(*, name: str, postcode: str, at: datetime, by: Actor) -> Site:
    """Add a site; the very same one again, as after a second press, is the one already there. Raises NameTaken."""
    with acting(by=by, at=at) as act:
        held = Site.objects.visible_to(by).filter(name=name).first()
        if held and (held.postcode != postcode or held.closed_on):
            raise NameTaken
        if held:
            act.changed_nothing()
            return held
        site = Site.objects.create(provider_id=by.provider_id, name=name, postcode=postcode)
        act.record("site.opened", site)
        return site


@runs_again_on("site_name_is_unique_in_its_provider")
def change_site(
    *, site: Site, name: str, postcode: str, expected_version: int, at: datetime, by: Actor
) -> Site:
    """Rename a site or put its postcode right. Raises NotOurProvider, NameTaken, ChangedMeanwhile."""
    with acting(by=by, at=at) as act:
        others = Site.objects.visible_to(by).exclude(pk=site.pk)
        if others.filter(name=name).exists():
            raise NameTaken
        held = _locked(Site, site.pk, by)
        return _put(act, held, "site.changed", {"name": name, "postcode": postcode}, expected_version)


def close_site(*, site: Site, on: date, at: datetime, by: Actor) -> Site:
    """Offer a site no more; what was recorded there keeps it. Raises NotOurProvider."""
    with acting(by=by, at=at) as act:
        held = _locked(Site, site.pk, by)
        meant = {"closed_on": held.closed_on or on}  # pressed again on a later day, the first day stays
        return _put(act, held, "site.closed", meant, held.version)


def reopen_site(*, site: Site, at: datetime, by: Actor) -> Site:
    """Offer a closed site again. Raises NotOurProvider."""
    with acting(by=by, at=at) as act:
        held = _locked(Site, site.pk, by)
        return _put(act, held, "site.reopened", {"closed_on": None}, held.version)


def _in_order(choices: type[TextChoices], chosen: Sequence[str]) -> list[str]:
    """The chosen ones in the one order in which they are kept, so that the same choice is no change."""
    return [value for value in choices.values if value in chosen]


def _settle(provider, what: str, meant: Mapping[str, Any], expected_version: int, at, by) -> Provider:
    with acting(by=by, at=at) as act:
        return _put(act, _locked(Provider, provider.pk, by), what, meant, expected_version)


def _locked(model: type[Model], pk: int, by: Actor) -> Model:
    """The record as it is now, held until the act ends. Raises NotOurProvider."""
    held = model.objects.visible_to(by).select_for_update().filter(pk=pk).first() if by.provider_id else None
    if held is None:
        raise NotOurProvider
    return held


def _put(act: Act, held: Model, what: str, meant: Mapping[str, Any], expected_version: int) -> Model:
    """Save what is meant; what is so already, as after a second press, is left alone. Raises ChangedMeanwhile."""
    if all(getattr(held, name) == value for name, value in meant.items()):
        act.changed_nothing()
        return held
    if held.version != expected_version:
        raise ChangedMeanwhile(held)
    for name, value in meant.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*meant, "version"])
    act.record(what, held)
    return held
