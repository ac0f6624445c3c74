"""The whole job by keyboard alone: from a person nobody knows to a figure that counts them."""

import csv

from tests.browser.reading import BY_PROVIDER, INDIVIDUALS, figure, words
from tests.browser.stage import STORY
from tests.makers import TODAY, an_exchange, the_dummy

pytestmark = STORY
CONSENT = "Does the client consent to their data being processed?"
PSYCHOACTIVE = "Injecting psychoactive drugs"


def _sees_figures_of_the_year(analyst):
    analyst.opens("/")
    analyst.follows("Reports")
    analyst.follows("From April 2026")


def _registers_a_person_nobody_has(pharmacist):
    pharmacist.follows("Find a client")
    pharmacist.types("Attributor, IMS ID or own reference", "zw170879f")
    pharmacist.goes_on_with("Enter")
    assert "Nobody found" in words(pharmacist.page)
    pharmacist.presses("Register a new client")
    pharmacist.chooses(CONSENT, "Yes")
    pharmacist.types("Postcode", "ch41 3rb")
    pharmacist.presses("Register")


def _records_an_exchange(pharmacist):
    pharmacist.follows("Record an exchange")
    pharmacist.picks("Drug at this visit", "Crack cocaine")
    pharmacist.types("Fixed-needle insulin syringe 1 ml", "20")
    pharmacist.types("Used equipment brought back (estimate)", "15")
    pharmacist.presses("Save exchange")


def _records_a_brief_intervention(pharmacist):
    pharmacist.follows("Record a brief intervention")
    pharmacist.ticks("Safer injecting")
    pharmacist.types("Minutes", "10")
    pharmacist.presses("Save brief intervention")


def test_a_person_nobody_knew_is_recorded_and_all_of_it_is_in_their_detailed_record(stage, at_keyboard):
    pharmacist = at_keyboard()
    pharmacist.signs_in("pharmacist")

    _registers_a_person_nobody_has(pharmacist)
    _records_an_exchange(pharmacist)
    _records_a_brief_intervention(pharmacist)
    pharmacist.follows("Client Detailed Record")

    record = words(pharmacist.page)
    for said in ("ZW", "17/08/1979", "CH41 3RB", "Wirral", "Held now: Yes", "15 June 2026: Syringe exchange",
                 "20 × Fixed-needle insulin syringe 1 ml", "Crack cocaine", "Safer injecting", "10 minutes"):  # fmt: skip
        assert said in record
    assert pharmacist.page.title() == "Client Detailed Record - IMS"


def test_the_manager_downloads_a_local_extract_with_the_person_in_it(stage, at_keyboard):
    client = stage.a_client("ZW17081979F", main_substance="CRACK")
    manager = at_keyboard()
    manager.signs_in("manager")

    manager.follows("Local Extract")
    manager.chooses("What to download", "Clients")
    file = manager.downloads("Download")

    rows = list(csv.DictReader(open(file.path(), encoding="utf-8-sig")))
    assert file.suggested_filename == "ims-clients-2026-06-15.csv"
    assert [(row["attributor"], row["ims_id"], row["consent"]) for row in rows] == [
        ("ZW17081979F", client.ims_id, "yes")
    ]


def test_the_thirteenth_person_moves_the_analysts_figure_and_who_said_no_never_does(stage, at_keyboard):
    stage.people_with_exchanges(12)
    stage.people_with_exchanges(5, consent=False)
    dummy = the_dummy(stage.actor("pharmacist"))
    an_exchange(stage.actor("pharmacist"), dummy, on=TODAY)
    analyst, pharmacist = at_keyboard(), at_keyboard()
    analyst.signs_in("analyst")
    _sees_figures_of_the_year(analyst)
    assert (
        figure(analyst.page, INDIVIDUALS, "Wirral") == "10"
    )  # 12; with any of the six others it would be 15

    pharmacist.signs_in("pharmacist")
    _registers_a_person_nobody_has(pharmacist)
    _records_an_exchange(pharmacist)
    _sees_figures_of_the_year(analyst)

    assert figure(analyst.page, INDIVIDUALS, "Wirral") == "15"  # 13
    assert figure(analyst.page, INDIVIDUALS, "Wirral", PSYCHOACTIVE) == "15"
    assert figure(analyst.page, INDIVIDUALS, "Not known") == "0"  # where the dummy would be
    assert figure(analyst.page, BY_PROVIDER, "Harbour Pharmacy", "Individuals") == "15"
    assert figure(analyst.page, BY_PROVIDER, "Harbour Pharmacy", "Needles") == "140"


def test_one_person_alone_is_not_shown_to_the_analyst(stage, at_keyboard):
    stage.people_with_exchanges(1)
    analyst = at_keyboard()
    analyst.signs_in("analyst")

    _sees_figures_of_the_year(analyst)

    assert figure(analyst.page, INDIVIDUALS, "Wirral") == "*"
    assert figure(analyst.page, INDIVIDUALS, "Liverpool") == "0"
