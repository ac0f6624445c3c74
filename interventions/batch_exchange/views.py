"""Batch exchanges of a service: the list, recording, putting right, taking away and bringing back."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clients.actions import UNDO_FOR, SomeoneElseChangedIt, TooLate
from ims.audit.opening import find_record
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from ims.providers.models import Module, Site
from interventions.batch_exchange import action
from interventions.batch_exchange.form import BatchForm, held
from interventions.batch_exchange.listing import page_before
from interventions.batch_exchange.model import BatchExchange
from interventions.batch_exchange.words import line
from interventions.syringe_exchange.packs import bills_of


def _where_switched_on(view):
    @wraps(view)
    def answered(request, *args, **options):
        if Module.SYRINGE_EXCHANGE not in request.actor.modules:
            raise Http404
        return view(request, *args, **options)

    return answered


@access(Permission.ACTIVITY_RECORD)
@require_GET
@_where_switched_on
def batches(request):
    listed = page_before(request.GET.get("before", ""), request.actor)
    deleted = BatchExchange.objects.visible_to(request.actor, even_deleted=True).filter(
        deleted_at__gte=timezone.now() - UNDO_FOR
    )
    return answer(
        request,
        "batch/batches.html",
        batches=[(one, line(one)) for one in listed.batches],
        deleted=[(one, line(one)) for one in deleted.order_by("-deleted_at")],
        page=listed,
    )


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def new(request):
    form = BatchForm(typed(request), **_options(request))
    if not sent(request, form):
        return answer(request, "batch/batch.html", form=form)
    submission = form.cleaned_data["submission_id"]
    action.record_batch(batch=form.batch(), submission_id=submission, at=timezone.now(), by=request.actor)
    messages.success(request, "Batch exchange saved.")
    return redirect("batch:batches")


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def change(request, ref):
    batch = find_record(request, BatchExchange.objects, ref=ref)
    form = BatchForm(typed(request), held=held(batch), **_options(request))
    if not (sent(request, form) and _change(request, batch, form)):
        return answer(request, "batch/batch.html", form=form, batch=batch)
    messages.success(request, "Batch exchange put right.")
    return redirect("batch:batches")


def _change(request, batch, form) -> bool:
    version = form.cleaned_data["expected_version"]
    try:
        action.change_batch(
            held=batch, batch=form.batch(), expected_version=version, at=timezone.now(), by=request.actor
        )
    except SomeoneElseChangedIt as conflict:
        said = held(conflict.current)
        form.explain_conflict(said, said.pop("expected_version"))
        return False
    return True


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def delete(request, ref):
    batch = find_record(request, BatchExchange.objects, even_deleted=True, ref=ref)
    if request.method == "POST":
        action.delete_batch(held=batch, at=timezone.now(), by=request.actor)
        messages.success(request, "Deleted. It can be brought back for seven days, on this page.")
    return redirect("batch:batches")


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def restore(request, ref):
    batch = find_record(request, BatchExchange.objects, even_deleted=True, ref=ref)
    if request.method == "POST":
        try:
            action.restore_batch(held=batch, at=timezone.now(), by=request.actor)
            messages.success(request, "Brought back, as it was.")
        except TooLate:
            messages.error(request, "It was deleted more than seven days ago and cannot be brought back.")
    return redirect("batch:batches")


def _options(request) -> dict:
    return {
        "sites": Site.objects.visible_to(request.actor).in_use(),
        "backdating_days": request.actor.backdating_days,
        "packs": bills_of(request.actor).in_use(dates.today()),
    }
