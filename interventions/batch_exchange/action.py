"""Recording batch exchanges, putting them right, taking them away and bringing them back."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clients.actions import UNDO_FOR, SomeoneElseChangedIt, TooLate
from ims.audit.acting import acting, runs_again_on
from ims.core.access import OutOfScope
from ims.core.actor import Actor
from ims.providers.models import Site
from interventions.batch_exchange.model import BatchExchange
from interventions.syringe_exchange.measures import totals
from interventions.syringe_exchange.packs import as_kept, bills_of, given_in


class NotOurBatch(OutOfScope):
    """The batch exchange, or its site, is not the actor's own service's."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was typed. `items` are those beside the packs; `returned` None: not counted. Never 0."""

    on: date
    items: Mapping[str, int]
    packs: Mapping[int, int] = field(default_factory=dict)
    until: date | None = None
    returned: int | None = None
    site: Site | None = None
    place: str = ""
    note: str = ""


@runs_again_on("batch_exchange_submission_is_saved_once")
def record_batch(*, batch: Batch, submission_id: UUID, at: datetime, by: Actor) -> BatchExchange:
    """Record what went out and came back without a client; sent again it is the one held. Raises NotOurBatch, NotOurPack."""
    with acting(by=by, at=at) as act:
        own = BatchExchange.objects.visible_to(by, even_deleted=True)
        if held := own.filter(submission_id=submission_id).first():
            act.changed_nothing()
            return held
        made = BatchExchange.objects.create(
            provider_id=by.provider_id,
            submission_id=submission_id,
            recorded_at=at,
            recorded_by_id=by.user_id,
            **_columns(batch, by),
        )
        act.record("batch.recorded", made)
        return made


def change_batch(
    *, held: BatchExchange, batch: Batch, expected_version: int, at: datetime, by: Actor
) -> BatchExchange:
    """Put right what a batch says; on its own day, what was in its packs stays as the record keeps it.

    Raises NotOurBatch, NotOurPack, SomeoneElseChangedIt.
    """
    with acting(by=by, at=at) as act:
        now = _locked(held, by)
        meant = _columns(batch, by, now)
        if now.deleted_at:
            raise NotOurBatch
        if all(getattr(now, name) == value for name, value in meant.items()):
            act.changed_nothing()
            return now
        if now.version != expected_version:
            raise SomeoneElseChangedIt(now)
        for name, value in meant.items():
            setattr(now, name, value)
        now.version += 1
        now.save()
        act.record("batch.changed", now)
        return now


def delete_batch(*, held: BatchExchange, at: datetime, by: Actor) -> BatchExchange:
    """Take a batch out of every page, figure and extract; undone for seven days. Raises NotOurBatch."""
    with acting(by=by, at=at) as act:
        now = _locked(held, by)
        if now.deleted_at:
            act.changed_nothing()
            return now
        now.deleted_at, now.deleted_by_id = at, by.user_id
        now.save(update_fields=["deleted_at", "deleted_by_id"])
        act.record("batch.deleted", now)
        return now


def restore_batch(*, held: BatchExchange, at: datetime, by: Actor) -> BatchExchange:
    """Bring a deleted batch back, as it was. Raises NotOurBatch, TooLate."""
    with acting(by=by, at=at) as act:
        now = _locked(held, by)
        if now.deleted_at is None:
            act.changed_nothing()
            return now
        if at - now.deleted_at > UNDO_FOR:
            raise TooLate
        now.deleted_at = now.deleted_by_id = None
        now.save(update_fields=["deleted_at", "deleted_by_id"])
        act.record("batch.restored", now)
        return now


def _locked(held: BatchExchange, by: Actor) -> BatchExchange:
    own = BatchExchange.objects.visible_to(by, even_deleted=True)
    now = own.select_for_update().filter(pk=held.pk).first()
    if now is None:
        raise NotOurBatch
    return now


def _columns(batch: Batch, by: Actor, now: BatchExchange | None = None) -> dict:
    if batch.site and batch.site.provider_id != by.provider_id:
        raise NotOurBatch
    packs = as_kept(batch.packs, batch.on, bills_of(by), held=now)
    given = {code: n for code, n in (given_in(packs) + Counter(batch.items)).items() if n}
    plain = ("on", "until", "returned", "place", "note")
    return {
        **{name: getattr(batch, name) for name in plain},
        "site_id": batch.site and batch.site.pk,
        "items": given,
        "packs": packs,
        **totals(given),
    }
