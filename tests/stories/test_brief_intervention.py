"""A brief intervention: everything that was done at one visit, recorded as one act."""

from ims.audit.models import Event
from interventions.models import BriefIntervention
from tests.stories.visitor import at_work


def records(world, **typed):
    pharmacist = at_work(world, world.pharmacist)
    pharmacist.opens(f"{world.client.get_absolute_url()}brief-interventions/new/")
    return pharmacist.sends(**typed)


def test_several_things_done_at_one_visit_are_one_act(world):
    events = Event.objects.count()

    page = records(world, types=["ADVICE", "SAFER_INJECTING", "WOUND"], setting="", minutes="20")

    assert "Brief intervention saved." in page.said
    for said in ("Safer injecting · 20 minutes", "Wound care · 20 minutes"):
        assert said in page.words
    saved = BriefIntervention.objects.filter(client=world.client, on="2026-06-15")
    assert {(done.type, done.minutes) for done in saved} == {
        ("ADVICE", 20), ("SAFER_INJECTING", 20), ("WOUND", 20)
    }  # fmt: skip
    recorded = Event.objects.filter(what="brief_intervention.recorded").latest("pk")
    assert recorded.counts == {"lines": 3}
    assert sorted(recorded.subjects) == sorted(done.pk for done in saved)
    assert {done.history.get().history_change_reason for done in saved} == {str(recorded.pk)}
    assert (
        Event.objects.count() == events + 3
    )  # that, and the client shown on the form before and on the page afterwards


def test_nothing_done_is_refused(world):
    page = records(world, minutes="20", note="Talked")

    assert page.problems == ["What was done: Choose at least one thing that was done."]
    assert (page.typed["minutes"], page.typed["note"]) == ("20", "Talked")


def test_minutes_left_empty_are_not_nought(world):
    page = records(world, types=["SMOKING"])

    assert "Stopping smoking · time not recorded" in page.words
    assert BriefIntervention.objects.get(type="SMOKING").minutes is None


def test_more_than_a_working_day_is_refused(world):
    page = records(world, types=["SMOKING"], minutes="481")

    assert page.problems == ["Minutes: Enter a number up to 480."]
    assert page.typed["types"] == "SMOKING"
