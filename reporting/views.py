"""The catalogue of reports, and the report of a year as page and file."""

from functools import wraps

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ims.audit import events
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.csvio import write_rows
from reporting.reading import BeingRebuilt
from reporting.tables import individuals_by_area, tables
from reporting.year import year as figures_of

YEARS_BACK = 10


def says_when_being_rebuilt(view):
    @wraps(view)
    def answer(request, *args, **options):
        try:
            return view(request, *args, **options)
        except BeingRebuilt:
            return render(request, "reporting/being_rebuilt.html", status=503)

    return answer


@access(Permission.REPORT_VIEW)
@require_GET
def catalogue(request):
    return render(request, "reporting/catalogue.html", {"years": _years()})


@access(Permission.REPORT_VIEW)
@require_GET
@says_when_being_rebuilt
def year(request, start):
    found = _tables(request, start, "report.viewed")
    context = {"start": start, "end": start + 1, "chart": individuals_by_area(found), "tables": found}
    return render(request, "reporting/year.html", context)


@access(Permission.REPORT_VIEW)
@require_GET
@says_when_being_rebuilt
def year_file(request, start):
    found = _tables(request, start, "report.downloaded")
    rows = (row for table in found for row in [*table.as_rows_for_csv(), []])
    response = StreamingHttpResponse(write_rows(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ims-year-{start}-{start + 1}.csv"'
    return response


def _tables(request, start, what):
    if start not in _years():
        raise Http404
    found = tables(figures_of(start), only=_areas_of(request.actor))
    events.record(what, at=timezone.now(), by=request.actor, year=start)
    return found


def _areas_of(actor):
    """The authorities an actor may see; None for all of them. A commissioner without any sees none."""
    return None if actor.may(Permission.REPORT_ALL_AREAS) else actor.areas


def _years():
    """The financial years that can be asked for, latest first, by the year they begin in."""
    latest = dates.start_of_financial_year(dates.today()).year
    return range(latest, latest - YEARS_BACK - 1, -1)
