"""Changing a password, and asking for a new one by e-mail."""

import logging

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator as tokens
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlencode, urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ims.accounts import actions
from ims.accounts.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from ims.accounts.models import User
from ims.core import mail
from ims.core.access import PUBLIC, SIGNED_IN, access
from ims.core.pages import answer, posted, sent

log = logging.getLogger("ims.accounts")


@access(SIGNED_IN)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request):
    form = ChangePasswordForm(posted(request), user=request.user)
    if not sent(request, form):
        return answer(request, "accounts/change_password.html", form=form)
    actions.choose_password(
        user=request.user, password=form.cleaned_data["new_password"], at=timezone.now(), by=request.actor
    )
    update_session_auth_hash(request, request.user)
    messages.success(request, "Your password is changed.")
    return redirect("home")


change_password.usable_with_an_old_password = True


@access(PUBLIC)
@require_http_methods(["GET", "POST"])
def forgotten(request):
    """Say the same whether the name exists or not."""
    form = ForgottenForm(posted(request))
    if not sent(request, form):
        return answer(request, "accounts/forgotten.html", form=form)
    user = User.objects.filter(username__iexact=form.cleaned_data["username"].strip(), is_active=True).first()
    if user:
        send_link(request, user, "mail/forgotten.txt", "choose a new password")
    return answer(request, "accounts/forgotten_sent.html")


def send_link(request, user, template, subject) -> bool:
    """E-mail a link, good for a day and one use, that lets a person choose a password; False if mail is down."""
    # In the query, which no log keeps: the token is as good as a password until it is used.
    query = urlencode({"user": urlsafe_base64_encode(force_bytes(user.pk)), "token": tokens.make_token(user)})
    path = f"{reverse('accounts:choose_password')}?{query}"
    try:
        mail.send(template, to=user.email, subject=subject, link=request.build_absolute_uri(path))
    except OSError as fault:  # what smtplib raises, too
        log.error("mail could not be sent: %s", type(fault).__name__)
        return False
    return True


def invite_by_mail(request, user):
    """Send an invitation, and say on the page where it could not be sent: the account is there all the same."""
    if send_link(request, user, "mail/invited.txt", "your account"):
        messages.info(request, "The e-mail holds a link that works for one day.")
    else:
        messages.error(
            request,
            "The e-mail could not be sent. The account is there: ask the person to use "
            "“I have forgotten my password” on the sign-in page.",
        )


@access(PUBLIC)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def choose_password(request):
    user = _user_of(request.GET.get("user", ""))
    if user is None or not tokens.check_token(user, request.GET.get("token", "")):
        return answer(request, "accounts/link_used.html")
    form = NewPasswordForm(posted(request), user=user)
    if not sent(request, form):
        return answer(request, "accounts/choose_password.html", form=form)
    actions.choose_password(
        user=user, password=form.cleaned_data["new_password"], at=timezone.now(), by=actions.themselves(user)
    )
    messages.success(request, "Your password is set. Sign in with it.")
    return redirect("accounts:sign_in")


def _user_of(uid):
    try:
        return User.objects.filter(pk=int(urlsafe_base64_decode(uid)), is_active=True).first()
    except (ValueError, OverflowError):
        return None
