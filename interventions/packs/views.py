"""The packs of a service, as its manager sets them, and an officer's copy of settings."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clients.actions import SomeoneElseChangedIt
from ims.audit.opening import find_record
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.pages import answer, sent, typed
from ims.providers.forms import days_and_weeks
from ims.providers.models import Module, Provider
from interventions.packs import action
from interventions.packs.copying import planned
from interventions.packs.form import TAKEN, BillForm, CopyForm, NameForm, PackForm, said_by_bill
from interventions.syringe_exchange.boxes import in_words
from interventions.syringe_exchange.packs import Pack, bills_of


def _where_switched_on(view):
    @wraps(view)
    def answered(request, *args, **options):
        if Module.SYRINGE_EXCHANGE not in request.actor.modules:
            raise Http404
        return view(request, *args, **options)

    return answered


@access(Permission.SETTINGS_MANAGE)
@require_GET
@_where_switched_on
def packs(request):
    bills, today = bills_of(request.actor), dates.today()
    shown = [(pack, bills.of(pack.pk, today), _since(pack, today)) for pack in _all(request)]
    listed = [
        {"pack": pack, "holds": in_words(bill.items), "since": since, "coming": _coming(pack, today)}
        for pack, bill, since in shown
    ]
    return answer(request, "packs/packs.html", packs=listed)


def _all(request):
    return Pack.objects.visible_to(request.actor).prefetch_related("contents")


def _since(pack, today):
    """The day from which today's bill is; before the first one, that day."""
    begun = [bill.valid_from for bill in pack.contents.all() if bill.valid_from <= today]
    return max(begun) if begun else min(bill.valid_from for bill in pack.contents.all())


def _coming(pack, today) -> list[tuple]:
    """Bills that begin later, the next one first."""
    later = [bill for bill in pack.contents.all() if bill.valid_from > today]
    return [(bill.valid_from, in_words(bill.items)) for bill in reversed(later)]


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def new(request):
    form = PackForm(typed(request))
    if sent(request, form):
        try:
            pack = action.add_pack(
                name=form.cleaned_data["name"],
                submission_id=form.cleaned_data["submission_id"],
                **_bill(form),
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, f"{pack.name} is added.")
            return redirect("packs:packs")
        except action.NameTaken:
            form.add_error("name", TAKEN)
    return answer(request, "packs/pack.html", form=form)


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def bill(request, pk):
    pack = find_record(request, Pack.objects, pk=pk)
    held = said_by_bill(bills_of(request.actor).of(pack.pk, dates.today()))
    form = BillForm(typed(request), held={**held, "expected_version": pack.version})
    if sent(request, form) and _set_bill(request, pack, form):
        messages.success(
            request, f"Saved. From {form.cleaned_data['valid_from']:%d/%m/%Y} {pack.name} holds this."
        )
        return redirect("packs:packs")
    return answer(request, "packs/pack.html", form=form, pack=pack)


def _set_bill(request, pack, form) -> bool:
    version = form.cleaned_data["expected_version"]
    try:
        action.set_bill(
            pack=pack, **_bill(form), expected_version=version, at=timezone.now(), by=request.actor
        )
    except SomeoneElseChangedIt as conflict:
        now = bills_of(request.actor).of(pack.pk, form.cleaned_data["valid_from"])
        form.explain_conflict(said_by_bill(now), conflict.current.version)
        return False
    return True


def _bill(form) -> dict:
    return {"items": form.items(), "valid_from": form.cleaned_data["valid_from"]}


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def rename(request, pk):
    pack = find_record(request, Pack.objects, pk=pk)
    form = NameForm(typed(request), initial={"name": pack.name, "expected_version": pack.version})
    if sent(request, form) and _rename(request, pack, form):
        messages.success(request, "Pack renamed.")
        return redirect("packs:packs")
    return answer(request, "packs/rename.html", form=form, pack=pack)


def _rename(request, pack, form) -> bool:
    said = {name: form.cleaned_data[name] for name in ("name", "expected_version")}
    try:
        action.rename_pack(pack=pack, **said, at=timezone.now(), by=request.actor)
    except action.NameTaken:
        form.add_error("name", TAKEN)
    except SomeoneElseChangedIt as conflict:
        form.explain_conflict({"name": conflict.current.name}, conflict.current.version)
    return not form.errors


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def close(request, pk):
    pack = find_record(request, Pack.objects, pk=pk)
    if request.method == "POST":
        action.close_pack(pack=pack, on=dates.today(), at=timezone.now(), by=request.actor)
        messages.success(request, f"{pack.name} is closed. Exchanges that gave it out keep it.")
    return redirect("packs:packs")


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
@_where_switched_on
def usual(request, pk):
    pack = find_record(request, Pack.objects, pk=pk)
    if request.method == "POST":
        action.mark_usual_pack(pack=pack, at=timezone.now(), by=request.actor)
        messages.success(request, f"{pack.name} is the usual pack.")
    return redirect("packs:packs")


@access(Permission.PROVIDER_OPEN)
@require_http_methods(["GET", "POST"])
def copy_settings(request, code):
    target = find_record(request, Provider.objects, code=code)
    form = CopyForm(typed(request), others=Provider.objects.visible_to(request.actor).exclude(pk=target.pk))
    if not sent(request, form):
        return answer(request, "packs/copy.html", form=form, target=target)
    source = form.cleaned_data["source"]
    if form.is_sure():
        copied = action.copy_settings(target=target, source=source, at=timezone.now(), by=request.actor)
        messages.success(request, _said_of_copy(copied, target, source))
        return redirect("accounts:providers")
    facts = _copied_facts(target, source)
    return answer(
        request, "packs/copy.html", form=form.with_sure(), target=target, source=source, facts=facts
    )


def _said_of_copy(copied, target, source) -> str:
    already = f" It had packs of these names, which stay as they are: {', '.join(copied.already)}."
    return f"{target.name} has the settings of {source.name}." + (already if copied.already else "")


def _copied_facts(target, source) -> list[tuple]:
    """What will be copied, and which packs will not, label and words."""
    plan = planned(target=target, source=source, on=dates.today())
    stays = f"Stays as it is, because {target.name} has a pack of this name"
    on = [module.label for module in Module if module in source.modules]
    return [
        ("Records", "; ".join(on) or "Nothing"),
        ("Rules of recording", days_and_weeks(source)),
        *((f"Pack: {pack.name}", in_words(pack.items)) for pack in plan.packs),
        *((stays, name) for name in plan.already),
    ]
