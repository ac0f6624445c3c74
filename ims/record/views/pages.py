"""The client's page with its timeline, its history, and the Client Detailed Record."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clients.duplicates.finding import linked_with, may_be_linked
from clients.models import Client
from ims.audit import events
from ims.audit.opening import open_record
from ims.core.access import Permission, access
from ims.geography.residence import authority_of
from ims.record.detailed_record import detailed_record
from ims.record.history import changes_of_client
from ims.record.kinds import KINDS, kind_at, recorded_by
from ims.record.outcome import outcome_of
from ims.record.timeline import page_of


@access(Permission.CLIENT_VIEW)
@require_GET
def client(request, ref):
    opened = open_record(request, Client.objects.annotate(may_be_linked=may_be_linked()), ref=ref)
    kind = kind_at(request.GET.get("kind", ""))
    page = page_of(opened, request.actor, [kind] if kind else KINDS, _page(request))
    context = {
        "client": opened,
        "linked": _linked(request, opened) if opened.may_be_linked else [],
        "authority": authority_of(opened.postcode).authority_name,
        "kinds": [kind for kind in recorded_by(request.actor) if kind.of_dummy or not opened.is_dummy],
        "kind": kind,
        "timeline": page,
        # Asked only where the page shows an assessment: most clients have none.
        "outcome": outcome_of(opened, request.actor) if page.shows("wellbeing_assessment") else None,
    }
    return render(request, "record/client.html", context)


def _linked(request, opened) -> list[Client]:
    """The other records of the same person; to show who they are is to look at them."""
    others = linked_with(opened, request.actor)
    if others:
        events.record("client.compared", others, at=timezone.now(), by=request.actor)
    return others


def _page(request) -> int:
    """The page of the timeline that the address asks for; the first where it asks for nonsense."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 6 else 1


@access(Permission.CLIENT_VIEW)
@require_GET
def client_history(request, ref):
    opened = open_record(request, Client.objects.real(), ref=ref)
    changes = changes_of_client(opened, request.actor)
    return render(request, "record/history.html", {"client": opened, "changes": changes})


@access(Permission.CLIENT_PRINT)
@require_GET
def detailed(request, ref):
    """The dummy is nobody, so it has no record to print."""
    opened = open_record(request, Client.objects.real(), "client.printed", ref=ref)
    return render(request, "record/detailed_record.html", {"record": detailed_record(opened, request.actor)})
