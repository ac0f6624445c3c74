"""One upload: how far it is, what its check found, what became of it, and its rejected rows as a file."""

from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from ims.audit import events
from ims.audit.opening import find_record
from ims.bulk import words
from ims.bulk.groups import are_more
from ims.bulk.layout import Outcome
from ims.bulk.models import Upload
from ims.bulk.models.upload import State
from ims.bulk.rejects import rejected_rows
from ims.core.access import Permission, access
from ims.core.csvio import write_rows
from ims.core.pages import answer

_TEMPLATES = {
    State.RECEIVED: "bulk/waiting.html",
    State.CONFIRMED: "bulk/waiting.html",
    State.CHECKED: "bulk/check.html",
    State.UNREADABLE: "bulk/unreadable.html",
    State.APPLIED: "bulk/done.html",
    State.GIVEN_UP: "bulk/given_up.html",
    State.FAILED: "bulk/failed.html",
}
_MARK = "\ufeff"  # without it a spreadsheet takes the letters of the file for those of another alphabet


def find_upload(request, ref) -> Upload:
    """The actor's own, without the outcome of each row, which is long. Raises Http404."""
    return find_record(request, Upload.objects.select_related("profile").defer("outcomes"), ref=ref)


@access(Permission.UPLOAD_SEND)
@require_GET
def upload(request, ref):
    """The page; for the script of the page that waits, how far it is."""
    held = find_upload(request, ref)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"state": held.state, "rows": held.rows_done})
    if held.state == State.CHECKED:  # its page quotes rows; others show numbers alone
        events.record("upload.viewed", held, at=timezone.now(), by=request.actor)
    return answer(request, _TEMPLATES[State(held.state)], upload=held, **_shown(request, held))


def _shown(request, held: Upload) -> dict:
    shown = {
        "layout": words.title_of(held.layout),
        "parts": words.parts(held),
        "to_record": words.to_record(held),
        "nothing_new": words.has_nothing_new(held),
        "waits_long": held.waits_long(timezone.now()),
    }
    if held.state == State.CHECKED:
        shown |= {
            "counts": words.counts_table(held),
            "sections": words.sections(held.groups, words.names_in_file(held, request.actor)),
            "rejected": held.counts.get(Outcome.REJECTED, 0),
            "not_all_groups": are_more(held.groups),
        }
    return shown


@access(Permission.UPLOAD_SEND)
@require_GET
def rejected(request, ref):
    held = find_upload(request, ref)
    number = held.counts.get(Outcome.REJECTED, 0)
    if held.state != State.CHECKED or not number:
        raise Http404
    events.record("upload.rejects_downloaded", held, at=timezone.now(), by=request.actor, rows=number)
    rows = rejected_rows(held, words.names_in_file(held, request.actor), request.actor)
    response = StreamingHttpResponse(_marked(write_rows(rows)), content_type="text/csv; charset=utf-8")
    name = f"ims-rejected-{held.layout.replace('_', '-')}-{timezone.localtime(held.sent_at):%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _marked(pieces):
    yield _MARK
    yield from pieces
