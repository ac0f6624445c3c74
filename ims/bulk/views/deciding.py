"""What a person decides about an upload: to record it, to give it up, to try again after a fault."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ims.bulk import actions, words
from ims.bulk.forms import ConfirmForm
from ims.bulk.layout import Outcome
from ims.bulk.models.upload import State
from ims.bulk.views.looking import find_upload
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed

MOVED = "This file is not waiting to be confirmed any more. Here is where it stands now."
LOOK_AGAIN = "Look at the counts below, then go on."
CHECKED_AGAIN = f"The file was checked again since you opened that page. {LOOK_AGAIN}"


@access(Permission.UPLOAD_SEND)
@require_http_methods(["GET", "POST"])
def confirm(request, ref):
    upload = find_upload(request, ref)
    if upload.state != State.CHECKED:
        return redirect(upload)
    rejected = upload.counts.get(Outcome.REJECTED, 0)
    if not words.to_record(upload) or (rejected and not request.actor.skips_rejected):
        return redirect(upload)  # whose page says what to do instead
    form = ConfirmForm(typed(request), upload=upload, rejected=rejected)
    if sent(request, form):
        return _confirm(request, upload, form)
    shown = {"layout": words.title_of(upload.layout), "parts": words.parts(upload), "rejected": rejected}
    return answer(request, "bulk/confirm.html", form=form, upload=upload, **shown)


def _confirm(request, upload, form):
    if not form.is_of_this_check():
        messages.warning(request, CHECKED_AGAIN)
        return redirect(upload)
    leaves_out = form.cleaned_data.get("leave_out", False)
    looked_by = request.actor if form.cleaned_data.get("looked") else None
    said = {"skips_rejected": leaves_out, "looked_by": looked_by}
    return _done(request, actions.confirm_upload, upload, MOVED, **said)


@access(Permission.UPLOAD_SEND)
@require_http_methods(["GET", "POST"])
def give_up(request, ref):
    upload = find_upload(request, ref)
    if request.method == "GET":
        return redirect(upload)
    return _done(request, actions.give_up_upload, upload, "This file cannot be given up any more.")


@access(Permission.UPLOAD_SEND)
@require_http_methods(["GET", "POST"])
def retry(request, ref):
    upload = find_upload(request, ref)
    if request.method == "GET":
        return redirect(upload)
    return _done(request, actions.retry_upload, upload, "There is nothing to try again.")


def _done(request, action, upload, otherwise: str, **said):
    """The page of the upload after an action, or with the reason why it was too late for it."""
    try:
        action(upload=upload, at=timezone.now(), by=request.actor, **said)
    except actions.NotPossibleNow:
        messages.warning(request, otherwise)
    except actions.NotLookedAt as unusual:
        messages.warning(request, f"{unusual} {LOOK_AGAIN}")
    return redirect(upload)
