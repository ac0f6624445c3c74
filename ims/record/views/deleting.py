"""Taking a client away with everything recorded, and what was deleted lately."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clients import actions
from clients.models import Client
from ims.audit.opening import find_record, open_form
from ims.core.access import Permission, access
from ims.core.pages import answer
from ims.record.deleted import deleted_lately


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def delete_client(request, ref):
    client = open_form(request, Client.objects.real(), even_deleted=True, ref=ref)  # pressed twice
    if request.method == "GET":
        return answer(request, "record/delete_client.html", client=client)
    actions.delete_client(client=client, at=timezone.now(), by=request.actor)
    messages.success(request, "The client is deleted, with everything recorded. No figure counts it.")
    return redirect("record:deleted")


@access(Permission.CLIENT_RECORD)
@require_http_methods(["GET", "POST"])
def restore_client(request, ref):
    client = find_record(request, Client.objects.real(), even_deleted=True, ref=ref)
    if request.method == "GET":  # somebody signed in again after pressing the button
        return redirect("record:deleted")
    try:
        actions.restore_client(client=client, at=timezone.now(), by=request.actor)
    except actions.TooLate:
        messages.error(request, "It was deleted more than seven days ago and cannot be brought back.")
        return redirect("record:deleted")
    except actions.SameAttributor:
        messages.error(
            request,
            "Another client with this attributor was registered meanwhile. Give that one an own reference.",
        )
        return redirect("record:deleted")
    messages.success(request, "The client is back, with everything recorded.")
    return redirect(client)


@access(Permission.CLIENT_VIEW)
@require_GET
def deleted(request):
    found = deleted_lately(request.actor, at=timezone.now())
    return render(request, "record/deleted.html", {"deleted": found})
