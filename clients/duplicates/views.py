"""The page of possible duplicates, and what is decided on it."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clients.duplicates import action
from clients.duplicates.finding import page_of
from clients.models import Client
from ims.audit import events
from ims.audit.opening import find_record
from ims.core.access import Permission, access


@access(Permission.CLIENT_RECORD)
@require_GET
def duplicates(request):
    page = page_of(request.actor, _number(request))
    events.record("client.compared", page.clients, at=timezone.now(), by=request.actor, found=page.found)
    return render(request, "clients/duplicates.html", {"page": page})


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def tell_apart(request, ref, other):
    def act(one, another):
        try:
            action.tell_apart(client=one, others=[another], at=timezone.now(), by=request.actor)
        except action.AreLinked:
            messages.error(request, "The two are linked as the same person. Unlink them first.")
        else:
            messages.success(request, "Not the same person. The two are not shown here again.")

    return _decided(request, ref, other, act)


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def link(request, ref, other):
    def act(one, another):
        try:
            action.link(one=one, other=another, at=timezone.now(), by=request.actor)
        except action.AreToldApart:
            messages.error(request, "Somebody said before that the two are not the same person.")
        else:
            messages.success(request, "Linked as the same person. Each record shows the other.")

    return _decided(request, ref, other, act)


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def unlink(request, ref, other):
    def act(one, another):
        action.unlink(one=one, other=another, at=timezone.now(), by=request.actor)
        messages.success(request, "Unlinked. The two can be linked again.")

    return _decided(request, ref, other, act)


def _decided(request, ref, other, act: Callable[[Client, Client], None]):
    """What was pressed, done, and back to the page it was pressed on."""
    one = find_record(request, Client.objects.real(), ref=ref)
    another = find_record(request, Client.objects.real().exclude(pk=one.pk), ref=other)
    if request.method == "POST":  # a GET: somebody signed in again after pressing the button
        act(one, another)
    if request.GET.get("back") == "client":
        return redirect(one)
    number = _number(request)
    return redirect(reverse("clients:duplicates") + (f"?page={number}" if number > 1 else ""))


def _number(request) -> int:
    """The page that the address asks for; the first where it asks for nonsense."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 6 and int(text) else 1
