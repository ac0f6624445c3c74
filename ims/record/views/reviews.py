"""The clients whose wellbeing is to be reviewed."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ims.audit import events
from ims.core import dates
from ims.core.access import Permission, access
from ims.record.reviews import reviews_due
from interventions.wellbeing_assessment.kind import KIND


@access(Permission.CLIENT_VIEW)
@require_GET
def due(request):
    if KIND.key not in request.actor.modules:
        raise Http404
    found = reviews_due(request.actor, today=dates.today(), number=_page(request))
    events.record("reviews.listed", at=timezone.now(), by=request.actor, found=len(found.assessments))
    context = {"found": found, "weeks": request.actor.review_weeks}
    return render(request, "record/reviews_due.html", context)


def _page(request) -> int:
    """The page that the address asks for; the first where it asks for nonsense."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 6 and int(text) else 1
