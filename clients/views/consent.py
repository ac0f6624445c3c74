"""Recording a decision about consent."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clients import actions
from clients.forms import ConsentForm
from clients.models import Client
from ims.audit.opening import open_form
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed

SAID = {
    True: "Consent recorded: Yes. Reports count this client again, past years included.",
    False: "Consent recorded: No. From now on no report counts this client, past years included. "
    "Your service still sees the record.",
}


@access(Permission.CONSENT_RECORD)
@require_http_methods(["GET", "POST"])
def consent(request, ref):
    client = open_form(request, Client.objects.real(), ref=ref)
    form = ConsentForm(typed(request), initial={"expected_version": client.version})
    if sent(request, form) and _decide(request, client, form):
        return redirect(client)
    return answer(request, "clients/consent.html", form=form, client=client)


def _decide(request, client, form) -> bool:
    decision = form.decision(
        information_sheet=request.actor.information_sheet,
        retrospective=form.cleaned_data["sought_retrospectively"],
    )
    try:
        actions.decide_consent(
            client=client,
            consent=decision,
            expected_version=form.cleaned_data["expected_version"],
            at=timezone.now(),
            by=request.actor,
        )
    except actions.SomeoneElseChangedIt as conflict:
        form.explain_conflict(
            {"consent": "yes" if conflict.current.consent else "no"}, conflict.current.version
        )
        return False
    messages.success(request, SAID[decision.given])
    return True
