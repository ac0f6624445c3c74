"""Signing in and out, and choosing where one works."""

from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.shortcuts import redirect
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ims.accounts import passwords, session, signing_in
from ims.accounts.actions import themselves
from ims.accounts.forms import SignInForm
from ims.accounts.models import Membership
from ims.audit import events
from ims.core.access import PUBLIC, SIGNED_IN, access
from ims.core.pages import answer


@access(PUBLIC)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request):
    if request.method == "GET":
        return answer(
            request, "accounts/sign_in.html", form=SignInForm(initial={"next": request.GET.get("next", "")})
        )
    form = SignInForm(request.POST)
    if not form.is_valid():
        return answer(request, "accounts/sign_in.html", form=form)
    username = form.cleaned_data["username"]
    if signing_in.tried_too_often(request, username):
        return signing_in.locked_out(request)
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if user is None:
        events.record("sign_in.failed", at=timezone.now(), by=None)
        form.add_error(
            None, "Username or password is not right. After five tries you have to wait 15 minutes."
        )
        return answer(request, "accounts/sign_in.html", form=form)
    return _begin(request, user, form.cleaned_data)


def _begin(request, user, typed):
    latest = user.last_login
    session.begin(request, user)
    if days := passwords.days_to_warn_of(user, latest, timezone.now()):
        messages.info(
            request,
            f"Your password is due in {days} day{pluralize(days)}. You can change it under your name, above.",
        )
    events.record("sign_in.succeeded", user, at=timezone.now(), by=themselves(user))
    path = signing_in.safe_next(request, typed["next"])
    if typed["sealed"]:
        request.session[session.REFILL] = {"path": path, "sealed": typed["sealed"]}
    memberships = list(Membership.objects.in_force().filter(user=user)[:2])
    request.session[session.SEVERAL] = len(memberships) > 1
    if len(memberships) == 1:
        session.work_as(request, memberships[0])
        return redirect(path)
    request.session[session.NEXT] = path
    return redirect("accounts:switch")


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def sign_out(request):
    if request.method == "GET":  # somebody signed in again after pressing the button
        return redirect("home")
    events.record("sign_in.ended", at=timezone.now(), by=request.actor)
    logout(request)
    return redirect("accounts:sign_in")


@access(PUBLIC)  # a person who has signed in but not yet chosen is no actor; strangers are sent to sign in
@require_http_methods(["GET", "POST"])
def switch(request):
    if not request.user.is_authenticated:
        return redirect("accounts:sign_in")
    memberships = Membership.objects.in_force().filter(user=request.user).select_related("provider")
    if request.method == "POST":
        chosen = memberships.filter(pk=_number(request.POST.get("membership"))).first()
        if chosen:
            return _switch_to(request, chosen)
    return answer(request, "accounts/switch.html", memberships=memberships)


def _switch_to(request, membership):
    session.work_as(request, membership)
    events.record("membership.chosen", membership, at=timezone.now(), by=membership.actor())
    return redirect(request.session.pop(session.NEXT, "/"))


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 18 else None
