"""What a manager does with packs, and what an officer copies from one provider to another."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import repeat
from uuid import UUID

from clients.actions import SomeoneElseChangedIt
from ims.audit.acting import Act, acting, runs_again_on
from ims.core.access import OutOfScope
from ims.core.actor import Actor
from ims.core.dates import today
from ims.core.keys import new_submission_id
from ims.providers.copying import differs, take_over
from ims.providers.models import Provider
from interventions.packs.copying import Copy, make, planned
from interventions.syringe_exchange.packs import NotOurPack, Pack, PackContents


class NameTaken(ValueError):
    """Another pack in use has this name."""


class TooEarly(ValueError):
    """A bill begins today or later: what earlier exchanges gave out is not changed after them."""


@runs_again_on("pack_submission_is_saved_once", "pack_name_is_unique_in_its_provider")
def add_pack(
    *, name: str, items: Mapping[str, int], valid_from: date, submission_id: UUID, at: datetime, by: Actor
) -> Pack:
    """Add a pack with what it holds from a day on; sent again it is the one already there.

    Raises NameTaken, TooEarly.
    """
    with acting(by=by, at=at) as act:
        if held := Pack.objects.visible_to(by).filter(submission_id=submission_id).first():
            act.changed_nothing()
            return held
        _not_before_today(valid_from, at)
        _free(name, by)
        pack = Pack.objects.create(provider_id=by.provider_id, name=name, submission_id=submission_id)
        PackContents.objects.create(pack=pack, valid_from=valid_from, items=dict(items))
        act.record("pack.added", pack)
        return pack


def set_bill(
    *, pack: Pack, items: Mapping[str, int], valid_from: date, expected_version: int, at: datetime, by: Actor
) -> PackContents:
    """Say what a pack holds from a day on. Earlier bills stay, and so does what was given out by them.

    Raises NotOurPack, SomeoneElseChangedIt, TooEarly.
    """
    with acting(by=by, at=at) as act:
        held = _locked(pack, by)
        bill = held.contents.filter(valid_from=valid_from).first()
        if bill and bill.items == dict(items):
            act.changed_nothing()
            return bill
        _not_before_today(valid_from, at)
        _unchanged(held, expected_version)
        bill = bill or PackContents(pack=held, valid_from=valid_from)
        bill.items = dict(items)
        bill.save()
        _save(act, held, "pack.bill_set")
        return bill


@runs_again_on("pack_name_is_unique_in_its_provider")
def rename_pack(*, pack: Pack, name: str, expected_version: int, at: datetime, by: Actor) -> Pack:
    """Raises NotOurPack, NameTaken, SomeoneElseChangedIt."""
    with acting(by=by, at=at) as act:
        held = _locked(pack, by)
        if held.name == name:
            act.changed_nothing()
            return held
        _free(name, by)
        _unchanged(held, expected_version)
        held.name = name
        return _save(act, held, "pack.renamed")


def close_pack(*, pack: Pack, on: date, at: datetime, by: Actor) -> Pack:
    """Offer a pack no more; exchanges that gave it out keep it. Raises NotOurPack."""
    with acting(by=by, at=at) as act:
        held = _locked(pack, by)
        if held.closed_on:
            act.changed_nothing()
            return held
        held.closed_on, held.is_usual = on, False
        return _save(act, held, "pack.closed")


@runs_again_on("pack_that_is_usual_is_one_a_provider")
def mark_usual_pack(*, pack: Pack, at: datetime, by: Actor) -> Pack:
    """Make a pack the usual one of its service, instead of the one that was. Raises NotOurPack, where closed too."""
    with acting(by=by, at=at) as act:
        held = _locked(pack, by)
        if held.closed_on:
            raise NotOurPack
        if held.is_usual:
            act.changed_nothing()
            return held
        Pack.objects.visible_to(by).filter(is_usual=True).update(is_usual=False)
        held.is_usual = True
        return _save(act, held, "pack.marked_usual")


@runs_again_on("pack_name_is_unique_in_its_provider", "pack_that_is_usual_is_one_a_provider")
def copy_settings(*, target: Provider, source: Provider, at: datetime, by: Actor) -> Copy:
    """Start a provider with another's modules, rules and packs of today; never its sites, staff or policy.

    A pack whose name the provider has already stays as it is. Sent again it changes nothing. Raises OutOfScope.
    """
    with acting(by=by, at=at) as act:
        held = Provider.objects.visible_to(by).select_for_update().filter(pk=target.pk).first()
        if held is None or held.pk == source.pk:
            raise OutOfScope
        copy = planned(target=held, source=source, on=today(at))
        if not copy.packs and not differs(held, source):
            act.changed_nothing()
            return copy
        take_over(held, source)
        submissions = (new_submission_id() for _ in repeat(None))
        made = make(copy.packs, held, on=today(at), submissions=submissions)
        act.record("provider.settings_copied", held, packs=len(made))
        return copy


def _locked(pack: Pack, by: Actor) -> Pack:
    held = Pack.objects.visible_to(by).select_for_update().filter(pk=pack.pk).first()
    if held is None:
        raise NotOurPack
    return held


def _free(name: str, by: Actor) -> None:
    if Pack.objects.visible_to(by).in_use().filter(name=name).exists():
        raise NameTaken


def _not_before_today(day: date, at: datetime) -> None:
    if day < today(at):
        raise TooEarly


def _unchanged(held: Pack, expected_version: int) -> None:
    if held.version != expected_version:
        raise SomeoneElseChangedIt(held)


def _save(act: Act, held: Pack, what: str) -> Pack:
    held.version += 1
    held.save()
    act.record(what, held)
    return held
