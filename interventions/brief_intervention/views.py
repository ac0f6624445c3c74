"""Recording brief interventions for a client."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from interventions.brief_intervention.action import record_brief_interventions
from interventions.brief_intervention.form import BriefInterventionForm
from interventions.brief_intervention.kind import KIND
from interventions.recording_page import client_for, form_options


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def record(request, ref):
    client = client_for(request, ref, KIND)
    form = BriefInterventionForm(typed(request), **form_options(request))
    if not sent(request, form):
        return answer(request, "interventions/brief_intervention.html", form=form, client=client)
    recorded = record_brief_interventions(lines=form.lines(client), at=timezone.now(), by=request.actor)
    messages.success(
        request, "Brief intervention saved." if recorded.new else "This was already saved, once."
    )
    return redirect(client)
