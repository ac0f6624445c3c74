"""What a view needs to answer a form: typed values, whichever way they came."""

from django.http import HttpRequest, QueryDict
from django.shortcuts import render


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent just now; for forms whose contents are never kept, such as passwords."""
    return request.POST if request.method == "POST" else None


def typed(request: HttpRequest) -> QueryDict | None:
    """What the person typed: the post, or a form that came back after signing in; None on a first visit."""
    return request.POST if request.method == "POST" else getattr(request, "refill", None)


def sent(request: HttpRequest, form) -> bool:
    """Whether a form was really sent, and says nothing that has to be mended."""
    return request.method == "POST" and form.is_valid()


def answer(request: HttpRequest, template: str, /, **context):
    """The page; 422 where it carries errors, so that a script does not take it for success."""
    form = context.get("form")
    status = 422 if request.method == "POST" and form is not None and form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
