from django.urls import path

from ims.accounts.views import details, drafts, passwords, providers, sessions, staff

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sessions.sign_in, name="sign_in"),
    path("sign-out/", sessions.sign_out, name="sign_out"),
    path("switch/", sessions.switch, name="switch"),
    path("drafts/", drafts.keep, name="drafts"),
    path("drafts/forget/", drafts.forget, name="forget_draft"),
    path("stay/", drafts.stay, name="stay"),
    path("account/details/", details.details, name="details"),
    path("account/password/", passwords.change_password, name="change_password"),
    path("account/forgotten/", passwords.forgotten, name="forgotten"),
    path("account/choose/", passwords.choose_password, name="choose_password"),
    path("staff/", staff.staff, name="staff"),
    path("staff/invite/", staff.invite, name="invite"),
    path("staff/<int:pk>/deactivate/", staff.deactivate, name="deactivate"),
    path("providers/", providers.providers, name="providers"),
    path("providers/open/", providers.open_provider, name="open_provider"),
]
