"""The gate every request passes (access), and the headers every answer carries."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.module_loading import import_string
from django.views.defaults import page_not_found

from ims.core.access import PUBLIC, OutOfScope, rule_of

log = logging.getLogger("ims.access")


class AccessMiddleware:
    """Refuse what is not declared, ask the unknown to sign in, refuse those who may not."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.ask_to_sign_in = import_string(settings.ASK_TO_SIGN_IN)
        self.note_refusal = import_string(settings.NOTE_REFUSAL)

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        rule = rule_of(view)
        if rule is None:
            log.error("view without an access rule: %s.%s", view.__module__, view.__qualname__)
            raise PermissionDenied
        if rule is PUBLIC:
            return None
        if request.actor is None:
            return self.ask_to_sign_in(request)
        if not request.actor.may(rule):
            self.note_refusal(request)
            raise PermissionDenied
        return None

    def process_exception(self, request, exception):
        return page_not_found(request, exception) if isinstance(exception, OutOfScope) else None


class PrivateAnswers:
    """No page that a person signed in for is kept by a browser or a proxy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
