"""One line of the batch grid: who, and what was done, on the day and at the site that stand above all lines."""

from django import forms

from ims.codelists import rules
from ims.core.forms import OnceForm

CONSENT = [("", "Known here"), ("yes", "New: Yes"), ("no", "New: No")]


class GridRow(OnceForm):
    """The base of each kind's own. An empty `who` with nothing else typed is an empty line."""

    who = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": "Enter who it was, for example ab050585m, or clear the line."},
    )
    consent = forms.ChoiceField(choices=CONSENT, required=False, label="New? Consent")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.empty_permitted, self.use_required_attribute = True, False

    def has_changed(self) -> bool:
        """Whether anything was typed into it: the name of its submission is no typing."""
        return any(
            self[name].field.has_changed(self[name].initial, self[name].data) for name in self._typed()
        )

    def _typed(self) -> list[str]:
        return [name for name in self.fields if not self.fields[name].widget.is_hidden]

    def cells(self):
        """The boxes in the order of the line; what is asked of somebody new comes last."""
        return sorted(self.visible_fields(), key=lambda field: field.name == "consent")

    def needs_the_latest(self) -> bool:
        """Whether the line can only be read with what the client had last."""
        return False

    def said(self, line) -> rules.Said | None:
        """What the line says, of what can be ruled; None where no rule is about this kind of contact."""
        return None

    def is_refused(self, line) -> bool:
        """Whether the rules of its day refuse the line; the line then says why."""
        said = self.said(line)
        found = rules.refusals(said, line.on) if said else []
        for refusal in found:
            self.add_error(refusal.field if refusal.field in self.fields else "who", refusal.words)
        return bool(found)

    def line(self, client, shared: dict, latest):
        """What the line says, of a client. `latest` is what they had last, None if nothing."""
        raise NotImplementedError
