"""Recording a contact of any kind, putting it right, taking it away and bringing it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clients.actions import SomeoneElseChangedIt
from clients.models import Client
from ims.audit.opening import find_record, open_form, open_record
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from ims.providers.models import Site
from ims.record.history import changes_of_contact
from ims.record.kinds import kind_at
from interventions import actions


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def new(request, ref, kind):
    kind = _switched_on(request, kind)
    client = open_form(request, Client.objects, ref=ref)
    if client.is_dummy and not kind.of_dummy:
        raise Http404
    form = kind.form(typed(request), **_options(request, kind, client))
    if not sent(request, form):
        return answer(request, kind.template, form=form, client=client, kind=kind)
    recorded = kind.record(lines=form.lines(client), at=timezone.now(), by=request.actor)
    messages.success(
        request, f"{kind.noun.capitalize()} saved." if recorded.new else "This was already saved, once."
    )
    return redirect(client)


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def change(request, kind, ref):
    """What was recorded while a module was on can be put right after it was switched off."""
    kind = _known(kind)
    contact = open_form(request, kind.model.objects.select_related("client"), ref=ref)
    form = kind.form(typed(request), held=kind.held(contact), **_options(request, kind, contact.client))
    if not (sent(request, form) and _change(request, kind, contact, form)):
        return answer(request, kind.template, form=form, client=contact.client, kind=kind, contact=contact)
    messages.success(request, f"{kind.noun.capitalize()} put right.")
    return redirect(contact.client)


def _change(request, kind, contact, form) -> bool:
    try:
        kind.change(
            contact=contact,
            line=form.lines(contact.client)[0],
            expected_version=form.cleaned_data["expected_version"],
            at=timezone.now(),
            by=request.actor,
        )
    except SomeoneElseChangedIt as conflict:
        form.explain_conflict(kind.held(conflict.current), conflict.current.version)
        return False
    return True


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def delete(request, kind, ref):
    contact = _even_deleted(request, kind, ref)
    if request.method == "GET":  # somebody signed in again after pressing the button
        return redirect(contact.client)
    actions.delete_contact(contact=contact, at=timezone.now(), by=request.actor)
    messages.success(request, "Deleted. It can be brought back for seven days, under “Deleted lately”.")
    return redirect(contact.client)


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def restore(request, kind, ref):
    contact = _even_deleted(request, kind, ref)
    if request.method == "GET":
        return redirect("record:deleted")
    try:
        actions.restore_contact(contact=contact, at=timezone.now(), by=request.actor)
        messages.success(request, "Brought back, as it was.")
    except actions.TooLate:
        messages.error(request, "It was deleted more than seven days ago and cannot be brought back.")
        return redirect("record:deleted")
    return redirect(contact.client)


@access(Permission.CLIENT_VIEW)
@require_GET
def history(request, kind, ref):
    kind = _known(kind)
    contact = open_record(request, kind.model.objects.select_related("client"), ref=ref)
    changes = changes_of_contact(kind, contact, request.actor)
    return answer(request, "record/history.html", client=contact.client, kind=kind, changes=changes)


def _switched_on(request, slug):
    """The kind, where the service records it."""
    kind = _known(slug)
    if kind.key not in request.actor.modules:
        raise Http404
    return kind


def _known(slug):
    kind = kind_at(slug)
    if kind is None:
        raise Http404
    return kind


def _even_deleted(request, slug, ref):
    return find_record(
        request, _known(slug).model.objects.select_related("client"), even_deleted=True, ref=ref
    )


def _options(request, kind, client) -> dict:
    """The sites in use, the backdating window, and what the form of this kind alone has to know."""
    return {
        "sites": Site.objects.visible_to(request.actor).in_use(),
        "backdating_days": request.actor.backdating_days,
        **kind.options(request.actor, client),
    }
