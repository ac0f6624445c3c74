"""What people type by mistake: each slip has its own words, nothing is saved, and nothing typed is lost."""

from clients.models import Client
from interventions.models import BriefIntervention, SyringeExchange
from tests.stories.visitor import at_work

PERSON = {
    "first_initial": "P",
    "last_initial": "Q",
    "date_of_birth": "1/2/1990",
    "sex": "F",
    "consent": "yes",
}
NUL = "Null characters are not allowed."
QUANTITY = "Fixed-needle insulin syringe 1 ml"
WHOLE = "Enter a whole number, 0 or more."

REGISTRATION = [
    ({"first_initial": "1"}, "First name: initial: Enter one letter from A to Z."),
    ({"first_initial": "É"}, "First name: initial: Enter one letter from A to Z."),
    ({"last_initial": "QR"}, "Last name: initial: Ensure this value has at most 1 character (it has 2)."),
    ({"last_initial": ""}, "Last name: initial: This field is required."),
    ({"date_of_birth": "31/2/1990"}, "Date of birth: There is no such day as 31/2/1990. Check the day and the month."),
    ({"date_of_birth": "1/13/1990"}, "Date of birth: There is no such day as 1/13/1990. Check the day and the month."),
    ({"date_of_birth": "soon"}, "Date of birth: Enter a date as day, month and year, for example 5/5/1985 or 050585."),
    ({"date_of_birth": "1/2/٢٠٠٠"}, "Date of birth: Enter a date as day, month and year, for example 5/5/1985 or 050585."),
    ({"date_of_birth": "16/6/2026"}, "Date of birth: 16/06/2026 is in the future. Enter today or an earlier day."),
    (
        {"date_of_birth": "16/6/2016"},
        "Date of birth: 16/06/2016 makes the person 9 years old. Check the year; ages are 10 to 110.",
    ),
    (
        {"date_of_birth": "15/6/1915"},
        "Date of birth: 15/06/1915 makes the person 111 years old. Check the year; ages are 10 to 110.",
    ),
    ({"postcode": "L1"}, "Postcode: Enter the whole postcode, for example L1 0AA. The first half alone does not tell the authority."),
    ({"postcode": "banana"}, "Postcode: Enter a full postcode, for example L1 0AA: one or two letters, a number, a space, then a number and two letters."),
    ({"own_reference": "r" * 41}, "Your own reference: Ensure this value has at most 40 characters (it has 41)."),
    ({"own_reference": "r\x007"}, f"Your own reference: {NUL}"),
]  # fmt: skip

EXCHANGES = [
    ({"on": "31/2/2026"}, "Date of contact: There is no such day as 31/2/2026. Check the day and the month."),
    ({"on": "16/6/2026"}, "Date of contact: 16/06/2026 is in the future. Enter today or an earlier day."),
    ({"on": ""}, "Date of contact: Enter a date, for example 27/3/2026."),
    (
        {"on": "10/5/2025"},
        "Date of contact: 10/05/2025 is too long ago: your service records back to 11/05/2025. "
        "Check the year, or ask your manager.",
    ),
    ({"item_SYR_FIXED_1": "-5"}, f"{QUANTITY}: {WHOLE}"),
    ({"item_SYR_FIXED_1": "1o"}, f"{QUANTITY}: {WHOLE}"),
    ({"item_SYR_FIXED_1": "2.5"}, f"{QUANTITY}: {WHOLE}"),
    ({"item_SYR_FIXED_1": "1,5"}, f"{QUANTITY}: {WHOLE}"),
    ({"item_SYR_FIXED_1": "١٠"}, f"{QUANTITY}: {WHOLE}"),
    ({"item_SYR_FIXED_1": "1e3"}, f"{QUANTITY}: {WHOLE}"),
    ({"item_SYR_FIXED_1": "100001"}, f"{QUANTITY}: Enter a number up to 100,000."),
    ({"item_SYR_FIXED_1": "9" * 30}, f"{QUANTITY}: {WHOLE}"),
    ({"returned": "-1"}, f"Used equipment brought back (estimate): {WHOLE}"),
    ({"note": "n" * 501}, "Note: Ensure this value has at most 500 characters (it has 501)."),
    ({"note": "a\x00b"}, f"Note: {NUL}"),
]  # fmt: skip


def registers(world, **typed):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens_afresh("/clients/new/")
    return pharmacist.sends(**{**PERSON, **typed})


def test_a_slip_in_registering_is_said_and_stays_to_be_mended(world, subtests):
    for typed, why in REGISTRATION:
        with subtests.test(**typed):
            page = registers(world, **typed)

            assert page.problems == [why]
            assert page.status == 422
            assert {**PERSON, **typed}.items() <= page.typed.items()
    assert not Client.objects.filter(first_initial="P").exists()


def test_a_slip_in_an_exchange_is_said_and_stays_to_be_mended(world, subtests):
    before = SyringeExchange.objects.count()
    pharmacist = at_work(world, world.pharmacist)
    rest = {"item_FOIL": "2", "place": "GYM"}
    for typed, why in EXCHANGES:
        with subtests.test(**typed):
            pharmacist.opens_afresh(f"{world.client.get_absolute_url()}exchanges/new/")
            page = pharmacist.sends(**rest, **typed)

            assert page.problems == [why]
            assert page.status == 422
            assert {**rest, **typed}.items() <= page.typed.items()
    assert SyringeExchange.objects.count() == before


INTERVENTIONS = [
    ({"types": ["ADVICE", "DANCE"]}, "What was done: “DANCE” is not on the list. Choose one that is."),
    ({"minutes": "-5"}, f"Minutes: {WHOLE}"),
    ({"minutes": "an hour"}, f"Minutes: {WHOLE}"),
    ({"on": "16/6/2026"}, "Date of contact: 16/06/2026 is in the future. Enter today or an earlier day."),
]  # fmt: skip


def test_a_slip_in_a_brief_intervention_is_said_and_stays_to_be_mended(world, subtests):
    before = BriefIntervention.objects.count()
    pharmacist = at_work(world, world.pharmacist)
    rest = {"types": ["WOUND"], "note": "Talked"}
    for typed, why in INTERVENTIONS:
        with subtests.test(**typed):
            pharmacist.opens_afresh(f"{world.client.get_absolute_url()}brief-interventions/new/")
            page = pharmacist.sends(**{**rest, **typed})

            assert page.problems == [why]
            assert page.typed["note"] == "Talked"
    assert BriefIntervention.objects.count() == before


def test_every_slip_of_a_form_is_said_at_once_each_beside_its_box(world):
    page = registers(world, first_initial="", date_of_birth="31/2/1990", postcode="banana", consent=[])

    assert len(page.problems) == 4
    for box in ("id_first_initial", "id_date_of_birth", "id_postcode", "id_consent"):
        assert len(page.document.all(id=f"{box}_error")) == 1
    links = [link.attrs["href"] for link in page.document.of_class("govuk-error-summary__list")[0].all("a")]
    assert links == ["#id_first_initial", "#id_date_of_birth", "#id_consent_0", "#id_postcode"]


def test_a_postcode_that_no_list_holds_is_saved_with_a_warning(world):
    page = registers(world, postcode="L99 9ZZ")

    assert "Client registered." in page.said
    assert "The postcode is well formed but is in no list we hold. It is saved; check it" in page.said
    assert Client.objects.get(first_initial="P").postcode == "L99 9ZZ"

    page = registers(world, last_initial="R", postcode="CH41 3RB")

    assert "in no list we hold" not in page.said


def test_a_postcode_is_mended_where_only_one_reading_is_possible(world):
    registers(world, postcode=" ch4i 3rb")

    assert Client.objects.get(first_initial="P").postcode == "CH41 3RB"


def test_an_age_at_either_end_is_taken(world):
    registers(world, date_of_birth="15/6/2016")
    registers(world, last_initial="R", date_of_birth="16/6/1915")

    assert Client.objects.filter(first_initial="P").count() == 2


def test_a_correction_is_held_to_the_same_rules(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens_afresh(f"{world.client.get_absolute_url()}correct/")

    page = pharmacist.sends(date_of_birth="16/6/2016", postcode="banana", own_reference="R 7")

    assert len(page.problems) == 2
    assert (page.typed["postcode"], page.typed["own_reference"]) == ("banana", "R 7")
    world.client.refresh_from_db()
    assert (world.client.own_reference, world.client.version) == ("", 1)


def test_a_form_that_was_tampered_with_is_refused_with_words_and_not_with_a_fault(world):
    page = registers(world, submission_id="7")
    assert page.problems == ["Hidden field submission_id: Enter a valid UUID."]

    page = registers(world, sex="X", ethnicity="ZZZ")
    assert page.problems == [
        "Sex: “X” is not on the list. Choose one that is.",
        "Ethnicity: “ZZZ” is not on the list. Choose one that is.",
    ]

    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens_afresh(f"{world.client.get_absolute_url()}consent/")
    page = pharmacist.sends(consent="no", expected_version="x")

    assert page.problems == ["Hidden field expected_version: Enter a whole number."]


def test_odd_things_in_the_search_box_find_nobody_and_break_nothing(world):
    pharmacist = at_work(world, world.pharmacist)
    for wanted in ("%", "_", "'; DROP TABLE clients_client; --", "<script>", "=1+1", "ﷺ", "0" * 40):
        pharmacist.opens_afresh("/clients/")
        page = pharmacist.sends(wanted=wanted)

        assert "Nobody found" in page.words, wanted
        assert page.typed["wanted"] == wanted
    for wanted in ("", "a\x00b", "x" * 41):
        pharmacist.opens_afresh("/clients/")
        assert pharmacist.sends(wanted=wanted).status == 422


def test_what_looks_like_markup_is_shown_as_it_was_typed(world):
    markup = '<script>alert("x")</script>'
    client = registers(world, own_reference=markup).path
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens_afresh(f"{client}exchanges/new/")
    saved = pharmacist.sends(item_FOIL="2", note=markup)

    for page in (
        saved,
        pharmacist.opens_afresh(f"{client}detailed-record/"),
        pharmacist.opens_afresh(f"{client}correct/"),
    ):
        assert markup in page.words or page.typed["own_reference"] == markup
        assert markup not in page.body


def test_more_than_anybody_types_is_refused_with_words(world):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens_afresh(f"{world.client.get_absolute_url()}exchanges/new/")

    page = pharmacist.sends(item_FOIL="2", note="n" * 3_000_000)

    assert page.status == 400
    assert "Nothing was saved. Go back, check what you entered and send it again." in page.words
