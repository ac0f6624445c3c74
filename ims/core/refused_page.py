"""The answer to a request that could not be read, or whose session ended under it."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.views import defaults


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says that nothing was saved, except where the session ended, or its database died, after the save: there nobody knows."""
    if isinstance(exception, SessionInterrupted):
        return defaults.server_error(request)
    return defaults.bad_request(request, exception)
