"""A rule of what may be recorded judges contacts from its first day on."""

from datetime import date, timedelta

import pytest

from ims.codelists import actions, lists, rules
from ims.codelists.models import Rule
from ims.codelists.rules import Said, codes
from tests import makers
from tests.makers import NOW, TODAY

pytestmark = pytest.mark.django_db
START = date(2026, 7, 1)
BEFORE = START - timedelta(days=1)
NO_DRUG = Said("syringe_exchange", {"drug": "", "largest": 20}, codes("place", ["STREET"]))


def published(key="exchange_drug", valid_from=START, **said) -> Rule:
    rule = Rule(**{"key": key, "is_on": True, "valid_from": valid_from, **said})
    return actions.publish_rule(rule=rule, looked_at=8, failing=2, at=NOW, by=makers.an_officer())


def words(said: Said, on: date) -> list[str]:
    return [refusal.words for refusal in rules.refusals(said, on)]


def test_a_rule_refuses_from_its_first_day_and_says_since_when():
    published()

    assert words(NO_DRUG, BEFORE) == []
    assert words(NO_DRUG, START) == ["From 1/7/2026 the drug must be stated."]


def test_what_a_rule_is_not_about_is_not_refused():
    published()

    assert words(Said("brief_intervention", {"setting": ""}, frozenset()), START) == []
    assert words(Said("syringe_exchange", {"drug": "HEROIN"}, frozenset()), START) == []


def test_a_number_may_be_the_limit_and_not_more():
    published("exchange_quantity", limit=20)
    assert words(NO_DRUG, START) == []

    published("exchange_quantity", limit=19)
    assert words(NO_DRUG, START) == [
        "From 1/7/2026 at most 19 of one piece of equipment may be given out at once, packs opened."
    ]


def test_what_was_not_asked_is_not_too_much():
    published("brief_minutes", limit=30)

    assert words(Said("brief_intervention", {"minutes": None}, frozenset()), START) == []


def test_a_nought_is_stated():
    published("exchange_returned")

    assert words(Said("syringe_exchange", {"returned": 0}, frozenset()), START) == []
    assert len(words(Said("syringe_exchange", {"returned": None}, frozenset()), START)) == 1


def test_a_retired_code_is_refused_by_its_label():
    published("code_retired", subject="place:STREET")

    label = lists.label_of("place", "STREET")
    assert words(NO_DRUG, START) == [f"From 1/7/2026 “{label}” is no longer used."]


def test_a_later_start_supersedes_whichever_was_published_first():
    published("exchange_quantity", limit=10, valid_from=START + timedelta(days=10))
    published("exchange_quantity", limit=19)

    assert "at most 19" in words(NO_DRUG, START)[0]
    assert "at most 10" in words(NO_DRUG, START + timedelta(days=10))[0]


def test_a_rule_can_be_lifted_before_it_begins():
    published()
    published(is_on=False)

    assert words(NO_DRUG, START) == []
    assert [rules.in_words(rule) for rule in rules.to_come(TODAY)] == ["Lifted: the drug must be stated"]


def test_a_rule_cannot_judge_the_past_or_today():
    for day in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(actions.TooSoon):
            published(valid_from=day)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "unheard_of"},
        {"key": "exchange_quantity"},
        {"key": "exchange_drug", "limit": 3},
        {"key": "code_retired"},
        {"key": "exchange_drug", "subject": "place:STREET"},
    ],
)
def test_a_rule_that_its_kind_does_not_take_is_refused(wrong):
    with pytest.raises(rules.NoSuchRule):
        published(**wrong)


def test_a_second_press_publishes_no_second_rule():
    assert published().pk == published().pk
    assert Rule.objects.count() == 1


def test_judging_asks_the_database_nothing_once_the_rules_are_in_memory(django_assert_num_queries):
    published()
    rules.refusals(NO_DRUG, START)

    with django_assert_num_queries(0):
        rules.refusals(NO_DRUG, START)
