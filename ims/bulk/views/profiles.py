"""Mapping profiles: the list, and making, trying, changing and ending one.

The beginning of the file by which one is made is never stored: it goes to the page and comes back with it, sealed.
"""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ims.audit.opening import find_record
from ims.bulk.forms import LookForm, SampleForm
from ims.bulk.layout import NoSuchLayout, layout_of, layouts_of
from ims.bulk.models import Profile
from ims.bulk.profiles import action
from ims.bulk.profiles.form import LOOK_FIRST, ProfileForm
from ims.bulk.profiles.sample import Sample, as_text, from_text, sample_of
from ims.bulk.profiles.trying import mark_of, tried
from ims.bulk.reading.sheet import Unreadable
from ims.bulk.views.receiving import too_long
from ims.bulk.words import title_of
from ims.core import dates, sealing
from ims.core.access import Permission, access
from ims.core.pages import answer, typed
from ims.providers.actions import ChangedMeanwhile

SEALED_FOR = "bulk.profile"
KEPT_FOR = 12 * 3600  # seconds: as long as somebody can be signed in
TAKEN = "Another profile of yours has this name on one of these days. Choose another name, or end that one before."
OFF = "Its layout is switched off for your service, so that no file is read by it."
GONE = "The rows of the file are no longer at hand. Choose the file again."


@access(Permission.UPLOAD_SEND)
@require_GET
def profiles(request):
    own, today = Profile.objects.visible_to(request.actor), dates.today()
    shown = {"offered": own.not_ended(today), "ended": own.ended(today)}
    named = {part: [(one, title_of(one.layout)) for one in some] for part, some in shown.items()}
    return answer(request, "bulk/profiles.html", **named)


@access(Permission.UPLOAD_SEND)
@require_http_methods(["GET", "POST"])
def new(request):
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LookForm(*sent, layouts=layouts_of(request.actor), why_no_file=too_long(request))
    if request.method == "POST" and form.is_valid():
        sample = _sample(form, form.cleaned_data["layout"])
        if sample:
            return _page(request, _form(request, sample=sample))
    return answer(request, "bulk/look.html", form=form)


def _sample(form, layout: str) -> Sample | None:
    """The beginning of the file that was sent; None, and why in the form, where it cannot be read."""
    file = form.cleaned_data["file"]
    try:
        return sample_of(file.read(), file.name, layout)
    except Unreadable as fault:
        form.add_error("file", str(fault))
        return None


@access(Permission.UPLOAD_SEND)
@require_http_methods(["GET", "POST"])
def columns(request):
    """The second page of making a profile, which is reached with the rows of a file alone."""
    said = typed(request)
    sample = _unsealed(request, said) if said else None
    if sample is None:
        if said:
            messages.warning(request, GONE)
        return redirect("bulk:new_profile")
    return _try_or_save(request, _form(request, said, sample=sample))


@access(Permission.UPLOAD_SEND)
@require_http_methods(["GET", "POST"])
def change(request, pk):
    held = find_record(request, Profile.objects, pk=pk)
    try:
        layout_of(held.layout, request.actor)
    except NoSuchLayout:
        messages.warning(request, OFF)
        return redirect("bulk:profiles")
    if request.POST.get("do") == "look":
        return _look(request, held)
    said = typed(request)
    sample = _unsealed(request, said) if said else None
    return _try_or_save(request, _form(request, said, sample=sample, held=held))


def _look(request, held):
    """The same page with the columns and rows of a file."""
    look = SampleForm(request.POST, request.FILES, why_no_file=too_long(request))
    sample = _sample(look, held.layout) if look.is_valid() else None
    return _page(request, _form(request, sample=sample, held=held), look=look if look.errors else None)


def _form(request, said=None, *, sample=None, held=None) -> ProfileForm:
    layout = layout_of(held.layout if held else sample.layout, request.actor)
    token = _sealed(request, sample) if sample and said is None else ""
    return ProfileForm(
        said, layout=layout, columns=layout.columns(request.actor), sample=sample, held=held, token=token
    )


def _try_or_save(request, form):
    """What was not tried, or has changed since, is tried before it is saved."""
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    reading = form.reading()
    if request.POST.get("do") == "save":
        if not form.is_tried():
            form.add_error(None, LOOK_FIRST)
        elif _saved(request, form, reading):
            messages.success(request, f"Profile saved: {reading.name}.")
            return redirect("bulk:profiles")
    return _page(request, form, _tried(request, form, reading) if form.sample else None)


def _saved(request, form, reading) -> bool:
    moment = {"at": timezone.now(), "by": request.actor}
    try:
        if form.held is None:
            submission = form.cleaned_data["submission_id"]
            action.add_profile(reading=reading, submission_id=submission, **moment)
        else:
            version = form.cleaned_data["expected_version"]
            action.change_profile(profile=form.held, reading=reading, expected_version=version, **moment)
    except action.NameTaken:
        form.add_error("name", TAKEN)
    except ChangedMeanwhile as conflict:
        form.explain_changed(conflict.current)
    return not form.errors


def _tried(request, form, reading):
    """What the rows become; the form remembers which reading was shown."""
    form.data = form.data.copy()
    form.data["tried"] = mark_of(reading)
    return tried(form.sample, reading, form.layout, today=dates.today(), by=request.actor)


def _page(request, profile_form, shown=None, *, look=None):
    """`form` is the one of the two that has something to be mended."""
    return answer(
        request,
        "bulk/profile.html",
        form=look or profile_form,
        profile_form=profile_form,
        profile=profile_form.held,
        layout=profile_form.layout,
        tried=shown,
        look=look or SampleForm(),
    )


@access(Permission.UPLOAD_SEND)
@require_http_methods(["GET", "POST"])
def end(request, pk):
    profile = find_record(request, Profile.objects, pk=pk)
    if request.method == "POST":
        ended = action.end_profile(profile=profile, on=dates.today(), at=timezone.now(), by=request.actor)
        messages.success(request, f"{ended.name} is offered up to {ended.valid_to:%d/%m/%Y}, its last day.")
    return redirect("bulk:profiles")


def _sealed(request, sample: Sample) -> str:
    fields = QueryDict(mutable=True)
    fields["sample"] = as_text(sample)
    return sealing.seal(fields, user_id=request.actor.user_id, path=SEALED_FOR)


def _unsealed(request, said) -> Sample | None:
    """None where there is none, and where it was sealed for somebody else, too long ago, or for a layout now off."""
    try:
        fields = sealing.unseal(
            said.get("rows", ""), user_id=request.actor.user_id, path=SEALED_FOR, longest=KEPT_FOR
        )
        sample = from_text(fields["sample"])
        layout_of(sample.layout, request.actor)
    except (sealing.NotSealedForYou, NoSuchLayout):
        return None
    return sample
