"""Signing in: the password check, the limits on trying, and what happens to a form sent without a session."""

from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q, Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from ims.accounts.models import User
from ims.accounts.session import REFILL
from ims.core import sealing


class PasswordBackend(BaseBackend):
    """Name and password. An unknown name costs as much time as a known one."""

    def authenticate(self, request, username=None, password=None):
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, is_active=True).first()


def username_tried(request, credentials=None) -> str:
    """The name that axes counts failures under, the same however it was typed."""
    return ((credentials or {}).get("username") or request.POST.get("username", "")).strip().lower()


def tried_too_often(request, username: str) -> bool:
    """One address trying many names, or many addresses trying one: axes counts neither."""
    recent = AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME)
    failures = recent.aggregate(
        address=Sum("failures_since_start", filter=Q(ip_address=get_client_ip_address(request))),
        name=Sum("failures_since_start", filter=Q(username=username)),
    )
    return (failures["address"] or 0) >= settings.SIGN_IN_FAILURES_PER_ADDRESS or (
        failures["name"] or 0
    ) >= settings.SIGN_IN_FAILURES_PER_NAME


def locked_out(request, response=None, credentials=None):
    """The page after too many failures; it says the same whether the name exists or not."""
    return render(request, "accounts/locked_out.html", status=429)


def ask_to_sign_in(request):
    """Send a stranger to the sign-in page. What they had typed goes with them, sealed for the person it came from."""
    here = request.path
    if request.method != "POST":
        return redirect(f"/sign-in/?{urlencode({'next': here})}")
    from ims.accounts.forms import SignInForm

    form = SignInForm(initial={"next": here, "sealed": sealed_post(request)})
    return render(
        request, "accounts/sign_in.html", {"form": form, "kept": bool(form["sealed"].value())}, status=401
    )


def sealed_post(request) -> str:
    """The posted form, sealed for the person it was given to; empty where the form does not say who that is."""
    owner = sealing.owner_of(request.POST)
    if owner is None:
        return ""
    return sealing.seal(sealing.without_secrets(request.POST), user_id=owner, path=request.path)


def csrf_failure(request, reason=""):
    """A token from before the last sign-in: nothing is saved, and nothing that was typed is lost.

    A form of another site cannot come here with a signed owner, so giving it back unsaved gives nothing away.
    """
    if request.actor is None:
        return ask_to_sign_in(request) if sealing.owner_of(request.POST) else _refused(request)
    if sealing.owner_of(request.POST) != request.actor.user_id or _is_by_a_script(request):
        return _refused(request)
    request.session[REFILL] = {"path": request.path, "sealed": sealed_post(request)}
    return redirect(request.path)


def _is_by_a_script(request) -> bool:
    """Sent while somebody reads or types: there is no page to give it back to."""
    return request.path in {reverse("accounts:drafts"), reverse("accounts:stay")}


def _refused(request):
    return render(request, "403_csrf.html", status=403)


def safe_next(request, path: str) -> str:
    """A path of this site to go on to; the home page where `path` is none."""
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) and path.startswith("/") else "/"
