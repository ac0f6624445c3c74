"""Downloading the Local Extract."""

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clients.models import Client
from ims.audit import events
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.csvio import write_rows
from ims.core.pages import answer, sent, typed
from ims.record.extract import batch_rows, client_rows, contact_rows, kind_of
from ims.record.forms import BATCHES, CLIENTS, ExtractForm


@access(Permission.EXTRACT_LOCAL)
@require_http_methods(["GET", "POST"])
def extract(request):
    form = ExtractForm(typed(request), actor=request.actor)
    if not sent(request, form):
        return answer(request, "record/extract.html", form=form)
    only = _only(request, form.cleaned_data["ims_id"])
    if form.cleaned_data["ims_id"] and only is None:
        form.add_error("ims_id", "No client of your service has this IMS ID.")
        return answer(request, "record/extract.html", form=form)
    return _download(request, form.cleaned_data["what"], only)


def _only(request, ims_id):
    if not ims_id:
        return None
    return Client.objects.visible_to(request.actor).real().filter(ims_id=ims_id).first()


def _what_happened(what, only) -> str:
    if what == BATCHES:
        return "batches.extracted"  # nobody is in them
    return "client.extracted" if only else "clients.extracted"


def _rows(actor, what, only):
    if what == BATCHES:
        return batch_rows(actor)
    return client_rows(actor, only) if what == CLIENTS else contact_rows(kind_of(what), actor, only)


def _download(request, what, only):
    events.record(_what_happened(what, only), [only] if only else [], at=timezone.now(), by=request.actor)
    rows = _rows(request.actor, what, only)
    response = StreamingHttpResponse(write_rows(rows), content_type="text/csv; charset=utf-8")
    name = f"ims-{what.replace('_', '-')}-{dates.today():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
