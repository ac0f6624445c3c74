"""What a manager settles about secure file transfer."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ims.accounts.models import Membership
from ims.bulk.layout import layouts_of
from ims.bulk.models import Profile, Transfer
from ims.bulk.transfer.action import set_transfer
from ims.bulk.transfer.form import TransferForm, said_by
from ims.bulk.transfer.senders import Sender, senders_of
from ims.bulk.words import when
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.actor import Actor
from ims.core.pages import answer, sent, typed
from ims.providers.actions import ChangedMeanwhile


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def transfer(request):
    held = Transfer.objects.visible_to(request.actor).select_related("membership__user", "profile").first()
    form = _form(request, held)
    if sent(request, form):
        try:
            version = form.cleaned_data["expected_version"]
            set_transfer(setting=form.meant(), expected_version=version, at=timezone.now(), by=request.actor)
            messages.success(request, "Settings saved.")
            return redirect("settings:index")
        except ChangedMeanwhile as conflict:
            form.explain_conflict(said_by(conflict.current), conflict.current.version)
    shown = {
        "changed": _changed(held, request.actor),
        "why": _why_refused(held),
        "kept_days": settings.TRANSFER_KEPT.days,
    }
    return answer(request, "bulk/transfer.html", form=form, **shown)


def _form(request, held) -> TransferForm:
    return TransferForm(
        typed(request),
        held=held,
        by=request.actor,
        layouts=layouts_of(request.actor),
        profiles=Profile.objects.visible_to(request.actor).not_ended(dates.today()),
        members=senders_of(request.actor.provider_id),
    )


def _changed(held: Transfer | None, actor: Actor) -> str:
    """When it was last changed and by whom, in words; empty before the first time."""
    if held is None:
        return ""
    latest = held.history.latest("history_date")
    theirs = Membership.objects.visible_to(actor).filter(user_id=latest.history_user_id)
    name = theirs.values_list("user__full_name", flat=True).first()
    return f"Last changed on {when(latest.history_date)}, by {name}."


def _why_refused(held: Transfer | None) -> str:
    """Why files are refused though they are to be taken; empty where they are not refused."""
    why = Sender.of(held, dates.today()).why if held and held.is_on else None
    return why.label if why else ""
