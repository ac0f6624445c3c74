"""What is recorded of referrals, for the public reference page."""

from ims.codelists.reference import Field

# fmt: off
FIELDS = [
    Field("Referral in", "on", "Date of referral", "Never in the future.", "Day, month, year", module="referral_in"),
    Field("Referral in", "site", "Site", "Where the service worked.", "One of its sites",
          module="referral_in", source="added"),
    Field("Referral in", "source", "Referred by", "Empty where it came through the system.", "Code",
          list_key="referral_source", module="referral_in", source="added"),
    Field("Referral in", "from_service", "Service", "The service on the system that sent it.", "Text",
          module="referral_in", source="derived"),
    Field("Referral in", "reason", "Reason", "Why the person was sent.", "Code",
          list_key="referral_reason", module="referral_in", source="added"),
    Field("Referral in", "note", "Note", "Never reported, never extracted to analysts.", "Text",
          module="referral_in", source="added"),
    Field("Referral out", "on", "Date of referral", "Never in the future.", "Day, month, year", module="referral_out"),
    Field("Referral out", "site", "Site", "Where the service worked.", "One of its sites",
          module="referral_out", source="added"),
    Field("Referral out", "to_service", "To a service on the system", "Or somewhere else, one of the two.", "A service",
          module="referral_out", source="added"),
    Field("Referral out", "destination", "Somewhere else", "Where else the person was sent.", "Code",
          list_key="referral_destination", module="referral_out", source="added"),
    Field("Referral out", "reason", "Reason", "Why the person is sent.", "Code",
          list_key="referral_reason", module="referral_out", source="added"),
    Field("Referral out", "agreed_to_share", "Agreed to the service being told", "Yes, for a service on the system.",
          "Yes, no or not asked", module="referral_out", source="added"),
    Field("Referral out", "agreed_how", "How it was agreed", "Spoken or written.", "Code",
          list_key="consent_how", module="referral_out", source="added"),
    Field("Referral out", "state", "State", "Each step is kept with its moment.",
          "Sent, seen, accepted, declined, attended, did not attend, closed or withdrawn",
          module="referral_out", source="added"),
    Field("Referral out", "state_on", "State since", "The day of its latest step.", "Day, month, year",
          module="referral_out", source="derived"),
    Field("Referral out", "decline_reason", "Why it was declined", "Told to the sender.", "Code",
          list_key="decline_reason", module="referral_out", source="added"),
    Field("Referral out", "note", "Note", "Never reported, never told to the other service.", "Text",
          module="referral_out", source="added"),
]
# fmt: on
