"""The public pages of the layouts, and their templates."""

from django.http import Http404, StreamingHttpResponse
from django.views.decorators.http import require_safe

from ims.bulk.layout import Layout, layouts
from ims.bulk.mapping import ROW_KEY
from ims.bulk.reference import left_table, own_columns, read_table, template_rows
from ims.core.access import PUBLIC, access
from ims.core.csvio import write_rows
from ims.core.pages import answer


def _layout(key: str) -> Layout:
    """Raises Http404."""
    found = layouts().get(key)
    if found is None:
        raise Http404
    return found


@access(PUBLIC)
@require_safe
def layout(request, key):
    one = _layout(key)
    own = own_columns(one, request.actor)
    columns = own or one.columns()
    shown = {
        "read": read_table(columns),
        "left": left_table(columns),
        "is_own": own is not None,
        "row_key": ROW_KEY,
    }
    return answer(request, "bulk/layout.html", layout=one, **shown)


@access(PUBLIC)
@require_safe
def template(request, key):
    """For somebody of a service with the columns that it has switched on: others would be refused."""
    one = _layout(key)
    rows = template_rows(own_columns(one, request.actor) or one.columns())
    response = StreamingHttpResponse(write_rows(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ims-template-{key.replace("_", "-")}.csv"'
    return response
