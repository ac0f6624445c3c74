"""The forms of accounts: signing in, passwords, own details, staff, providers."""

from django import forms
from django.contrib.auth import password_validation

from ims.accounts.actions import Person
from ims.accounts.models import User
from ims.accounts.roles import PROVIDER_ROLES, Role
from ims.core.forms import DayField, OnceForm
from ims.geography.models import Authority
from ims.providers.models import Kind, Module


def _password(label, autocomplete, **options):
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "govuk-input--width-20"})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=128, **options)


class SignInForm(forms.Form):
    username = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "class": "govuk-input--width-20"}),
        error_messages={"required": "Enter your username."},
    )
    password = _password("Password", "current-password", error_messages={"required": "Enter your password."})
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    sealed = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_username(self):
        return self.cleaned_data["username"].strip().lower()


class NewPasswordForm(forms.Form):
    new_password = _password(
        "New password",
        "new-password",
        help_text="At least 12 characters, with three of: a small letter, a capital letter, a digit, another sign. "
        "Not your name, and none of your last ten passwords.",
    )
    new_password_again = _password("New password again", "new-password")

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_new_password(self):
        password_validation.validate_password(self.cleaned_data["new_password"], self.user)
        return self.cleaned_data["new_password"]

    def clean(self):
        first, again = self.cleaned_data.get("new_password"), self.cleaned_data.get("new_password_again")
        if first and again and first != again:
            self.add_error("new_password_again", "The two passwords differ. Type the new one twice.")


class ChangePasswordForm(NewPasswordForm):
    old_password = _password("Password you use now", "current-password")
    field_order = ("old_password", "new_password", "new_password_again")

    def clean_old_password(self):
        if not self.user.check_password(self.cleaned_data["old_password"]):
            raise forms.ValidationError("That is not the password you use now.")
        return self.cleaned_data["old_password"]


class ForgottenForm(forms.Form):
    username = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))


class DetailsForm(forms.Form):
    full_name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    wants_email = forms.BooleanField(
        required=False,
        label="Send me occasional e-mails with reports and updates",
        help_text="E-mails about your account come in any case.",
    )


class PersonForm(OnceForm):
    """A person to be invited: name, e-mail and the username they will sign in with."""

    full_name = forms.CharField(max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="The invitation goes there.")
    username = forms.RegexField(
        r"^[a-zA-Z0-9.@_-]{3,60}\Z",
        help_text="Letters, digits and . @ _ -",
        error_messages={"invalid": "Use 3 to 60 letters, digits and . @ _ - only."},
    )

    def clean_username(self):
        return self.cleaned_data["username"].lower()

    def person(self) -> Person:
        typed = self.cleaned_data
        return Person(typed["username"], typed["full_name"], typed["email"])

    def explain_username_taken(self) -> None:
        self.add_error("username", "That username is taken. Choose another.")


class InviteForm(PersonForm):
    role = forms.ChoiceField(
        choices=[(role.value, Role(role).label) for role in PROVIDER_ROLES],
        widget=forms.RadioSelect,
        initial=Role.PROVIDER_STAFF,
    )


class OpenProviderForm(PersonForm):
    """A new provider with its first manager."""

    code = forms.RegexField(
        r"^[A-Z]{3}[0-9]{4}\Z",
        label="Provider code",
        help_text="Three letters of the authority and four digits, for example WIR2022",
        error_messages={"invalid": "Enter three capital letters and four digits, for example WIR2022."},
    )
    name = forms.CharField(label="Name of the provider", max_length=120)
    kind = forms.ChoiceField(choices=Kind, widget=forms.RadioSelect)
    authority_code = forms.ChoiceField(label="Authority of the service")
    modules = forms.MultipleChoiceField(
        choices=Module, widget=forms.CheckboxSelectMultiple, label="What it records"
    )
    opened_on = DayField(label="Opened on", future=True)
    field_order = (
        "code",
        "name",
        "kind",
        "authority_code",
        "modules",
        "opened_on",
        "full_name",
        "email",
        "username",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        areas = Authority.objects.filter(in_area=True).order_by("name").values_list("code", "name")
        self.fields["authority_code"].choices = [("", "Choose one"), *areas]
        self.fields["full_name"].label = "Full name of the first manager"

    def explain_code_taken(self) -> None:
        self.add_error("code", "A provider with this code exists. Look in the list of providers.")
