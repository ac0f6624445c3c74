"""Recording a syringe exchange for a client."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from interventions.recording_page import client_for, form_options
from interventions.syringe_exchange.action import record_exchanges
from interventions.syringe_exchange.form import ExchangeForm
from interventions.syringe_exchange.kind import KIND


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def record(request, ref):
    client = client_for(request, ref, KIND)
    form = ExchangeForm(typed(request), **form_options(request))
    if not sent(request, form):
        return answer(request, "interventions/exchange.html", form=form, client=client)
    recorded = record_exchanges(lines=[form.line(client)], at=timezone.now(), by=request.actor)
    messages.success(request, "Exchange saved." if recorded.new else "This exchange was already saved, once.")
    return redirect(client)
