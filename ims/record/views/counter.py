"""The counter: one box that finds or offers a client, the usual filled in, Enter to save, and the box is ready again.

What is typed is posted and never in an address. Scripts only save the loading of pages: static/js/counter.js.
"""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clients import actions, matching
from clients.forms import FindForm
from clients.models import Client
from ims.audit import events
from ims.audit.opening import find_record, open_record
from ims.core import dates
from ims.core.access import SIGNED_IN, Permission, access
from ims.core.pages import typed
from ims.record import counter
from ims.record.kinds import with_a_grid
from ims.record.promptness import is_too_soon, shown_now
from ims.record.timeline import timeline
from interventions.syringe_exchange.action import record_exchanges

TOO_SOON = "That was too quick to be meant, so nothing is saved yet. Read the name, then press Enter again."
SAME = (
    "A client here has this attributor. Use that client, or enter an own reference that tells the two apart."
)
REGISTERED = {True: "Registered, and the exchange saved. Next person.", False: "Registered. Next person."}
SAVED = {True: "Exchange saved. Next person.", False: "This was already saved, once."}


@access(SIGNED_IN)
@require_GET
def home(request):
    """Each role starts where its work is. No query of its own."""
    if request.actor.may(Permission.CLIENT_VIEW):
        return _page(request, box=FindForm())
    return render(request, "record/home_central.html")


@access(Permission.CLIENT_VIEW)
@require_http_methods(["GET", "POST"])
def find(request):
    """One client is offered at once; several are named; somebody new can be registered here and now."""
    sent = typed(request) or {}
    if request.method == "POST" and sent.get("client"):
        return _offer(request, open_record(request, Client.objects, ref=_ref(sent)))
    box = FindForm(typed(request))
    return _found(request, box) if request.method == "POST" and box.is_valid() else _page(request, box=box)


def _found(request, box):
    wanted, today = box.cleaned_data["wanted"], dates.today()
    matches = matching.find(wanted, Client.objects.visible_to(request.actor), today=today)
    events.record("clients.searched", at=timezone.now(), by=request.actor, found=len(matches))
    sure = [match for match in matches if match.is_sure()]
    if len(sure) == 1:
        return _offer(request, open_record(request, Client.objects, ref=sure[0].client.ref))
    meant = None if sure else counter.attributor_in(wanted, today=today)
    newcomer = meant and counter.newcomer(request.actor, on=today, meant=meant)
    found = {"matches": matches, "most": matching.MOST_SHOWN, "wanted": wanted, "searched": True}
    return _page(request, box=box, newcomer=newcomer, **found)


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def save(request):
    """The exchange of the client that was offered. Held or doubled, Enter saves nothing; sent twice, it is one."""
    sent = typed(request)
    if not sent:
        return redirect("home")
    client = find_record(request, Client.objects, ref=_ref(sent))
    form = counter.typed_exchange(sent, request.actor, on=dates.today())
    if not _may_save(request, form, form):
        return _offer(request, client, form)
    recorded = record_exchanges(lines=form.lines(client), at=timezone.now(), by=request.actor)
    messages.success(request, SAVED[bool(recorded.new)])
    return redirect("home")


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def register(request):
    """A new client and the first exchange, both or neither."""
    sent = typed(request)
    if not sent:
        return redirect("home")
    newcomer, matches = counter.newcomer(request.actor, on=dates.today(), data=sent), []
    if _may_save(request, newcomer, newcomer.client):
        matches = newcomer.not_yet_seen(request.actor)
        if not matches and _register(request, newcomer):
            return redirect("home")
    return _page(request, box=FindForm(), newcomer=newcomer, matches=matches)


def _register(request, newcomer) -> bool:
    try:
        _register_and_record(request, newcomer)
    except actions.SameAttributor:
        newcomer.client.add_error("own_reference", SAME)
        return False
    messages.success(request, REGISTERED[newcomer.exchange is not None])
    return True


@transaction.atomic
def _register_and_record(request, newcomer):
    now = timezone.now()
    client = actions.register_client(
        attributor=newcomer.client.attributor(),
        consent=newcomer.client.decision(information_sheet=request.actor.information_sheet),
        details=newcomer.client.details(),
        submission_id=newcomer.client.cleaned_data["submission_id"],
        at=now,
        by=request.actor,
    )
    if newcomer.exchange:
        record_exchanges(lines=newcomer.exchange.lines(client), at=now, by=request.actor)


def _may_save(request, typed_forms, first) -> bool:
    """Whether what was sent is right, and was read before it was sent; `first` is told if it was not."""
    if request.method == "GET" or not typed_forms.is_valid():
        return False
    if is_too_soon(request.POST.get("shown_at", "")):
        first.add_error(None, TOO_SOON)
        return False
    return True


def _offer(request, client, form=None):
    """The client by name, when they were here last, and the usual filled in."""
    form = form or counter.usual_exchange(client, request.actor, on=dates.today())
    return _page(
        request, client=client, latest=timeline(client, request.actor, most=1), exchange=form, box=FindForm()
    )


def _page(request, **context):
    """The page; 422 where what was typed has to be mended. `form` is the one that Enter sends."""
    faulty = context.get("exchange") or context.get("newcomer") or context["box"]
    status = 422 if request.method == "POST" and faulty.errors else 200
    context |= {"form": getattr(faulty, "client", faulty), "grids": with_a_grid(request.actor)}
    return render(request, "record/counter.html", {"shown_at": shown_now(), **context}, status=status)


def _ref(sent) -> UUID:
    """The client that a form is about; nobody's, where it says none."""
    try:
        return UUID(sent.get("client", ""))
    except ValueError:
        return UUID(int=0)
