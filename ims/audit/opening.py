"""Opening a record leaves a footprint (house: mechanism 4)."""

from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone

from ims.audit import events


def open_record(
    request: HttpRequest, records: models.QuerySet, what: str = "", *, even_deleted: bool = False, **key
) -> models.Model:
    """The one record of `records` that the actor may see, and an event that it was looked at.

    Out of scope looks exactly like absent: both raise Http404. `what` names the event where it is not
    plainly `<kind>.viewed`. `even_deleted`: also what was deleted and can still be brought back.
    """
    record = find_record(request, records, even_deleted=even_deleted, **key)
    what = what or f"{record._meta.model_name}.viewed"
    events.record(what, record, at=timezone.now(), by=request.actor)
    return record


def open_form(request: HttpRequest, records: models.QuerySet, **key) -> models.Model:
    """The record a form is about: a footprint when the form is opened, none when it is sent.

    What is sent leaves the event of its action. Raises Http404.
    """
    return (
        open_record(request, records, **key)
        if request.method == "GET"
        else find_record(request, records, **key)
    )


def find_record(
    request: HttpRequest, records: models.QuerySet, *, even_deleted: bool = False, **key
) -> models.Model:
    """The same without the footprint: for a form whose action writes its own event."""
    scope = {"even_deleted": True} if even_deleted else {}
    record = records.visible_to(request.actor, **scope).filter(**key).first()
    if record is None:
        note_refusal(request)
        raise Http404
    return record


def note_refusal(request: HttpRequest) -> None:
    """An event that somebody was refused. It does not say what: another service's record leaves the trace of none."""
    events.record("access.refused", at=timezone.now(), by=request.actor)
