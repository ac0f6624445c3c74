import csv
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from ims.geography import areas
from ims.geography.models import AreaGroup, AreaGroupMember, Authority
from ims.geography.postcodes import is_well_formed
from tests.geography import made_files as made
from tests.geography.made_files import LIVERPOOL, SEFTON, WIRRAL

HEADER = ["code", "name", "kind", "authority_code", "valid_from", "valid_to", "confidence"]


def groups(tmp_path, *rows) -> str:
    return str(made.write(tmp_path, "groups.csv", made.csv_text([HEADER, *rows])))


def member(authority=LIVERPOOL, since="2015-04-01", until="", **changes):
    row = {
        "code": "P1",
        "name": "Mersey partnership",
        "kind": "partnership",
        "confidence": "proposed",
    } | changes
    return [row["code"], row["name"], row["kind"], authority, since, until, row["confidence"]]


def load(path):
    call_command("load_areas", "--groups", path)


def members(code="P1"):
    return list(
        AreaGroupMember.objects.filter(group__code=code).values_list("authority", "valid_from", "valid_to")
    )


@pytest.mark.django_db
def test_the_nine_authorities_of_cheshire_and_merseyside_come_first(capsys):
    call_command("load_areas")

    assert [authority.name for authority in Authority.objects.in_area()] == [
        "Cheshire East",
        "Cheshire West and Chester",
        "Halton",
        "Knowsley",
        "Liverpool",
        "Sefton",
        "St. Helens",
        "Warrington",
        "Wirral",
    ]
    assert "Loaded 413 authorities and 11 area groups." in capsys.readouterr().out


@pytest.mark.django_db
def test_loading_areas_again_changes_nothing():
    call_command("load_areas")
    before = [
        list(table.values()) for table in (Authority.objects, AreaGroup.objects, AreaGroupMember.objects)
    ]

    call_command("load_areas")

    assert [
        list(table.values()) for table in (Authority.objects, AreaGroup.objects, AreaGroupMember.objects)
    ] == before


@pytest.mark.django_db
def test_a_label_that_was_corrected_in_the_file_is_corrected_in_the_table():
    areas.load_authorities()
    Authority.objects.filter(code=LIVERPOOL).update(name="Liverpol")

    areas.load_authorities()

    assert Authority.objects.get(code=LIVERPOOL).name == "Liverpool"


@pytest.mark.django_db
def test_every_authority_of_the_area_is_in_a_daat_and_in_a_sub_region_today():
    call_command("load_areas")

    today = AreaGroupMember.objects.on(date(2026, 4, 1))

    for authority in Authority.objects.in_area():
        kinds = today.filter(authority=authority).values_list("group__kind", flat=True)
        assert sorted(kinds) == ["daat", "sub-region"]


def test_the_groups_that_ship_with_the_project_say_that_they_are_proposed():
    text = areas.GROUP_FILE.read_text()

    assert text.startswith("# Proposed")
    assert {row["confidence"] for row in csv.DictReader(text.splitlines()[2:])} == {"proposed"}


@pytest.mark.django_db
def test_an_installation_loads_groups_of_its_own(tmp_path):
    load(groups(tmp_path, member(LIVERPOOL), member(SEFTON, "2015-04-01", "2020-03-31")))

    assert members() == [(LIVERPOOL, date(2015, 4, 1), None), (SEFTON, date(2015, 4, 1), date(2020, 3, 31))]


@pytest.mark.django_db
def test_a_membership_counts_on_its_first_and_on_its_last_day(tmp_path):
    load(groups(tmp_path, member(SEFTON, "2015-04-01", "2020-03-31")))

    on = {day: AreaGroupMember.objects.on(day).count() for day in [date(2015, 3, 31), date(2015, 4, 1)]}
    on |= {day: AreaGroupMember.objects.on(day).count() for day in [date(2020, 3, 31), date(2020, 4, 1)]}

    assert list(on.values()) == [0, 1, 1, 0]


@pytest.mark.django_db
def test_a_group_has_the_members_its_file_gives_and_no_others_and_other_groups_stay(tmp_path):
    load(
        groups(
            tmp_path, member(LIVERPOOL), member(SEFTON), member(WIRRAL, code="P2", name="Wirral partnership")
        )
    )

    load(groups(tmp_path, member(LIVERPOOL, "2016-04-01")))

    assert members() == [(LIVERPOOL, date(2016, 4, 1), None)]
    assert len(members("P2")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (member("E08000099"), "names an authority that is not in the list: 'E08000099'"),
        (member(kind="district"), "has 'district' for kind: use one of daat, partnership, sub-region"),
        (member(confidence="certain"), "has 'certain' for confidence"),
        (member(since="1/4/2015"), "has '1/4/2015' for a day: write it as 2009-04-01"),
        (member(until="2014-03-31"), "ends before it begins"),
        (member(code=""), "has no code or no name"),
        (member(SEFTON, name="Another name"), "describes P1 otherwise than row 2 does"),
        (member(LIVERPOOL, since="2019-04-01"), "puts E08000012 into P1 twice on one day"),
        (["P1"], "has 1 columns in place of 7"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_by_its_number_and_no_group_changes(tmp_path, row, reason):
    with pytest.raises(CommandError) as refusal:
        load(groups(tmp_path, member(), row))

    assert str(refusal.value).startswith(f"Row 3 {reason}")
    assert str(refusal.value).endswith("No group has changed.")
    assert not AreaGroup.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_not_a_list_of_groups_is_refused_with_the_header_it_needs(tmp_path):
    with pytest.raises(CommandError, match="must be: code,name,kind,authority_code"):
        load(str(made.write(tmp_path, "groups.csv", "name,area\nX,Y\n")))


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"'absent\.csv' cannot be read"):
        load(str(tmp_path / "absent.csv"))


def test_the_example_postcodes_are_270_well_formed_ones_in_authorities_of_the_list():
    with (areas.AUTHORITY_FILE.parent / "example_postcodes.csv").open() as file:
        rows = list(csv.DictReader(file))
    with areas.AUTHORITY_FILE.open() as file:
        in_area = {row["code"] for row in csv.DictReader(file) if row["in_area"] == "1"}

    assert len({row["postcode"] for row in rows}) == 270
    assert all(is_well_formed(row["postcode"]) for row in rows)
    assert {row["authority_code"] for row in rows} == in_area
