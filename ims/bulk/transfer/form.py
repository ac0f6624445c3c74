"""The form of a service's secure file transfer."""

from django import forms
from django.db.models import Model

from ims.accounts.models import Membership
from ims.bulk.forms import ReadAsForm
from ims.bulk.models import Transfer
from ims.bulk.transfer.action import Setting
from ims.core.actor import Actor
from ims.core.forms import VersionedForm


class SenderField(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return membership.user.full_name


class TransferForm(VersionedForm, ReadAsForm):
    """Filled in with what is set now; before the first time switched off, in the name of whoever looks at it."""

    is_on = forms.ChoiceField(
        label="Files that come by secure file transfer",
        choices=[("yes", "Take them"), ("no", "Refuse them")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
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

    field_order = ("is_on", "layout", "profile", "membership", "applies_by_itself")

    def __init__(self, *args, held: Transfer | None, by: Actor, members, **options):
        initial = {**said_by(held), "expected_version": held.version} if held else _at_first(by)
        super().__init__(*args, initial=initial, **options)
        self.fields["membership"].queryset = members

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
