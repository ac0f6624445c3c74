"""Cohorts: from what was recorded in the year, the first that applies, each person in one."""

from datetime import date

import pytest

from reporting.year import Cohort
from tests import makers
from tests.makers import a_brief_intervention, a_client, an_exchange
from tests.reporting.counts import of_cohort, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return makers.an_actor()


def cohorts(start=2026) -> dict[Cohort, int]:
    counted = {cohort: of_cohort(cohort, start).individuals for cohort in Cohort}
    return {cohort: number for cohort, number in counted.items() if number}


@pytest.mark.parametrize(
    ("drug", "main", "cohort"),
    [
        ("HEROIN", "", Cohort.PSYCHOACTIVE),
        ("AAS", "", Cohort.IPED),
        ("AAS", "HEROIN", Cohort.IPED),  # the transaction's own drug, not the client's
        ("", "HEROIN", Cohort.PSYCHOACTIVE),  # without a drug it takes the main substance
        ("", "AAS", Cohort.IPED),
        ("", "", Cohort.NOT_STATED),
        ("NK", "HEROIN", Cohort.NOT_STATED),
        ("CANNABIS", "", Cohort.OTHER),
        ("ALCOHOL", "HEROIN", Cohort.OTHER),
        ("TOBACCO", "", Cohort.OTHER),
        ("", "ALCOHOL", Cohort.OTHER),
    ],
)
def test_the_drug_of_an_exchange_decides_else_the_main_substance(staff, drug, main, cohort):
    an_exchange(staff, a_client(staff, main_substance=main), drug=drug)

    assert cohorts() == {cohort: 1}


@pytest.mark.parametrize(
    ("main", "status", "cohort"),
    [
        ("HEROIN", "C", Cohort.PSYCHOACTIVE),
        ("AAS", "C", Cohort.IPED),
        ("HEROIN", "P", Cohort.OTHER),
        ("HEROIN", "", Cohort.OTHER),
        ("CANNABIS", "C", Cohort.OTHER),
        ("", "C", Cohort.OTHER),
    ],
)
def test_without_an_exchange_it_is_injecting_now_with_such_a_substance(staff, main, status, cohort):
    a_brief_intervention(staff, a_client(staff, main_substance=main, injecting_status=status))

    assert cohorts() == {cohort: 1}


@pytest.mark.parametrize(
    ("drugs", "cohort", "overlap"),
    [
        (["AAS", "HEROIN"], Cohort.PSYCHOACTIVE, 1),
        (["NK", "AAS"], Cohort.IPED, 0),
        (["ALCOHOL", "NK"], Cohort.NOT_STATED, 0),
        (["CANNABIS", "NK", "HEROIN"], Cohort.PSYCHOACTIVE, 0),
    ],
)
def test_the_first_that_applies_is_the_persons_cohort_and_the_overlap_is_counted(
    staff, drugs, cohort, overlap
):
    client = a_client(staff)
    for drug in drugs:
        an_exchange(staff, client, drug=drug)

    assert cohorts() == {cohort: 1}
    assert total().in_both == overlap


def test_a_person_has_one_cohort_whichever_services_they_went_to(staff):
    elsewhere = makers.an_actor()
    an_exchange(staff, a_client(staff), drug="AAS")
    an_exchange(elsewhere, a_client(elsewhere), drug="HEROIN")

    assert cohorts() == {Cohort.PSYCHOACTIVE: 1}
    assert of_cohort(Cohort.PSYCHOACTIVE).needles == 20


def test_what_was_recorded_in_another_year_says_nothing_about_this_one(staff):
    client = a_client(staff)
    an_exchange(staff, client, drug="HEROIN", on=date(2026, 3, 31))
    an_exchange(staff, client, drug="AAS", on=date(2026, 4, 1))

    assert cohorts(2025) == {Cohort.PSYCHOACTIVE: 1}
    assert cohorts(2026) == {Cohort.IPED: 1}


def test_a_code_that_no_list_knows_is_not_stated(staff):
    an_exchange(staff, a_client(staff, main_substance="HEROIN"), drug="SOMETHING_OLD")

    assert cohorts() == {Cohort.NOT_STATED: 1}
