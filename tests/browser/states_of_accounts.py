"""States of pages about people who sign in, and what stands where a page cannot."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from ims.accounts import actions
from ims.accounts.models import User
from ims.accounts.roles import Role
from ims.record.views import pages
from reporting import views as reports
from reporting.reading import BeingRebuilt
from tests import makers
from tests.browser.gallery import LONG, LONG_NAMED
from tests.browser.states import open_at, press, state
from tests.makers import NOW, PASSWORD


def _person(role, provider=None, *, username, **details):
    return makers.a_person(role, provider, username=username, password=PASSWORD, **details)


def _signed_in(gallery, username, path="/"):
    return gallery.sign_in(gallery.new_browser().new_page(), username, path)


@state("signing in after the session ended in mid-form")
def sealed(gallery, patch):
    _person(Role.PROVIDER_STAFF, gallery.stage.members["pharmacist"].provider, username="sealed")
    page = _signed_in(gallery, "sealed", "/clients/new/")
    page.get_by_label("First name: initial").fill("Z")
    page.context.clear_cookies(name="ims")
    return press(page, "Register")


@state("a form that came back after signing in")
def refilled(gallery, patch):
    _person(Role.PROVIDER_STAFF, gallery.stage.members["pharmacist"].provider, username="refilled")
    page = _signed_in(gallery, "refilled", "/clients/new/")
    page.get_by_label("First name: initial").fill("Z")
    page.context.clear_cookies(name="ims")
    return gallery.say_who_it_is(press(page, "Register"), "refilled")


@state("locked out after five tries")
def locked_out(gallery, patch):
    page = open_at(gallery, "", "/sign-in/")
    for _ in range(6):
        if page.get_by_label("Username").count():
            gallery.say_who_it_is(page, "locked-out", "wrong")
    return page


@state("a link that was used")
def used_link(gallery, patch):
    return open_at(gallery, "", "/account/choose/?user=MQ&token=x")


@state("a password that is 60 days old")
def old_password(gallery, patch):
    user, _ = _person(Role.PHI_ANALYST, username="old-password")
    User.objects.filter(pk=user.pk).update(password_changed_at=NOW - timedelta(days=61))
    return _signed_in(gallery, "old-password")


@state("a person with two roles")
def two_roles(gallery, patch):
    user, _ = _person(Role.PHI_ANALYST, username="two-roles")
    service = gallery.stage.members[LONG_NAMED].provider
    actions.give_role(user=user, role=Role.PROVIDER_STAFF, provider=service, at=NOW, by=makers.an_officer())
    return _signed_in(gallery, "two-roles")


@state("a person with two roles who has chosen one")
def chosen_role(gallery, patch):
    page = _signed_in(gallery, "two-roles")
    return press(page, f"Provider staff at {LONG}")


@state("a person without any role")
def no_role(gallery, patch):
    _, membership = _person(Role.PHI_ANALYST, username="no-role")
    actions.end_membership(membership=membership, at=NOW, by=makers.an_officer())
    return _signed_in(gallery, "no-role")


@state("a colleague invited")
def invited(gallery, patch):
    page = open_at(gallery, LONG_NAMED, "/staff/invite/")
    page.get_by_label("Full name").fill(LONG)
    page.get_by_label("E-mail address").fill(f"{LONG[:60]}@{LONG[:60]}.org")
    page.get_by_label("Username").fill(LONG[:60])
    return press(page, "Send invitation")


@state("taking one's own access away")
def own_access(gallery, patch):
    own = gallery.stage.members["manager"].pk
    return press(open_at(gallery, "manager", f"/staff/{own}/deactivate/"), "Take access away")


@state("400: more fields than a form has")
def too_many_fields(gallery, patch):
    patch.setattr("django.conf.settings.DATA_UPLOAD_MAX_NUMBER_FIELDS", 2)
    return press(open_at(gallery, "", "/sign-in/"), "Sign in")


@state("403: a page of another role")
def forbidden(gallery, patch):
    return open_at(gallery, "pharmacist", "/staff/")


@state("403: a form that did not come from here")
def refused(gallery, patch):
    page = open_at(gallery, "", "/sign-in/")
    page.context.clear_cookies(name="ims-csrf")
    return press(page, "Sign in")


@state("404: an address that is none, for a stranger")
def absent(gallery, patch):
    return open_at(gallery, "", "/nothing-there/")


@state("404: a client that is not there")
def absent_client(gallery, patch):
    return open_at(gallery, LONG_NAMED, "/clients/00000000-0000-0000-0000-000000000000/")


@state("500: a fault of ours")
def fault(gallery, patch):
    patch.setattr(pages, "page_of", lambda *_, **__: 1 / 0)
    return open_at(gallery, "pharmacist", gallery.clients["pharmacist"].get_absolute_url())


@state("503: figures being rebuilt")
def being_rebuilt(gallery, patch):
    def rebuilt(start):
        raise BeingRebuilt

    patch.setattr(reports, "figures_of", rebuilt)
    return open_at(gallery, "analyst", "/reports/year/2026/")


@state("the figures of a year without any")
def no_figures(gallery, patch):
    return open_at(gallery, "analyst", "/reports/year/2016/")


@state("nobody signed in any more")
def ended(gallery, patch):
    _person(Role.PHI_ANALYST, username="ended")
    page = _signed_in(gallery, "ended")
    Session.objects.filter(session_key=_key(page)).delete()
    page.goto("/reports/")
    return page


def _key(page):
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "ims")
