"""Finding, registering and correcting a client."""

from contextlib import suppress

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clients import actions, matching
from clients.attributor import NotAnAttributor, parse_attributor
from clients.duplicates.action import AreLinked, tell_apart
from clients.forms import CorrectForm, FindForm, RegisterForm
from clients.models import Client
from ims.audit import events
from ims.audit.opening import open_form
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.keys import new_submission_id
from ims.core.pages import answer, sent, typed

SAME = (
    "A client here has this attributor. Enter an own reference that tells the two apart, or use that client."
)


@access(Permission.CLIENT_VIEW)
@require_http_methods(["GET", "POST"])
def find(request):
    """What is typed is posted, so that it is in no address, no history and no log."""
    form = FindForm(typed(request))
    if not sent(request, form):
        return answer(request, "clients/find.html", form=form)
    wanted = form.cleaned_data["wanted"]
    matches = matching.find(wanted, Client.objects.visible_to(request.actor), today=dates.today())
    events.record("clients.searched", at=timezone.now(), by=request.actor, found=len(matches))
    return answer(
        request,
        "clients/find.html",
        form=form,
        matches=matches,
        most=matching.MOST_SHOWN,
        wanted=wanted,
        searched=True,
    )


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def register(request):
    modules = request.actor.modules
    if request.method == "POST" and "start" in request.POST:
        form = RegisterForm(initial=_started(request.POST["start"]), modules=modules)
        return answer(request, "clients/register.html", form=form)
    form = RegisterForm(typed(request), modules=modules)
    if not sent(request, form):
        return answer(request, "clients/register.html", form=form)
    matches = [] if form.is_sure() else _others_like(form, request.actor)
    if matches:
        return answer(request, "clients/register.html", form=form.with_sure(), matches=matches)
    try:
        client = _register(request, form)
    except actions.SameAttributor:
        form.add_error("own_reference", SAME)
        return answer(request, "clients/register.html", form=form)
    messages.success(request, "Client registered.")
    _warn_of_unknown_postcode(request, form)
    return redirect(client)


def _started(text: str) -> dict:
    """The attributor that was searched for, as a start of the form."""
    try:
        meant = parse_attributor(text, today=dates.today())
    except NotAnAttributor:
        return {}
    return {
        "first_initial": meant.first_initial,
        "last_initial": meant.last_initial,
        "date_of_birth": meant.born,
        "sex": meant.sex,
    }


def _others_like(form, actor):
    """Near matches, besides the record that this very submission has already made."""
    others = Client.objects.visible_to(actor).exclude(submission_id=form.cleaned_data["submission_id"])
    return matching.near(form.attributor(), others)


@transaction.atomic
def _register(request, form):
    """Somebody registered after a warning is another person than those warned of, which is remembered at once."""
    now = timezone.now()
    client = actions.register_client(
        attributor=form.attributor(),
        consent=form.decision(information_sheet=request.actor.information_sheet),
        details=form.details(),
        submission_id=form.cleaned_data["submission_id"],
        at=now,
        by=request.actor,
    )
    if seen := _seen(form, request.actor):
        with suppress(AreLinked):  # pressed again after somebody had linked the two
            tell_apart(client=client, others=seen, at=now, by=request.actor)
    return client


def _seen(form, actor):
    """The clients that the warning showed for certain: those registered before the form was opened.

    Whom a colleague registered meanwhile may be this very person, and is left to the page of duplicates.
    """
    if not form.is_sure():
        return []
    opened = (
        form.cleaned_data["submission_id"].int >> 80
    )  # milliseconds: the name of a submission begins with them
    others = [match.client for match in _others_like(form, actor)]
    return [client for client in others if client.created_at.timestamp() * 1000 <= opened]


def _warn_of_unknown_postcode(request, form):
    residence = form.residence()
    if residence and not residence.is_known:
        messages.warning(
            request,
            "The postcode is well formed but is in no list we hold. It is saved; check it with the client.",
        )


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def correct(request, ref):
    client = open_form(request, Client.objects.real(), ref=ref)
    form = CorrectForm(
        typed(request),
        held=client,
        initial={**_held(client), "expected_version": client.version},
        modules=request.actor.modules,
    )
    if not sent(request, form):
        return answer(request, "clients/correct.html", form=form, client=client)
    try:
        actions.correct_client(
            client=client,
            attributor=form.attributor(),
            details=form.details(client),
            expected_version=form.cleaned_data["expected_version"],
            at=timezone.now(),
            by=request.actor,
        )
    except actions.SameAttributor:
        form.add_error("own_reference", SAME)
    except actions.SomeoneElseChangedIt as conflict:
        form.explain_conflict(_held(conflict.current), conflict.current.version)
    if form.errors:
        return answer(request, "clients/correct.html", form=form, client=client)
    messages.success(request, "Client corrected.")
    _warn_of_unknown_postcode(request, form)
    return redirect(client)


def _held(client) -> dict:
    """What the record says now, by the names of the form."""
    names = [name for name in CorrectForm.base_fields if hasattr(client, name) and name != "submission_id"]
    return {name: getattr(client, name) for name in names}


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def objector(request):
    if request.method == "GET":  # somebody signed in again after pressing the button
        return redirect("clients:register")
    client = actions.dummy_client(submission_id=new_submission_id(), at=timezone.now(), by=request.actor)
    messages.info(
        request, "Nothing about the person is recorded. Record what was given out; no report counts it."
    )
    return redirect(client)
