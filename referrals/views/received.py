"""What was sent to a service: looking at it, declining it, taking the person on, and what came of it.

A referral that was withdrawn, one sent to somebody else and one that never was get the same answer.
"""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clients import matching
from clients.actions import SameAttributor
from clients.models import Client
from ims.audit import events
from ims.audit.opening import find_record
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from referrals import facts
from referrals.forms import AcceptForm, OutcomeForm
from referrals.models import ReceivedReferral, ReferralIn
from referrals.moving import NotPossible
from referrals.receiving import actions
from referrals.states import Side, State

SAME = (
    "A client here has this attributor. Enter an own reference that tells the two apart, or use that client."
)


@access(Permission.CLIENT_VIEW)
@require_GET
def page(request, ref):
    referral = _opened(request, ref)
    try:
        referral = actions.see_referral(referral=referral, at=timezone.now(), by=request.actor)
    except actions.NotWaiting:
        return _gone(request)
    return _page(request, referral, _form(None, referral))


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def say(request, ref):
    """Declining it, or what became of it after it was accepted."""
    try:
        referral = _found(request, ref)
        if request.method == "GET":  # somebody signed in again after pressing the button
            return redirect(referral)
        form = _form(typed(request), referral)
        if not sent(request, form):
            return _page(request, referral, form)
        said = actions.answer_referral(
            referral=referral, **form.outcome(), at=timezone.now(), by=request.actor
        )
    except (Http404, actions.NotWaiting):
        return _gone(request)
    except NotPossible:
        messages.error(request, "It could not be saved: a colleague answered meanwhile. Look at it again.")
        return redirect("referrals:inbox")
    if said.state == State.DECLINED:
        messages.success(request, "Declined. Nothing about the person is kept here.")
        return redirect("referrals:inbox")
    messages.success(request, "Saved.")
    return redirect(referral)


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def accept(request, ref):
    """Here the receiver learns who it is. They are asked afresh; nothing is written before the form is complete."""
    try:
        referral = _found(request, ref) if request.method == "POST" else _opened(request, ref)
    except Http404:
        return _gone(request)
    if request.method == "GET" and not referral.is_waiting:
        return redirect(referral)
    matches = _ours_like(referral, request)
    form = AcceptForm(
        typed(request), person=referral.client.attributor, like=bool(matches), modules=request.actor.modules
    )
    if not sent(request, form):
        # Once it is accepted, what the sender says of its client is no more business of this service.
        return (
            _accepting(request, referral, form, matches) if referral.is_waiting else _overtaken(request, ref)
        )
    existing = _chosen(matches, request.POST.get("existing", ""))
    if matches and referral.is_waiting and not (existing or form.is_sure()):
        return _accepting(request, referral, form.with_sure(), matches)
    try:
        taken = _accept(request, referral, form, existing)
    except SameAttributor:
        form.add_error("own_reference", SAME)
        return _accepting(request, referral, form, matches)
    except actions.NotWaiting:
        return _overtaken(request, ref)
    messages.success(request, "Referral accepted.")
    return redirect(taken.client)


def _accept(request, referral, form, existing):
    return actions.accept_referral(
        referral=referral,
        attributor=form.attributor(),
        consent=form.decision(),
        details=form.details(),
        existing=existing,
        submission_id=form.cleaned_data["submission_id"],
        at=timezone.now(),
        by=request.actor,
    )


def _found(request, ref):
    return find_record(request, ReceivedReferral.objects.select_related("client", "provider"), ref=ref)


def _opened(request, ref):
    """The footprint says that a referral was looked at, and not which: the row is the sender's."""
    referral = _found(request, ref)
    events.record("receivedreferral.viewed", at=timezone.now(), by=request.actor)
    return referral


def _ours_like(referral, request):
    """Near matches among our own, besides the record that this very submission has already made."""
    others = Client.objects.visible_to(request.actor)
    with suppress(ValueError):  # none yet, or a form that is refused anyway
        others = others.exclude(submission_id=UUID(request.POST.get("submission_id", "")))
    return matching.near(referral.client.attributor, others)


def _chosen(matches, ref):
    """The client that "use this one" was pressed for; only one of those that were shown can be."""
    return next((match.client for match in matches if str(match.client.ref) == ref), None)


def _form(data, referral) -> OutcomeForm:
    """Accepting and seeing are pages of their own."""
    states = [state for state in referral.moves(Side.RECEIVER) if state not in {State.SEEN, State.ACCEPTED}]
    return OutcomeForm(data, states=states)


def _page(request, referral, form):
    return answer(
        request,
        "referrals/received.html",
        referral=referral,
        told=facts.told(referral),
        form=form,
        client=_our_client(request, referral),
    )


def _accepting(request, referral, form, matches):
    return answer(
        request,
        "referrals/accept.html",
        referral=referral,
        told=facts.told_to_accept(referral),
        form=form,
        matches=matches,
    )


def _our_client(request, referral):
    """Whom an accepted referral made or met here; None where there is none, or it is deleted."""
    answers = ReferralIn.objects.visible_to(request.actor).filter(answers=referral.pk)
    taken = answers.select_related("client").first()
    return taken.client if taken else None


def _overtaken(request, ref):
    """Accepted by a colleague meanwhile, or no longer there."""
    try:
        referral = _found(request, ref)
    except Http404:
        return _gone(request)
    client = _our_client(request, referral)
    return render(request, "referrals/taken.html", {"referral": referral, "client": client}, status=409)


def _gone(request):
    return render(request, "referrals/gone.html", status=404)
