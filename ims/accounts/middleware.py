"""From session to actor on every request; the age of passwords; forms that come back unsaved."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ims.accounts import drafts
from ims.accounts.models import Membership
from ims.accounts.session import MEMBERSHIP, REFILL, SEEN, SIGNED_IN, renew
from ims.core import sealing
from ims.core.access import PUBLIC, rule_of

RENEW_AFTER = 300  # seconds; a session row is not written on every page


class ActorMiddleware:
    """Rebuild the actor from the membership, so that a role taken away is gone on the next request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = None
        if request.session.get(MEMBERSHIP) and request.user.is_authenticated:
            self._renew(request)
            request.actor = self._actor(request)
        if request.actor:
            request.form_owner = sealing.form_owner(request.actor.user_id)
        return self.get_response(request)

    def _actor(self, request):
        held = Membership.objects.select_related("provider").filter(
            pk=request.session.get(MEMBERSHIP), user_id=request.user.pk, ended_at=None
        )
        # Asked along with the membership, so that a page without a draft costs no query of its own.
        membership = held.annotate(has_draft=drafts.waits_at(request.path)).first()
        if membership is None:
            logout(request)
            return None
        membership.user = request.user
        request.has_draft = membership.has_draft
        return membership.actor()

    def _renew(self, request):
        """Half an hour without a page ends the session; twelve hours end it in any case."""
        now = timezone.now()
        if now - parse_datetime(request.session[SIGNED_IN]) > settings.SESSION_LONGEST:
            logout(request)
        elif (now - parse_datetime(request.session[SEEN])).total_seconds() > RENEW_AFTER:
            renew(request)


class PasswordAgeMiddleware:
    """A password past its sixty days is changed before the next page; a form being sent is never interrupted."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.actor is None or request.method != "GET" or rule_of(view) is PUBLIC:
            return None
        due = request.user.password_due_at()
        if due and due <= timezone.now() and not getattr(view, "usable_with_an_old_password", False):
            messages.info(request, "Your password is 60 days old. Choose a new one to go on.")
            return redirect("accounts:change_password")
        return None


class RefillMiddleware:
    """Hand a form, sent after the session had ended, back to the page it belongs to: filled in and unsaved."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        kept = request.session.get(REFILL) if request.actor and request.method == "GET" else None
        if kept and kept["path"] == request.path:
            del request.session[REFILL]
            request.refill = self._unseal(kept, request)
        return None

    def _unseal(self, kept, request):
        try:
            fields = sealing.unseal(kept["sealed"], user_id=request.actor.user_id, path=request.path)
        except sealing.NotSealedForYou:
            return None
        messages.warning(
            request, "You were signed out before this was saved. What you typed is back: check it, then save."
        )
        return fields


class DraftMiddleware:
    """Keep a form that is sent until it is saved, and hand it to its page when that is opened.

    It is kept before anything is done with it, so that a server that dies in the middle loses nothing that was sent.
    Where a script keeps drafts anyway it is kept only if it comes back: that spares a save two waits for the disk, and
    costs ten seconds of typing at most.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "leaves_a_draft", False):
            self._keep_or_forget(request, response.status_code)
        return response

    def process_view(self, request, view, args, kwargs):
        # Not reached where the post itself was refused: then it is neither saved nor this person's.
        if request.actor is None:
            return None
        if request.method == "GET" and request.has_draft and not getattr(request, "refill", None):
            self._bring_back(request)
        request.leaves_a_draft = self._records(request) and drafts.keeps_drafts(request.path)
        request.is_kept = request.leaves_a_draft and drafts.KEPT_WHILE_TYPING not in request.POST
        if request.is_kept:
            self._keep(request)
        return None

    def _records(self, request):
        """Forms that record something, or lines of them, say so by the name of their submission."""
        return request.method == "POST" and any(name.endswith("submission_id") for name in request.POST)

    def _bring_back(self, request):
        """Through the same door as after signing in again, so that every form knows how."""
        request.draft = drafts.waiting(request.path, at=timezone.now(), by=request.actor)
        request.refill = request.draft.fields if request.draft else None

    def _keep_or_forget(self, request, status):
        """What met a fault of ours stays kept; what found no page, or not this person's, does not."""
        if status in (200, 422):
            if not request.is_kept:
                self._keep(request)
        elif status < 500 and (request.is_kept or (request.has_draft and status == 302)):
            drafts.forget(path=request.path, by=request.actor)

    def _keep(self, request):
        drafts.keep(request.POST, path=request.path, at=timezone.now(), by=request.actor)
