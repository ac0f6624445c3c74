"""The batch grid: thirty contacts at the end of a night, by Tab alone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ims.core import dates
from ims.core.access import Permission, access
from ims.core.pages import typed
from ims.record.grid import LINES, MOST, blank_grid, typed_grid
from ims.record.kinds import kind_at, with_a_grid


@access(Permission.ACTIVITY_RECORD)
@require_http_methods(["GET", "POST"])
def page(request, kind):
    kind = _with_a_grid(request, kind)
    today = dates.today()
    sent = typed(request)
    grid = (
        typed_grid(kind, sent, request.actor, today=today)
        if sent
        else blank_grid(kind, request.actor, today=today)
    )
    if request.method == "GET" or "more" in request.POST:
        return _page(request, grid.with_more(LINES) if "more" in request.POST else grid)
    saved = grid.save(at=timezone.now()) if grid.check() else None
    if saved:
        _say(request, saved)
    if not grid.errors:
        return redirect("record:grid", kind.slug)
    return _page(request, grid.with_what_is_left() if saved else grid, status=422)


def _with_a_grid(request, slug):
    kind = kind_at(slug)
    if kind not in with_a_grid(request.actor):
        raise Http404
    return kind


def _say(request, saved):
    if saved.new:
        messages.success(request, f"{len(saved.new)} line{pluralize(len(saved.new))} saved.")
    if saved.same:
        messages.info(
            request, f"{len(saved.same)} line{pluralize(len(saved.same))} had been saved before, once."
        )


def _page(request, grid, status=200):
    context = {"grid": grid, "kinds": with_a_grid(request.actor), "most": MOST}
    return render(request, "record/grid.html", context, status=status)
