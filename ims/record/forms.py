"""Choosing what the Local Extract holds."""

from django import forms

from clients.ims_id import is_ims_id, plain_ims_id
from ims.record.kinds import KINDS

CLIENTS, BATCHES = "clients", "batch_exchange"


class ExtractForm(forms.Form):
    what = forms.ChoiceField(
        label="What to download",
        choices=[
            (CLIENTS, "Clients"),
            *((kind.key, kind.plural) for kind in KINDS),
            (BATCHES, "Batch exchanges"),
        ],
        widget=forms.RadioSelect,
        initial=CLIENTS,
    )
    ims_id = forms.CharField(
        label="IMS ID, for one client only",
        required=False,
        max_length=14,
        help_text="Leave it empty for all clients. The IMS ID is on the client's page.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

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
