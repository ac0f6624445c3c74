"""What the pages are compared with: what any page costs that a person has signed in for, and nothing more."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ims.core.access import SIGNED_IN, access


@access(SIGNED_IN)
@require_GET
def empty(request):
    return render(request, "bench/empty.html")


@access(SIGNED_IN)
@require_POST
def empty_post(request):
    return redirect("/bench/empty/")
