"""The forms of a referral in, a referral out, and of what became of one."""

from django import forms

from clients.attributor import Attributor
from clients.forms import RegisterForm
from clients.models.consent import How
from ims.codelists import lists
from ims.core import dates
from ims.providers.models import Provider
from interventions.forms import ContactForm, held_by
from referrals.actions import Incoming, Outgoing
from referrals.models import ReferralIn, ReferralOut
from referrals.states import State

AGREED = {"yes": True, "no": False, "": None}
AS_SENT = ("on", "site", "reason", "partner", "agreed", "agreed_how")  # what a partner was told stays so
NOT_TOLD = "The partner cannot be told of somebody who has not agreed. Ask the client, or choose where else they were sent."
NOT_THAT_PERSON = (
    "A referral is accepted for the person who was referred, who is shown above. If anything of it is wrong, "
    "accept the referral and correct the client afterwards. Nothing is saved yet."
)
SAID_NO = (
    "This client said No to their data being processed, so no service on the system may be told of them. "
    "If they have changed their mind, record their consent first; or choose where else they were sent."
)


class ReferralInForm(ContactForm):
    source = forms.ChoiceField(
        label="Referred by", error_messages={"required": "Choose where the client was referred from."}
    )
    reason = forms.ChoiceField(required=False)
    field_order = ("on", "source", "reason", "site", "note")
    CODED = {"source": "referral_source", "reason": "referral_reason"}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["on"].label = "Date of referral"
        if self.held.get("from_service"):
            self.fields["source"].required = False
            self.fields["source"].help_text = f"It came from {self.held['from_service']} on this system"

    def lines(self, client) -> list[Incoming]:
        typed = self.cleaned_data
        return [Incoming(**self.shared(client), source=typed["source"], reason=typed["reason"])]


def held_in(referral: ReferralIn) -> dict:
    """What a referral in says, by the names of the form."""
    return {
        **held_by(referral),
        "source": referral.source,
        "reason": referral.reason,
        "from_service": referral.from_service,
    }


class ReferralOutForm(ContactForm):
    """`partners` are the same for every client. `consenting`: whether this client said Yes to their data being processed."""

    reason = forms.ChoiceField(error_messages={"required": "Choose why the client is referred."})
    partner = forms.ModelChoiceField(
        queryset=Provider.objects.none(),
        required=False,
        label="To a service on this system",
        empty_label="None of them",
        help_text="It sees your service, the day, the reason, an age band and the sex; the rest the client tells it.",
    )
    destination = forms.ChoiceField(required=False, label="Or to somewhere else")
    agreed = forms.ChoiceField(
        required=False,
        label="Did the client agree to the service being told?",
        choices=[("yes", "Yes"), ("no", "No"), ("", "Not asked")],
        initial="",
        widget=forms.RadioSelect(attrs={"data-inline": True}),
    )
    agreed_how = forms.ChoiceField(
        required=False, label="How was it said?", choices=[("", "Not asked"), *How.choices]
    )
    field_order = ("on", "reason", "partner", "destination", "agreed", "agreed_how", "site", "note")
    CODED = {"reason": "referral_reason", "destination": "referral_destination"}

    def __init__(self, *args, partners, consenting: bool, **options):
        super().__init__(*args, **options)
        self.consenting = consenting
        self.fields["on"].label = "Date of referral"
        self.fields["partner"].queryset = partners
        if self.held.get("partner"):
            self._of_a_partner(self.held["partner"])
        elif self.held or not partners:
            del self.fields["partner"]

    def _of_a_partner(self, partner: Provider) -> None:
        del self.fields["destination"]
        self.fields["partner"] = forms.ChoiceField(
            label="To", choices=[(partner.pk, self.held["to_service"])], required=False
        )
        self.initial["partner"] = partner.pk
        for name in AS_SENT:
            if name in self.fields:
                self.fields[name].disabled = True
        self.fields["note"].help_text = (
            "The note can be changed; what the other service was told stays as it was sent. "
            "If it was wrong, withdraw the referral and send another. Never name anyone here."
        )

    def clean(self):
        typed = super().clean() or self.cleaned_data
        if not self.held.get("partner"):
            self._refuse_both_or_neither(typed)
        if typed.get("agreed") == "yes" and not typed.get("agreed_how"):
            self.add_error("agreed_how", "Choose whether the client agreed in speech or in writing.")
        if typed.get("partner") and not self.held:
            self._refuse_to_share(typed)
        return typed

    def _refuse_both_or_neither(self, typed: dict) -> None:
        if bool(typed.get("partner")) == bool(typed.get("destination")) and "partner" not in self.errors:
            self.add_error(
                "partner" if "partner" in self.fields else "destination",
                "Choose either a service on this system or somewhere else, one of the two.",
            )

    def _refuse_to_share(self, typed: dict) -> None:
        if not self.consenting:
            self.add_error("partner", SAID_NO)
        elif typed.get("agreed") != "yes":
            self.add_error("agreed", NOT_TOLD)

    def explain_conflict(self, current, version) -> None:
        """Of what a partner has, the note alone can differ."""
        if self.held.get("partner"):
            current = {"note": current["note"]}
        super().explain_conflict(current, version)

    def lines(self, client) -> list[Outgoing]:
        typed = self.cleaned_data
        agreed = AGREED[typed["agreed"]]
        return [
            Outgoing(
                **self.shared(client),
                reason=typed["reason"],
                destination=typed.get("destination", ""),
                partner=self.held.get("partner") or typed.get("partner"),
                agreed_to_share=agreed,
                agreed_how=typed["agreed_how"] if agreed else "",
            )
        ]


def held_out(referral: ReferralOut) -> dict:
    """What a referral out says, by the names of the form."""
    agreed = {value: name for name, value in AGREED.items()}[referral.agreed_to_share]
    return {
        **held_by(referral),
        "reason": referral.reason,
        "partner": referral.partner,
        "to_service": referral.to_service,
        "destination": referral.destination,
        "agreed": agreed,
        "agreed_how": referral.agreed_how,
    }


class OutcomeForm(forms.Form):
    """The next state, among those that the table gives to this side."""

    state = forms.ChoiceField(
        label="What became of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of the referral."},
    )
    decline_reason = forms.ChoiceField(required=False, label="If declined, why?")

    def __init__(self, *args, states: list[State], **options):
        super().__init__(*args, **options)
        self.fields["state"].choices = [(state.value, state.label) for state in states]
        if State.DECLINED not in states:
            del self.fields["decline_reason"]
            return
        codes = lists.choices("decline_reason", dates.today())
        self.fields["decline_reason"].choices = [("", "Not declined"), *codes]
        if len(states) == 1:
            self._declines()

    def _declines(self) -> None:
        """Where declining is all that the form can say."""
        self.fields["state"].widget = forms.HiddenInput()
        self.fields["state"].initial = State.DECLINED
        self.fields["decline_reason"].label = "Why is it declined?"
        self.fields["decline_reason"].choices[0] = ("", "Choose a reason")

    def clean(self):
        typed = super().clean() or self.cleaned_data
        if typed.get("state") == State.DECLINED and not typed.get("decline_reason"):
            self.add_error("decline_reason", "Choose why it is declined: the other side is told the reason.")
        return typed

    def outcome(self) -> dict:
        typed = self.cleaned_data
        return {"state": State(typed["state"]), "decline_reason": typed.get("decline_reason", "")}


class AcceptForm(RegisterForm):
    """Taking on the person who was referred: who that is stands fixed, and comes back so that a change is noticed.

    `like`: clients of ours that the page shows from the start.
    """

    IDENTITY = ("first_initial", "last_initial", "date_of_birth", "sex")

    def __init__(self, *args, person: Attributor, like: bool, **options):
        self.person = person
        self.told = {
            "first_initial": person.first_initial,
            "last_initial": person.last_initial,
            "date_of_birth": f"{person.born:%d/%m/%Y}",
            "sex": person.sex,
        }
        super().__init__(*args, initial={**self.told, "sure": person.text() if like else ""}, **options)
        for name in self.IDENTITY:
            self.fields[name].widget = forms.HiddenInput()

    def clean(self):
        super().clean()
        if set(self.IDENTITY) & self.errors.keys() or self.attributor() != self.person:
            self.add_error(None, NOT_THAT_PERSON)
            self.data = self.data.copy()
            for name, value in self.told.items():
                self.data[self.add_prefix(name)] = value
                self.errors.pop(name, None)
