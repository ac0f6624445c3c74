"""A person's own details."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ims.accounts import actions
from ims.accounts.forms import DetailsForm
from ims.core.access import SIGNED_IN, access
from ims.core.pages import answer, sent, typed


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def details(request):
    user = request.user
    held = {"full_name": user.full_name, "email": user.email, "wants_email": user.wants_email}
    form = DetailsForm(typed(request), initial=held)
    if not sent(request, form):
        return answer(request, "accounts/details.html", form=form, due=user.password_due_at())
    actions.change_details(user=user, **form.cleaned_data, at=timezone.now(), by=request.actor)
    messages.success(request, "Your details are saved.")
    return redirect("accounts:details")
