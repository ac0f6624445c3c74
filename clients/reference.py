"""What is recorded of a client, for the public reference page."""

from ims.codelists.reference import Field

FIELDS = [
    Field("Client", "ims_id", "IMS ID", "An anonymous code to quote; says nothing about the person.", "10 characters"),
    Field("Client", "first_initial", "First name: initial", "Part of the attributor.", "One letter"),
    Field("Client", "last_initial", "Last name: initial", "Part of the attributor.", "One letter"),
    Field("Client", "date_of_birth", "Date of birth", "Part of the attributor; ages 10 to 110.", "Day, month, year"),
    Field("Client", "sex", "Sex", "Part of the attributor.", "Code", list_key="sex"),
    Field(
        "Client", "attributor", "Attributor", "Initials, date of birth and sex in one.", "AB05051985M", source="derived"
    ),
    Field(
        "Client", "dummy", "Dummy attributor", "Stands for everybody who objects; counted nowhere.", "Yes or no"
    ),
    Field("Client", "consent", "Consent to process data", "No: seen by the service alone, in no report.", "Yes or no"),
    Field("Client", "consent_how", "How consent was said", "Kept with each decision.", "Code", list_key="consent_how"),
    Field("Client", "postcode", "Postcode", "Where the person lives; gives the authority.", "Full postcode"),
    Field("Client", "ethnicity", "Ethnicity", "As the person states it.", "Code", list_key="ethnicity"),
    Field("Client", "nationality", "Nationality", "As the person states it.", "Code", list_key="nationality"),
    Field(
        "Client", "own_reference", "Own reference", "The service's own; tells apart two people.", "Text", source="added"
    ),
    Field(
        "Client", "main_substance", "Main substance", "The drug mainly used.", "Code",
        list_key="substance", module="substances", source="added",
    ),
    Field(
        "Client", "route", "Usual route", "How the main substance is taken.", "Code",
        list_key="route", module="substances", source="added",
    ),
    Field(
        "Client", "injecting_status", "Injecting status", "Now, before, or never.", "Code",
        list_key="injecting_status", module="substances", source="added",
    ),
]  # fmt: skip
