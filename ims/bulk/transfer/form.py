"""The form of a service's secure file transfer."""

from collections.abc import Sequence

from django import forms
from django.db.models import Model

from ims.accounts.models import Membership
from ims.bulk.forms import ProfileField
from ims.bulk.layout import Layout
from ims.bulk.models import Profile, Transfer
from ims.bulk.transfer.action import Setting
from ims.bulk.words import title_of
from ims.core.actor import Actor
from ims.core.forms import VersionedForm


class SenderField(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return membership.user.full_name


class TransferForm(VersionedForm):
    """Filled in with what is set now; before the first time switched off, in the name of whoever looks at it."""

    is_on = forms.ChoiceField(
        label="Files that come by secure file transfer",
        choices=[("yes", "Take them"), ("no", "Refuse them")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    layout = forms.ChoiceField(
        label="Layout of the files",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the layout that the columns of the files follow."},
    )
    profile = ProfileField(
        queryset=Profile.objects.none(),
        required=False,
        label="Mapping profile",
        empty_label="None: the headings are those of the layout",
        help_text="For files of another system, whose headings or words are not ours.",
    )
    membership = SenderField(
        queryset=Membership.objects.none(),
        label="In whose name they are recorded",
        empty_label=None,
        help_text="This person is told of each file by e-mail.",
        error_messages={"required": "Choose somebody."},
    )
    applies_by_itself = forms.ChoiceField(
        label="A file in which no row is rejected and which is not unusual",
        choices=[
            ("no", "It waits until somebody has looked at its check and confirms it"),
            ("yes", "It is recorded at once, and nobody looks at it first"),
        ],
        widget=forms.RadioSelect,
        help_text="Any other file waits in either case.",
        error_messages={"required": "Choose one of the two."},
    )

    def __init__(
        self, *args, held: Transfer | None, by: Actor, layouts: Sequence[Layout], profiles, members, **options
    ):
        initial = {**said_by(held), "expected_version": held.version} if held else _at_first(by)
        super().__init__(*args, initial=initial, **options)
        self.fields["layout"].choices = [(one.key, one.title) for one in layouts]
        self.fields["profile"].queryset = profiles
        self.fields["membership"].queryset = members

    def clean(self):
        profile, layout = self.cleaned_data.get("profile"), self.cleaned_data.get("layout")
        if profile and layout and profile.layout != layout:
            self.add_error(
                "profile",
                f"This profile is for the layout “{title_of(profile.layout)}”. Choose that layout, or another profile.",
            )

    def meant(self) -> Setting:
        said = self.cleaned_data
        return Setting(
            is_on=said["is_on"] == "yes",
            membership=said["membership"],
            layout=said["layout"],
            profile=said["profile"],
            applies_by_itself=said["applies_by_itself"] == "yes",
        )

    def _in_words(self, name: str, value) -> str:
        if isinstance(value, Model):
            return self.fields[name].label_from_instance(value)
        return super()._in_words(name, value)


def _at_first(by: Actor) -> dict:
    return {"is_on": "no", "applies_by_itself": "no", "membership": by.membership_id, "expected_version": 0}


def said_by(held: Transfer) -> dict:
    """What is set, by the names of the form."""
    said = vars(Setting.of(held))
    return {name: _answer(value) if isinstance(value, bool) else value for name, value in said.items()}


def _answer(value: bool) -> str:
    return "yes" if value else "no"
