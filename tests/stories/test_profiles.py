"""A manager makes a mapping profile by a real file, tries it on the file, saves it, and sends files by it."""

import pytest

from ims.accounts.roles import Role
from ims.audit.models import Event
from ims.bulk.models import Profile, Upload
from ims.core import jobs
from interventions.models import SyringeExchange
from tests import makers
from tests.stories.profiling import FILE, FIRST, SAID, THEIRS, looks_at, makes_a_profile, the_profile, tries
from tests.stories.uploading import sends_a_file, the_upload
from tests.stories.visitor import at_work


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


def test_a_file_that_nobody_could_read_is_read_by_the_profile_made_of_it(world, manager):
    sends_a_file(manager, FILE)
    jobs.run_waiting()
    assert the_upload(world).state == "unreadable"

    page = makes_a_profile(manager)
    assert "Profile saved: Their quarterly file." in page.said
    assert "PharmOutcomes; layout “Contacts”; from 15/06/2026" in page.words
    sends_a_file(manager, FILE, profile=str(the_profile(world).pk))
    jobs.run_waiting()

    page = manager.opens(the_upload(world).get_absolute_url())
    assert "2 new + 0 changed + 0 already held + 0 rejected = 2 rows" in page.words
    manager.opens(f"{page.path}confirm/")
    manager.sends()
    jobs.run_waiting()
    (first, second) = SyringeExchange.objects.filter(
        client__date_of_birth__in=["1985-05-31", "1979-12-31"]
    ).order_by("on")
    assert (first.items, first.drug) == ({"BARREL_2": 20, "NEEDLE_GREEN": 20}, "HEROIN")
    assert (second.client.sex, second.client.consent, second.items) == ("F", False, {"SYR_FIXED_1": 10})


def test_the_page_shows_each_column_with_its_letter_its_first_values_and_what_it_is_by_its_name(manager):
    page = looks_at(manager, "Sex,DOB\nM,1/2/1990\nF,3/4/1991\nM,\n")

    assert "Sex column A First values: “M”, “F”" in page.words
    assert "DOB column B First values: “1/2/1990”, “3/4/1991”" in page.words
    assert page.typed["column_0"] == "sex"
    assert page.typed["column_1"] == ""


def test_a_profile_says_only_what_the_headings_do_not_say_themselves(world, manager):
    makes_a_profile(manager)

    profile = the_profile(world)
    assert profile.aliases == {
        "Forename": "first_initial", "Surname": "last_initial", "DOB": "date_of_birth", "Gender": "sex",
        "Visit": "on", "Substance": "drug", "Pack": "packs", "Staff": "",
    }  # fmt: skip
    assert profile.key_column == "Ref No"
    assert profile.values == {"sex": {"Male": "M", "Female": "F"}, "drug": {"Smack": "HEROIN"}}
    assert profile.packs["Blue"] == {"SYR_FIXED_1": 10}


class TestTrying:
    def test_the_first_rows_are_shown_as_they_would_be_read(self, manager):
        looks_at(manager)

        page = tries(manager)

        assert "2 rows read; 0 would be rejected. Nothing is recorded." in page.words
        table = page.tables["The first rows as they would be read"]
        first = dict(zip(table[0], table[1], strict=True))
        assert (first["Row"], first["Becomes"]) == ("2", "New")
        assert (first["Date of birth"], first["Sex"], first["Drug at this visit"]) == (
            "31/5/1985",
            "M",
            "HEROIN",
        )
        assert first["Items given out"] == "BARREL_2=20;NEEDLE_GREEN=20"

    def test_what_is_wrong_with_the_rows_is_shown_as_after_a_check(self, manager):
        looks_at(manager)

        page = tries(manager, date_order="dmy")

        assert "2 rows read; 2 would be rejected." in page.words
        assert page.tables["The first rows as they would be read"][1][1] == "Rejected"
        assert page.tables["Faults"][1] == [
            "DOB (column C)", "There is no such day as 5/31/1985. Check the day and the month.", "1", "2",
        ]  # fmt: skip

    def test_trying_writes_nothing(self, world, manager):
        looks_at(manager)
        before = Event.objects.count()

        tries(manager)

        assert not Profile.objects.visible_to(world.pharmacy_manager).exists()
        assert not Upload.objects.visible_to(world.pharmacy_manager).exists()
        assert not SyringeExchange.objects.filter(items__has_key="BARREL_2").exists()
        assert Event.objects.count() == before

    def test_nothing_is_saved_that_was_not_tried(self, world, manager):
        page = looks_at(manager)
        assert "Save profile" not in page.words
        tries(manager)

        page = manager.presses("Save profile", date_order="dmy")

        assert page.problems == ["Look below at what the first rows become, then save."]
        assert "2 rows read; 2 would be rejected." in page.words
        assert not Profile.objects.visible_to(world.pharmacy_manager).exists()
        assert "Profile saved" in manager.presses("Save profile").said

    def test_another_name_needs_no_other_try(self, manager):
        looks_at(manager)
        tries(manager)

        assert "Profile saved: Another name." in manager.presses("Save profile", name="Another name").said


class TestWhatIsTyped:
    def problems(self, manager, **typed) -> list[str]:
        looks_at(manager)
        return manager.presses("Try it on this file", **{**SAID, **typed}).problems

    def test_every_column_is_decided_about(self, manager):
        assert self.problems(manager, column_9="") == [
            "What “Staff” is: Say what “Staff” is, or that it is not to be read."
        ]

    def test_two_columns_are_not_one(self, manager):
        assert self.problems(manager, column_9="on") == [
            "What “Staff” is: “Visit” is read as this already. One of the two is not to be read."
        ]

    def test_a_column_that_has_to_be_there_is_asked_for(self, manager):
        assert self.problems(manager, column_4="-") == [
            "No column of the file is “consent”. Say which one is, or what every row says instead."
        ]

    def test_what_every_row_says_stands_for_a_column(self, manager):
        assert self.problems(manager, column_3="-", constants="sex=m") == []

    def test_nobody_consents_for_everybody(self, manager):
        assert self.problems(manager, column_4="-", constants="consent=yes") == [
            "What every row says, for columns that the file has not: "
            "Line 1: “Consent to process data” is asked of each client: it has to be a column of the file."
        ]

    @pytest.mark.parametrize(
        ("box", "text", "words"),
        [
            ("constants", "consent", "Line 1: write the column, =, and what every row says, for example place=PHARMACY."),
            ("constants", "site=Van\nweather=fine", "Line 2: “weather” is no column of this layout."),
            ("constants", "place=MOON", "Line 1: “MOON” is not a code of “Place”. See the reference for its codes."),
            ("constants", "drug=HEROIN", "The file has a column for “drug”. Take the line out."),
            ("more_words", "drug Smack=HEROIN", "Line 1: write the column, :, their word, = and ours, for example drug: Smack=HEROIN."),
            ("more_words", "drug: Smack=SMACK", "Line 1: “SMACK” is not a code of “Drug at this visit”. See the reference for its codes."),
            ("packs", "Blue SYR_FIXED_1=10", "Line 1: write the pack, : and what is in it, for example Blue: SYR_FIXED_1=10;SHARPS_S=1."),
            ("packs", "Blue: SYR_FIXED_1=ten", "Line 1: “SYR_FIXED_1=ten” is no item and number, for example SYR_FIXED_1=10."),
            ("packs", "Blue: SYR_FIXED_1=0", "Line 1: “SYR_FIXED_1=0” is no item and number, for example SYR_FIXED_1=10."),
            ("packs", "Blue: SPOON_9=1", "Line 1: “SPOON_9” is no code of equipment. See the reference for its codes."),
        ],
    )  # fmt: skip
    def test_a_line_that_says_nothing_is_named_with_how_to_mend_it(self, manager, box, text, words):
        (problem,) = self.problems(manager, **{box: text})

        assert problem.endswith(words)

    def test_a_code_may_be_typed_in_small_letters(self, world, manager):
        makes_a_profile(manager, constants="place=pharmacy", packs="Blue: syr_fixed_1=10")

        profile = the_profile(world)
        assert (profile.constants, profile.packs) == ({"place": "PHARMACY"}, {"Blue": {"SYR_FIXED_1": 10}})

    def test_a_word_of_a_long_list_is_typed_and_judged(self, world, manager):
        looks_at(manager, "Nationality,Sex\nFrench,M\n")
        manager.presses("Try it on this file", name="x", source_system="other", date_order="dmy")

        page = manager.presses("Try it on this file", word_0_0="XQZ")

        assert (
            "What “French” is: “XQZ” is not a code of “Nationality”. See the reference for its codes."
            in page.problems
        )


class TestTheFile:
    def test_one_that_cannot_be_read_is_refused_in_the_words_of_an_upload(self, manager):
        page = looks_at(manager, "A,A\n1,2\n")

        assert page.problems == ["File: Columns A and B are both called “A”. Rename or delete one of them."]

    def test_one_of_too_many_columns_is_refused(self, manager):
        page = looks_at(manager, ",".join(f"c{n}" for n in range(151)) + "\n" + "x," * 150 + "x\n")

        assert page.problems == [
            "File: The file has 151 columns, and a profile is made for 150 at most. Take out those that you do not need."
        ]

    def test_each_layout_says_what_its_rows_are(self, manager):
        words = manager.opens("/uploads/profiles/new/").words

        assert "Contacts: one row a contact, with the client in it" in words

    def test_none_is_asked_for(self, manager):
        manager.opens("/uploads/profiles/new/")

        assert manager.sends(layout="contacts").problems == ["File: Choose the file that your rows are in."]

    def test_its_rows_are_in_no_page_but_sealed_and_nowhere_in_the_database(self, world, manager):
        page = looks_at(manager, THEIRS + FIRST * 3 + FIRST.replace("Jo", "Ezekiel"))

        assert "Ezekiel" not in page.typed["rows"]
        assert page.typed["rows"]
        assert not Upload.objects.visible_to(world.pharmacy_manager).exists()

    def test_what_was_sealed_for_one_person_is_of_no_use_to_another(self, world, manager):
        rows = looks_at(manager).typed["rows"]
        colleague = at_work(world, makers.an_actor(Role.PROVIDER_MANAGER, world.riverside, username="second"))
        looks_at(colleague)

        page = colleague.presses("Try it on this file", **{**SAID, "rows": rows})

        assert page.path == "/uploads/profiles/new/"
        assert "The rows of the file are no longer at hand. Choose the file again." in page.said

    def test_the_second_page_without_a_file_leads_to_the_first(self, manager):
        assert manager.opens("/uploads/profiles/new/columns/").path == "/uploads/profiles/new/"
