"""The public reference pages: every field, every list, every code, and how sure each is."""

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ims.audit.opening import find_record
from ims.codelists import tables
from ims.codelists.instruments import latest_versions
from ims.codelists.models import CodeList
from ims.codelists.reference import fields, sections
from ims.core import dates
from ims.core.access import PUBLIC, access
from ims.core.csvio import write_rows


@access(PUBLIC)
@require_safe
def reference(request):
    lists = {one.key: one for one in CodeList.objects.visible_to(request.actor).counted(dates.today())}
    shown = {
        "records": tables.field_tables(fields(), lists),
        "instruments": tables.instruments_table(latest_versions()),
        "sections": sections(),
        "lists": tables.lists_table(lists.values()),
    }
    return render(request, "codelists/reference.html", shown)


@access(PUBLIC)
@require_safe
def code_list(request, key):
    one = find_record(request, CodeList.objects, key=key)
    return render(
        request, "codelists/code_list.html", {"list": one, "tables": tables.codes_tables(one, dates.today())}
    )


@access(PUBLIC)
@require_safe
def code_list_csv(request, key):
    one = find_record(request, CodeList.objects, key=key)
    response = StreamingHttpResponse(write_rows(tables.csv_rows(one)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{one.key}-{one.edition}.csv"'
    return response
