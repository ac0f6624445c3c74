"""What every page that records a contact needs: the client, and the choices of the service."""

from django.http import Http404

from clients.models import Client
from ims.audit.opening import open_form
from ims.core.kind import Kind
from ims.providers.models import Site


def client_for(request, ref, kind: Kind) -> Client:
    """The service's own client; 404 where the service does not record this kind."""
    if kind.key not in request.actor.modules:
        raise Http404
    return open_form(request, Client.objects, ref=ref)


def form_options(request) -> dict:
    """The sites in use and the backdating window of the actor's service."""
    return {
        "sites": Site.objects.visible_to(request.actor).in_use(),
        "backdating_days": request.actor.backdating_days,
    }
