"""The list of referrals, and what a service sent."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ims.audit import events
from ims.audit.opening import find_record, open_record
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from referrals import actions, facts
from referrals.forms import OutcomeForm
from referrals.models import ReceivedReferral, ReferralIn, ReferralOut, ReferralStatus
from referrals.moving import NotPossible
from referrals.states import Side

MOST_SHOWN = 100
OVERTAKEN = "It could not be saved: the referral is {} meanwhile. Look at it again below."


@access(Permission.CLIENT_VIEW)
@require_GET
def inbox(request):
    """What waits for us, longest first; what we accepted and what we sent, latest first."""
    received = (
        ReceivedReferral.objects.visible_to(request.actor)
        .select_related("client", "provider")
        .order_by("-on", "-pk")
    )
    ours = ReferralOut.objects.visible_to(request.actor).select_related("client").order_by("-on", "-pk")
    shown = {
        "waiting": [(one, facts.told(one)) for one in received.waiting().order_by("on", "pk")[:MOST_SHOWN]],
        "taken": _with_our_clients(received.taken()[:MOST_SHOWN], request.actor),
        "sent": [(one, facts.line_out(one)) for one in ours[:MOST_SHOWN]],
        "most": MOST_SHOWN,
    }
    events.record("referrals.listed", at=timezone.now(), by=request.actor, sent=len(shown["sent"]))
    return render(request, "referrals/inbox.html", shown)


def _with_our_clients(taken, actor) -> list:
    """Each referral that was accepted, what is told of it, and whom it made or met here; None where that is deleted."""
    taken = list(taken)
    answers = ReferralIn.objects.visible_to(actor).filter(answers__in=[one.pk for one in taken])
    ours = {answer.answers_id: answer.client for answer in answers.select_related("client")}
    return [(one, facts.told(one), ours.get(one.pk)) for one in taken]


@access(Permission.CLIENT_VIEW)
@require_GET
def page(request, ref):
    referral = open_record(request, ReferralOut.objects.select_related("client"), ref=ref)
    return _page(request, referral, _form(None, referral))


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def outcome(request, ref):
    referral = find_record(request, ReferralOut.objects.select_related("client"), ref=ref)
    if request.method == "GET":  # somebody signed in again after pressing the button
        return redirect(referral)
    form = _form(typed(request), referral)
    if not sent(request, form):
        return _page(request, referral, form)
    try:
        actions.say_outcome(referral=referral, **form.outcome(), at=timezone.now(), by=request.actor)
        messages.success(request, "Saved.")
    except NotPossible as overtaken:
        messages.error(request, OVERTAKEN.format(overtaken.current.get_state_display().lower()))
    return redirect(referral)


def _form(data, referral) -> OutcomeForm:
    return OutcomeForm(data, states=referral.moves(Side.SENDER))


def _page(request, referral, form):
    steps = ReferralStatus.objects.visible_to(request.actor).filter(referral=referral)
    return answer(
        request,
        "referrals/sent.html",
        referral=referral,
        client=referral.client,
        details=[("Sent on", f"{referral.on:%d/%m/%Y}"), *facts.details_out(referral)],
        steps=[facts.step(status, referral) for status in steps],
        form=form,
    )
