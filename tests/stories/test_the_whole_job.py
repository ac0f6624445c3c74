"""The whole job without a browser's help: from a person nobody knows to a figure that counts them."""

from tests.makers import PASSWORD
from tests.stories.figures import everything_about, figures, people_in
from tests.stories.visitor import Visitor, by_password


def signs_in(world, actor) -> Visitor:
    visitor = Visitor()
    visitor.signs_in(by_password(world, actor), PASSWORD)
    return visitor


def test_a_person_comes_to_the_counter_and_is_counted(world):
    assert everything_about(figures(world), "Halton") == {"0", "not recorded"}
    pharmacist = signs_in(world, world.pharmacist)

    pharmacist.opens("/clients/")
    pharmacist.sends(wanted="zw170879f")
    pharmacist.presses("Register a new client")
    client = pharmacist.sends(consent="yes", postcode="wa7 1jd").path
    pharmacist.opens(f"{client}exchanges/new/")
    pharmacist.sends(drug="CRACK", item_SYR_FIXED_1="20", returned="15")
    pharmacist.opens(f"{client}brief-interventions/new/")
    pharmacist.sends(types=["SAFER_INJECTING"], minutes="10")

    record = pharmacist.opens(f"{client}detailed-record/").words
    for said in ("Initials ZW", "17/08/1979", "Halton", "20 × Fixed-needle insulin syringe 1 ml", "Crack cocaine",
                 "Safer injecting", "Held now: Yes."):  # fmt: skip
        assert said in record

    manager = signs_in(world, world.pharmacy_manager)
    manager.opens("/local-extract/")
    rows = manager.sends(what="syringe_exchange").records()
    assert [(row["needles"], row["returned"]) for row in rows if row["attributor"] == "ZW17081979F"] == [
        ("20", "15")
    ]

    page = figures(world)
    assert people_in(page, "Halton") == people_in(page, "Halton", "Injecting psychoactive drugs") == "*"


def test_a_person_who_says_no_at_the_counter_is_served_all_the_same_and_counted_nowhere(world):
    pharmacist = signs_in(world, world.pharmacist)

    pharmacist.opens("/clients/")
    pharmacist.sends(wanted="zw170879f")
    pharmacist.presses("Register a new client")
    client = pharmacist.sends(consent="no", postcode="wa7 1jd").path
    pharmacist.opens(f"{client}exchanges/new/")
    page = pharmacist.sends(drug="CRACK", item_SYR_FIXED_1="20")

    assert "Exchange saved." in page.said
    assert everything_about(figures(world), "Halton") == {"0", "not recorded"}
