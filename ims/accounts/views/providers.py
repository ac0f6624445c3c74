"""Providers, as the officer opens them with their first manager."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ims.accounts import actions
from ims.accounts.forms import OpenProviderForm
from ims.accounts.views.passwords import invite_by_mail
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from ims.providers.models import Provider


@access(Permission.PROVIDER_OPEN)
@require_GET
def providers(request):
    return answer(request, "accounts/providers.html", providers=Provider.objects.visible_to(request.actor))


@access(Permission.PROVIDER_OPEN)
@require_http_methods(["GET", "POST"])
def open_provider(request):
    form = OpenProviderForm(typed(request))
    if not sent(request, form):
        return answer(request, "accounts/open_provider.html", form=form)
    try:
        provider, manager = _open(request, form)
    except actions.CodeTaken:
        form.explain_code_taken()
    except actions.UsernameTaken:
        form.explain_username_taken()
    if form.errors:
        return answer(request, "accounts/open_provider.html", form=form)
    messages.success(request, f"{provider.name} is open, and {manager.full_name} is invited as its manager.")
    invite_by_mail(request, manager)
    return redirect("accounts:providers")


def _open(request, form):
    names = ("code", "name", "kind", "authority_code", "modules", "opened_on")
    return actions.open_provider(
        **{name: form.cleaned_data[name] for name in names},
        manager=form.person(),
        at=timezone.now(),
        by=request.actor,
    )
