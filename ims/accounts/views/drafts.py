"""Keeping a draft while somebody types, throwing it away, and staying signed in."""

from django.contrib import messages
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ims.accounts import drafts, session, signing_in
from ims.core import sealing
from ims.core.access import SIGNED_IN, access


@access(SIGNED_IN)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def keep(request):
    """Sent by static/js/draft.js: the fields of a form, and the path of its page as `draft_path`."""
    if request.method == "GET":
        return redirect("home")
    now, path = timezone.now(), request.POST.get("draft_path", "")
    fields = sealing.without(request.POST, "draft_path")
    try:
        drafts.keep(fields, path=path, at=now, by=request.actor)
    except drafts.NoPageOfOurs:
        return HttpResponseBadRequest("no page of ours", content_type="text/plain")
    return JsonResponse({"at": f"{timezone.localtime(now):%H:%M}", "seconds": session.seconds_left(request)})


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def forget(request):
    if request.method == "GET":  # somebody signed in again after pressing the button
        return redirect("home")
    path = request.POST.get("draft_path", "")
    drafts.forget(path=path, by=request.actor)
    messages.info(request, "Thrown away. This is the page as it was before.")
    return redirect(signing_in.safe_next(request, path))


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def stay(request):
    """Sent by static/js/session.js; the button of a form does the same."""
    if request.method == "POST":
        session.renew(request)
    if request.method == "POST" and "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"seconds": session.seconds_left(request)})
    return redirect("home")
