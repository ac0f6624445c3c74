"""Choosing what the Local Extract holds."""

from django import forms

from clients.ims_id import is_ims_id, plain_ims_id
from ims.core.actor import Actor
from ims.providers.models import Module
from ims.record.kinds import recorded_by

CLIENTS, BATCHES = "clients", "batch_exchange"


class ExtractForm(forms.Form):
    """Offers what the actor's service records, and takes nothing else."""

    what = forms.ChoiceField(
        label="What to download",
        widget=forms.RadioSelect,
        initial=CLIENTS,
        error_messages={"invalid_choice": "Your service does not record that. Choose something else."},
    )
    ims_id = forms.CharField(
        label="IMS ID, for one client only",
        required=False,
        max_length=14,
        help_text="Leave it empty for all clients. The IMS ID is on the client's page.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def __init__(self, *args, actor: Actor, **options):
        super().__init__(*args, **options)
        batches = [(BATCHES, "Batch exchanges")] if Module.SYRINGE_EXCHANGE in actor.modules else []
        kinds = [(kind.key, kind.plural) for kind in recorded_by(actor)]
        self.fields["what"].choices = [(CLIENTS, "Clients"), *kinds, *batches]

    def clean_ims_id(self):
        text = self.cleaned_data["ims_id"]
        if text and not is_ims_id(text):
            raise forms.ValidationError(
                "That is no IMS ID: one sign is wrong. Check it against the client's page."
            )
        return plain_ims_id(text)

    def clean(self):
        if self.cleaned_data.get("ims_id") and self.cleaned_data.get("what") == BATCHES:
            self.add_error("ims_id", "Batch exchanges have no client. Leave the IMS ID empty.")
