"""What the pages are compared with: what any page costs that a person has signed in for, and nothing more."""

from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ims.core import dates
from ims.core.access import SIGNED_IN, Permission, access
from ims.record import counter


@access(SIGNED_IN)
@require_GET
def empty(request):
    return render(request, "bench/empty.html")


@access(SIGNED_IN)
@require_POST
def empty_post(request):
    return redirect("/bench/empty/")


@access(Permission.ACTIVITY_RECORD)
@require_POST
def judge(request):
    """Reads and judges the form of the counter as it is before a save, and writes nothing."""
    form = counter.typed_exchange(request.POST, request.actor, on=dates.today())
    return redirect("/bench/empty/") if form.is_valid() else HttpResponseBadRequest(str(form.errors))
