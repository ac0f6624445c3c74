"""A manager's own staff."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ims.accounts import actions
from ims.accounts.forms import InviteForm
from ims.accounts.models import Membership
from ims.accounts.roles import Role
from ims.accounts.views.passwords import invite_by_mail
from ims.audit.opening import find_record
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from ims.providers.models import Provider


@access(Permission.STAFF_MANAGE)
@require_GET
def staff(request):
    held = (
        Membership.objects.visible_to(request.actor)
        .in_force()
        .select_related("user")
        .order_by("user__full_name")
    )
    return answer(request, "accounts/staff.html", memberships=held)


@access(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def invite(request):
    form = InviteForm(typed(request))
    if not sent(request, form):
        return answer(request, "accounts/invite.html", form=form)
    try:
        user = actions.open_account(
            person=form.person(),
            role=Role(form.cleaned_data["role"]),
            provider=find_record(request, Provider.objects, pk=request.actor.provider_id),
            at=timezone.now(),
            by=request.actor,
        )
    except actions.UsernameTaken:
        form.explain_username_taken()
        return answer(request, "accounts/invite.html", form=form)
    messages.success(request, f"{user.full_name} is invited.")
    invite_by_mail(request, user)
    return redirect("accounts:staff")


@access(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def deactivate(request, pk):
    membership = find_record(
        request, Membership.objects.select_related("user"), pk=pk
    )  # ended ones too: pressed twice
    if request.method == "GET":
        return answer(request, "accounts/deactivate.html", membership=membership)
    try:
        actions.end_membership(membership=membership, at=timezone.now(), by=request.actor)
        messages.success(request, f"{membership.user.full_name} can no longer sign in to this service.")
    except actions.NotYourself:
        messages.error(request, "You cannot take away your own access. Ask another manager to do it.")
    return redirect("accounts:staff")
