"""How a person is: asked at first, at a review, at the end. Not asked, declined and 0 are three different things."""

from datetime import timedelta

import pytest

from clients.actions import delete_client
from ims.codelists.instruments import in_force, instrument
from interventions.models import WellbeingAssessment
from tests.makers import NOW, TODAY, a_client, an_assessment
from tests.stories.deleting import delete
from tests.stories.visitor import at_work

ONS4 = "Personal well-being (ONS4)"


def records(world, client=None, **typed):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{(client or world.client).get_absolute_url()}wellbeing/new/")
    pharmacist.sends(**{"stage": "review", **typed})
    return pharmacist


def latest() -> WellbeingAssessment:
    return WellbeingAssessment.objects.order_by("pk").last()


def test_what_was_answered_is_kept_and_what_was_not_asked_is_not_there(world):
    page = records(
        world,
        ons4__satisfied="0",
        ons4__anxious="d",
        ons4__happy="10",
        accommodation="ROUGH",
        employment="12",
    ).page

    assert "Wellbeing assessment saved." in page.said
    assert latest().answers == {"ons4": {"satisfied": 0, "anxious": "declined", "happy": 10}}
    assert (latest().stage, latest().accommodation, latest().employment) == ("review", "ROUGH", "12")


@pytest.mark.parametrize("typed", ["D", "d", "declined", "Declined"])
def test_declined_is_typed_as_a_letter_or_a_word(world, typed):
    records(world, ons4__satisfied=typed)

    assert latest().answers == {"ons4": {"satisfied": "declined"}}


@pytest.mark.parametrize("typed", ["11", "-1", "7.5", "x", "07x", "99999"])
def test_what_is_no_answer_is_refused_and_stays_in_its_box(world, typed):
    page = records(world, ons4__satisfied=typed, ons4__happy="D").page

    assert page.problems == [
        "Life satisfaction: Enter a number from 0 to 10, D if the person declined, or leave it empty if not asked."
    ]
    assert (page.typed["ons4__satisfied"], page.typed["ons4__happy"]) == (typed, "D")


def test_the_stage_has_to_be_said(world):
    assert records(world, stage="").page.problems == ["Stage: Choose first, review or exit."]


def test_each_instrument_says_once_how_it_is_filled_in(world):
    pharmacist = at_work(world, world.pharmacist)

    words = pharmacist.opens(f"{world.client.get_absolute_url()}wellbeing/new/").words

    assert words.count("A whole number from 0 to 10, D if the person declined, empty if not asked.") == 1
    assert words.count("A whole number from 0 to 20, D if the person declined, empty if not asked.") == 1


@pytest.mark.parametrize("key", [one.key for one in in_force(TODAY)])
def test_where_an_instrument_is_filled_in_it_says_whose_it_is_and_on_what_terms(world, key):
    switched_on(world, key)
    pharmacist = at_work(world, world.pharmacist)

    page = pharmacist.opens(f"{world.client.get_absolute_url()}wellbeing/new/")

    one = instrument(key, TODAY)
    (said,) = [text.words() for text in page.document.of_class("ims-attribution")]
    assert said == f"{one.citation} {one.licence} The words shown are our own."


def test_an_instrument_that_is_switched_on_takes_yes_and_no(world):
    switched_on(world, "top_days")

    records(world, top_days__alcuse="28", top_days__sharing="N", top_days__assault="declined")

    assert latest().answers == {"top_days": {"alcuse": 28, "sharing": "N", "assault": "declined"}}


def test_an_item_of_audit_that_skips_numbers_says_which_it_takes(world):
    switched_on(world, "audit")

    page = records(world, audit__q9="3").page

    assert page.problems == [
        "Injury: Enter 0, 2 or 4, D if the person declined, or leave it empty if not asked."
    ]


def switched_on(world, *keys):
    world.riverside.instruments = list(keys)
    world.riverside.save(update_fields=["instruments"])


@pytest.mark.parametrize(
    ("answer", "in_the_box", "in_words", "in_the_file"),
    [(None, "", "not asked", ""), ("declined", "D", "declined", "declined"), (0, "0", "0 (low)", "0")],
)
def test_not_asked_declined_and_nought_are_three_things_wherever_it_is_read(
    world, answer, in_the_box, in_words, in_the_file
):
    answers = {"happy": 7} if answer is None else {"happy": 7, "worthwhile": answer}
    held = an_assessment(world.pharmacist, world.client, stage="review", answers={"ons4": answers})
    manager = at_work(world, world.pharmacy_manager)
    said = (
        f"{ONS4}: Life satisfaction not asked, Worthwhile {in_words}, Happiness 7 (high), Anxiety not asked"
    )

    assert f"Review · {said}" in manager.opens(world.client.get_absolute_url()).words
    words = manager.opens(f"{world.client.get_absolute_url()}detailed-record/").words
    assert said.replace(": ", " ", 1) in words
    assert "Employment not asked" in words
    page = manager.opens(f"/contacts/wellbeing/{held.ref}/change/")
    assert page.typed["ons4__worthwhile"] == in_the_box
    manager.opens("/local-extract/")
    row = {row["contact"]: row for row in manager.sends(what="wellbeing_assessment").records()}[str(held.ref)]
    assert (row["ons4_worthwhile"], row["ons4_happy"], row["stage"]) == (in_the_file, "7", "review")


def test_the_history_keeps_the_three_apart_too(world):
    held = an_assessment(world.pharmacist, world.client, answers={})
    pharmacist = at_work(world, world.pharmacist)
    for typed in ("0", "D"):
        pharmacist.opens(f"/contacts/wellbeing/{held.ref}/change/")
        pharmacist.sends(ons4__satisfied=typed)

    words = pharmacist.opens(f"/contacts/wellbeing/{held.ref}/history/").words

    nothing_else = ", Worthwhile not asked, Happiness not asked, Anxiety not asked"
    nought, declined = (f"Life satisfaction {said}{nothing_else}" for said in ("0 (low)", "declined"))
    for said in (f"{ONS4}: {nought} (was: not asked)", f"{ONS4}: {declined} (was: {nought})"):
        assert said in words


def test_scores_are_in_the_extract_whole_or_not_at_all(world):
    whole = {f"q{number}": 3 for number in range(1, 8)}
    answers = {"swemwbs": whole, "audit_c": {"q1": 4, "q2": 1}}
    held = an_assessment(world.pharmacist, world.client, answers=answers)
    manager = at_work(world, world.pharmacy_manager)

    manager.opens("/local-extract/")
    row = {row["contact"]: row for row in manager.sends(what="wellbeing_assessment").records()}[str(held.ref)]

    assert (row["swemwbs_raw"], row["swemwbs_metric"], row["audit_c_q1"]) == ("21", "19.25", "4")
    assert (row["audit_c_total"], row["audit_total"]) == ("", "")
    words = manager.opens(f"{world.client.get_absolute_url()}detailed-record/").words
    assert "Raw score 21. Metric score 19.25" in words
    assert "Total not worked out, because not every item has a number" in words


def test_answers_of_an_instrument_switched_off_since_survive_a_change(world):
    held = an_assessment(
        world.pharmacist, world.client, answers={"audit_c": {"q1": 0, "q2": "declined"}, "ons4": {"happy": 3}}
    )
    pharmacist = at_work(world, world.pharmacist)

    page = pharmacist.opens(f"/contacts/wellbeing/{held.ref}/change/")
    assert "audit_c__q1" not in page.typed
    pharmacist.sends(ons4__happy="")

    held.refresh_from_db()
    assert held.answers == {"audit_c": {"q1": 0, "q2": "declined"}}


def test_the_page_of_a_client_draws_the_total_of_a_questionnaire_beside_its_whole_table(world):
    for stage, answer in (("first", 4), ("review", 2)):
        answers = {"audit_c": {f"q{number}": answer for number in (1, 2, 3)}}
        an_assessment(world.pharmacist, world.client, stage=stage, answers=answers)

    page = at_work(world, world.pharmacist).opens(world.client.get_absolute_url())

    (drawing,) = page.document.all("svg", **{"role": "img"})
    assert drawing.attrs["aria-label"] == (
        "Alcohol screen (AUDIT-C): first and latest. From 0 to 12. Total (less is better): first 12, latest 6"
    )
    assert "12 first" in drawing.words() and "How often" not in drawing.words()
    assert [row[0] for row in page.tables["Alcohol screen (AUDIT-C)"]][-4:] == [
        "How often", "Units on a day", "Six or more", "Total",
    ]  # fmt: skip


def test_it_is_not_recorded_of_somebody_who_objects(world):
    pharmacist = at_work(world, world.pharmacist)

    assert pharmacist.opens(f"{world.dummy.get_absolute_url()}wellbeing/new/").status == 404


def due(world) -> str:
    return at_work(world, world.pharmacist).opens("/reviews-due/").words


def weeks_ago(weeks: int, days: int = 0):
    return TODAY - timedelta(weeks=weeks, days=days)


def test_reviews_are_due_after_twelve_weeks_the_oldest_first(world):
    for attributor, on in (
        ("QA05031980M", weeks_ago(12)),
        ("QB05031980M", weeks_ago(12, 1)),
        ("QC05031980M", weeks_ago(30)),
    ):
        an_assessment(world.pharmacist, a_client(world.pharmacist, attributor), on=on)

    words = due(world)

    assert "Q A," not in words
    assert words.index("Q C,") < words.index("Q B,")


def test_a_later_assessment_or_an_exit_means_that_no_review_is_due(world):
    reviewed, gone, both = (a_client(world.pharmacist, f"Q{letter}05031980M") for letter in "DEF")
    for client in (reviewed, gone, both):
        an_assessment(world.pharmacist, client, on=weeks_ago(40))
    an_assessment(world.pharmacist, reviewed, on=weeks_ago(1), stage="review")
    an_assessment(world.pharmacist, gone, on=weeks_ago(30), stage="exit")

    words = due(world)

    assert "Q D," not in words and "Q E," not in words
    assert "Q F," in words


def test_what_is_deleted_and_who_is_deleted_are_not_due(world):
    taken_away, undone = (a_client(world.pharmacist, f"Q{letter}05031980M") for letter in "GH")
    an_assessment(world.pharmacist, taken_away, on=weeks_ago(40))
    delete(an_assessment(world.pharmacist, undone, on=weeks_ago(40)), world.pharmacist)
    assert "Q G," in due(world) and "Q H," not in due(world)

    delete_client(client=taken_away, at=NOW, by=world.pharmacist)

    assert "Q G," not in due(world)


def test_another_service_does_not_see_them(world):
    an_assessment(world.keyworker, a_client(world.keyworker, "TU05031980M"), on=weeks_ago(40))

    assert "Nobody is due." in due(world)
    assert "T U," in at_work(world, world.keyworker).opens("/reviews-due/").words


def test_fifty_are_on_a_page(world):
    for day in range(51):
        attributor = f"R{chr(65 + day // 28)}{day % 28 + 1:02}031980M"
        an_assessment(
            world.pharmacist, a_client(world.pharmacist, attributor), on=weeks_ago(60) + timedelta(days=day)
        )
    pharmacist = at_work(world, world.pharmacist)

    first = pharmacist.opens("/reviews-due/")
    second = pharmacist.opens("/reviews-due/?page=2")

    assert len(first.document.of_class("ims-timeline")[0].all("li")) == 50
    assert "Next page" in first.words and "Previous page" not in first.words
    assert len(second.document.of_class("ims-timeline")[0].all("li")) == 1
    assert "Next page" not in second.words and "Previous page" in second.words


def test_where_assessments_are_not_recorded_there_is_no_list_and_no_line_in_the_menu(world):
    assert "Reviews due" in at_work(world, world.pharmacist).opens("/clients/").body
    world.riverside.modules.remove("wellbeing_assessment")
    world.riverside.save(update_fields=["modules"])
    pharmacist = at_work(world, world.pharmacist)

    assert pharmacist.opens("/reviews-due/").status == 404
    assert "Reviews due" not in pharmacist.opens("/clients/").body


def test_a_service_settles_after_how_many_weeks_a_review_is_due(world):
    an_assessment(world.pharmacist, a_client(world.pharmacist, "QK05031980M"), on=weeks_ago(4, 1))
    assert "Q K," not in due(world)
    world.riverside.review_weeks = 4
    world.riverside.save(update_fields=["review_weeks"])

    assert "Q K," in due(world)


def test_not_asked_is_said_in_one_way_and_declined_has_a_code(world):
    pharmacist = at_work(world, world.pharmacist)
    page = pharmacist.opens(f"{world.client.get_absolute_url()}wellbeing/new/")
    (select,) = [one for one in page.document.all("select") if one.attrs["name"] == "accommodation"]
    offered = [option.words() for option in select.all("option")]
    assert offered[0] == "Not asked"
    assert "Not stated (declined)" in offered and "Not known (not asked)" not in offered

    pharmacist.sends(stage="first", accommodation="NS")

    assert (latest().accommodation, latest().employment) == ("NS", "")
