import pytest

from ims.core.figures.additive import DoesNotAddUp
from ims.core.figures.policy import Policy
from ims.core.figures.shown import percentage
from ims.core.figures.tables import COUNTED_ONCE, Column, CountTable, Measure, Row, publish

POLICY = Policy()
AREAS = (Row("halton", "Halton"), Row("wirral", "Wirral"), Row("sefton", "Sefton"))
ALL = Row("all", "All areas", total_of=("halton", "wirral", "sefton"))
PEOPLE = Measure("people", "Individuals")
NEEDLES = Measure("needles", "Needles", rests_on="people")


def by_area(people=(3, 20, 1235), all_people=1250, needles=(90, 400, 20_000), **more):
    rows = (*AREAS, ALL)
    counts = dict(zip([(row.key, "people") for row in rows], [*people, all_people], strict=True))
    counts |= dict(zip([(row.key, "needles") for row in rows], [*needles, sum(needles)], strict=True))
    return CountTable("Clients and needles", "Authority", rows, (PEOPLE, NEEDLES), counts, **more)


def in_words(table):
    return [[str(cell) for cell in row] for row in table.rows]


def test_the_people_and_the_needles_of_a_small_place_are_hidden_and_one_more_place_with_it():
    (table,) = publish([by_area()], POLICY)

    assert in_words(table) == [
        ["Halton", "*", "*"],
        ["Wirral", "*", "*"],
        ["Sefton", "1,235", "20,000"],
        ["All areas", "1,250", "20,490"],
    ]
    assert table.columns == [Column("Authority"), Column("Individuals", True), Column("Needles", True)]


def test_the_file_says_what_the_page_says():
    (table,) = publish([by_area(footnotes=("Made up.",))], POLICY)

    caption, headings, *rows = table.as_rows_for_csv()

    assert caption == ["Clients and needles"]
    assert headings == ["Authority", "Individuals", "Needles"]
    assert rows[:4] == [
        ["Halton", "*", "*"],
        ["Wirral", "*", "*"],
        ["Sefton", "1235", "20000"],
        ["All areas", "1250", "20490"],
    ]
    assert rows[4:] == [[note] for note in table.footnotes]
    assert rows[-1] == ["Made up."]


def test_the_footnotes_say_what_was_done_and_that_rows_need_not_add_up():
    (table,) = publish([by_area()], POLICY.stricter(threshold=9, rounding_base=10))

    assert "* stands for a number from 1 to 9" in table.footnotes[0]
    assert table.footnotes[1:] == ["Numbers are rounded to the nearest 10.", COUNTED_ONCE]


def test_nothing_is_said_of_a_symbol_that_is_not_there():
    (table,) = publish([by_area(people=(30, 20, 1235), all_people=1285)], POLICY)

    assert not any("*" in note for note in table.footnotes)


def test_a_nought_is_explained_where_something_was_not_recorded():
    (table,) = publish([by_area(people=(30, 20, None), all_people=50)], POLICY)

    assert table.rows[2][1].plain() == "not recorded"
    assert "“Not recorded” is not 0: nobody was asked." in table.footnotes


def test_cohorts_across_are_protected_like_areas_down():
    columns = (
        Measure("iped", "Steroids"),
        Measure("other", "Other"),
        Measure("both", "All", total_of=("iped", "other")),
    )
    counts = {("halton", "iped"): 4, ("halton", "other"): 60, ("halton", "both"): 64}
    (table,) = publish([CountTable("Cohorts", "Authority", AREAS[:1], columns, counts)], POLICY)

    assert in_words(table) == [["Halton", "*", "*", "65"]]
    assert COUNTED_ONCE in table.footnotes


def test_a_total_in_two_tables_gives_neither_away():
    provider = CountTable(
        "By provider",
        "Provider",
        (Row("one", "One"), Row("two", "Two"), Row("all", "All", total_of=("one", "two"))),
        (PEOPLE,),
        {("one", "people"): 6, ("two", "people"): 0, ("all", "people"): 6},
    )
    area = CountTable("By area", "Area", (Row("all", "All"),), (PEOPLE,), {("all", "people"): 6})

    tables = publish([provider, area], POLICY)

    assert [in_words(table)[-1] for table in tables] == [["All", "*"], ["All", "*"]]


def test_tables_that_differ_on_one_count_are_refused():
    one = CountTable("One", "Area", (Row("all", "All"),), (PEOPLE,), {("all", "people"): 60})
    other = CountTable("Other", "Area", (Row("all", "All"),), (PEOPLE,), {("all", "people"): 61})

    with pytest.raises(DoesNotAddUp):
        publish([one, other], POLICY)


def test_a_count_nobody_supplied_is_refused():
    table = CountTable("Gap", "Area", (Row("all", "All"),), (PEOPLE,), {})

    with pytest.raises(KeyError):
        publish([table], POLICY)


def test_what_the_reader_knows_is_taken_into_account():
    people = {"people": (5, 6, 1235), "all_people": 1246}

    (for_all,) = publish([by_area(**people)], POLICY)
    (for_halton,) = publish([by_area(**people)], POLICY, known={("halton", "people")})

    assert in_words(for_all)[2][1] == "1,235"
    assert in_words(for_halton)[2][1] == "*"


def test_a_column_can_be_added_from_what_the_others_show():
    (table,) = publish([by_area()], POLICY)
    all_areas = table.rows[-1][1]

    table = table.with_column(
        "Share", [percentage(people, all_areas) for _, people in table.column("Individuals")]
    )

    assert [str(share) for _, share in table.column("Share")] == ["*", "*", "99%", "100%"]
    assert table.columns[-1] == Column("Share", numeric=True)


def test_a_column_that_is_not_there_is_refused():
    (table,) = publish([by_area()], POLICY)

    with pytest.raises(ValueError):
        table.column("Barrels")
