"""The files that a service has sent, and the form that sends one."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ims.bulk import actions, words
from ims.bulk.forms import ChooseForm
from ims.bulk.layout import layouts_of
from ims.bulk.listing import page_before
from ims.bulk.models import Profile
from ims.bulk.views.receiving import too_long
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.pages import answer, sent


@access(Permission.UPLOAD_SEND)
@require_http_methods(["GET", "POST"])
def uploads(request):
    page = page_before(request.GET.get("before", ""), request.actor)
    form = _form(request, page)
    if sent(request, form):
        return redirect(_receive(request, form))
    return answer(
        request,
        "bulk/uploads.html",
        form=form,
        page=page,
        table=words.uploads_table(page.uploads, request.actor.provider_name),
        layouts=layouts_of(request.actor),
    )


def _form(request, page) -> ChooseForm:
    """Begins with the layout and the profile of the latest file: a service sends the same kind each time."""
    latest = page.uploads[0] if page.uploads else None
    usual = {"layout": latest.layout, "profile": latest.profile_id} if latest else {}
    posted = (
        (request.POST, request.FILES) if request.method == "POST" else (getattr(request, "refill", None),)
    )
    return ChooseForm(
        *posted,
        initial=usual,
        layouts=layouts_of(request.actor),
        profiles=Profile.objects.visible_to(request.actor).in_force(dates.today()),
        why_no_file=too_long(request),
    )


def _receive(request, form):
    chosen = form.cleaned_data
    file = actions.Sent(chosen["file"].name, chosen["file"].read(), chosen["layout"], chosen["profile"])
    return actions.receive_upload(
        sent=file, submission_id=chosen["submission_id"], at=timezone.now(), by=request.actor
    )
