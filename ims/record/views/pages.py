"""The home page, the client's page and the Client Detailed Record."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients.forms import FindForm
from clients.models import Client
from ims.audit.opening import open_record
from ims.core.access import SIGNED_IN, Permission, access
from ims.geography.residence import authority_of
from ims.record.detailed_record import detailed_record
from ims.record.kinds import recorded_by
from ims.record.timeline import PAGE, timeline


@access(SIGNED_IN)
@require_GET
def home(request):
    """Each role starts where its work is. No query of its own."""
    if request.actor.may(Permission.CLIENT_VIEW):
        return render(request, "record/home.html", {"form": FindForm()})
    return render(request, "record/home_central.html")


@access(Permission.CLIENT_VIEW)
@require_GET
def client(request, ref):
    opened = open_record(request, Client.objects, ref=ref)
    entries = timeline(opened, request.actor, most=PAGE + 1)
    context = {
        "client": opened,
        "authority": authority_of(opened.postcode).authority_name,
        "kinds": recorded_by(request.actor),
        "entries": entries[:PAGE],
        "more": len(entries) > PAGE,
    }
    return render(request, "record/client.html", context)


@access(Permission.CLIENT_PRINT)
@require_GET
def detailed(request, ref):
    """The dummy is nobody, so it has no record to print."""
    opened = open_record(request, Client.objects.real(), "client.printed", ref=ref)
    return render(request, "record/detailed_record.html", {"record": detailed_record(opened, request.actor)})
