"""A manager's settings: what is set, and a page for each part of it."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET, require_http_methods

from ims.audit.opening import find_record
from ims.core import dates
from ims.core.access import Permission, access
from ims.core.links import in_menu
from ims.core.pages import answer, sent, typed
from ims.providers import actions
from ims.providers.forms import (
    InformationForm,
    ModulesForm,
    RulesForm,
    SiteForm,
    UploadsForm,
    days_and_weeks,
    said_by_site,
)
from ims.providers.models import Module, PolicyPoint, Provider, Site


@access(Permission.SETTINGS_MANAGE)
@require_GET
def index(request):
    provider = _own(request)
    missing = [point.label for point in PolicyPoint if point not in provider.policy_covers]
    return answer(
        request,
        "providers/settings.html",
        provider=provider,
        facts=_facts(request, provider),
        pages=in_menu(import_string(settings.SETTINGS_PAGES), request, request.actor),
        missing=missing if provider.policy_version else [],
    )


def _facts(request, provider) -> list[tuple]:
    sites = Site.objects.visible_to(request.actor).in_use()
    on = [module.label for module in Module if module in provider.modules]
    policy = (
        f"{provider.policy_version}, {provider.policy_on:%d/%m/%Y}"
        if provider.policy_version
        else "None entered yet"
    )
    return [
        ("Sites", ", ".join(site.name for site in sites) or "None", reverse("settings:sites")),
        ("Records", "; ".join(on) or "Nothing", reverse("settings:modules")),
        ("Rules of recording", days_and_weeks(provider), reverse("settings:rules")),
        ("Files with rejected rows", _of_rejected(provider), reverse("settings:uploads")),
        ("Information sheet", provider.information_sheet, reverse("settings:information")),
        ("Confidentiality policy", policy, reverse("settings:information")),
    ]


def _of_rejected(provider) -> str:
    return "The other rows may be recorded" if provider.skips_rejected else "Nothing of them is recorded"


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def modules(request):
    return _setting(request, ModulesForm, actions.switch_modules, "providers/modules.html")


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def rules(request):
    return _setting(request, RulesForm, actions.set_recording_rules, "providers/rules.html")


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def uploads(request):
    return _setting(request, UploadsForm, actions.set_upload_rules, "providers/uploads.html")


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def information(request):
    return _setting(request, InformationForm, actions.set_information, "providers/information.html")


def _setting(request, form_class, action, template):
    provider = _own(request)
    form = form_class(typed(request), held=provider)
    if sent(request, form):
        try:
            action(provider=provider, **form.meant(), at=timezone.now(), by=request.actor)
            messages.success(request, "Settings saved.")
            return redirect("settings:index")
        except actions.ChangedMeanwhile as conflict:
            form.explain_conflict(form.said_by(conflict.current), conflict.current.version)
    return answer(request, template, form=form)


def _own(request) -> Provider:
    return find_record(request, Provider.objects, pk=request.actor.provider_id)


@access(Permission.SETTINGS_MANAGE)
@require_GET
def sites(request):
    return answer(request, "providers/sites.html", sites=Site.objects.visible_to(request.actor))


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def new_site(request):
    form = SiteForm(typed(request))
    if sent(request, form):
        try:
            site = actions.add_site(**_said_of_site(form), at=timezone.now(), by=request.actor)
            messages.success(request, f"{site.name} is added. It is offered from now on.")
            return redirect("settings:sites")
        except actions.NameTaken:
            form.explain_name_taken()
    return answer(request, "providers/site.html", form=form)


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def change_site(request, pk):
    site = find_record(request, Site.objects, pk=pk)
    form = SiteForm(typed(request), held=site)
    if sent(request, form) and _change_site(request, site, form):
        messages.success(request, "Site saved.")
        return redirect("settings:sites")
    return answer(request, "providers/site.html", form=form, site=site)


def _change_site(request, site, form) -> bool:
    version = form.cleaned_data["expected_version"]
    try:
        actions.change_site(
            site=site, **_said_of_site(form), expected_version=version, at=timezone.now(), by=request.actor
        )
    except actions.NameTaken:
        form.explain_name_taken()
    except actions.ChangedMeanwhile as conflict:
        form.explain_conflict(said_by_site(conflict.current), conflict.current.version)
    return not form.errors


def _said_of_site(form) -> dict:
    return {"name": form.cleaned_data["name"], "postcode": form.cleaned_data["postcode"]}


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def close_site(request, pk):
    site = find_record(request, Site.objects, pk=pk)
    if request.method == "POST":
        actions.close_site(site=site, on=dates.today(), at=timezone.now(), by=request.actor)
        messages.success(request, f"{site.name} is closed. What was recorded there stays.")
    return redirect("settings:sites")


@access(Permission.SETTINGS_MANAGE)
@require_http_methods(["GET", "POST"])
def reopen_site(request, pk):
    site = find_record(request, Site.objects, pk=pk)
    if request.method == "POST":
        actions.reopen_site(site=site, at=timezone.now(), by=request.actor)
        messages.success(request, f"{site.name} is open again.")
    return redirect("settings:sites")
