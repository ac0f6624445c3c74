"""A mapping profile is changed, ended and begun again, and chosen with a file."""

from datetime import timedelta

import pytest

from ims.accounts.roles import Role
from ims.audit.models import Event
from ims.bulk.models import Profile
from ims.core import jobs
from tests import makers
from tests.stories.profiling import FILE, looks_at, makes_a_profile, the_profile, tries
from tests.stories.uploading import a_file, sends_a_file, the_upload
from tests.stories.visitor import at_work


@pytest.fixture
def manager(world):
    return at_work(world, world.pharmacy_manager)


class TestChanging:
    def test_a_profile_is_shown_as_it_is_and_saved_so_it_changes_nothing(self, world, manager):
        makes_a_profile(manager)
        profile = the_profile(world)
        page = manager.opens(f"/uploads/profiles/{profile.pk}/change/")
        assert "Forename" in page.words
        assert page.typed["packs"] == "Blue: SYR_FIXED_1=10\nSteroid pack: BARREL_2=10;NEEDLE_GREEN=10"
        assert page.typed["name"] == "Their quarterly file"

        manager.presses("Save profile")

        again = the_profile(world)
        assert {**vars(again), "_state": None} == {**vars(profile), "_state": None}
        assert not Event.objects.filter(what="profile.changed").exists()

    def test_words_of_a_column_that_is_called_as_ours_is_are_kept_without_a_file(self, world, manager):
        looks_at(manager, FILE.replace("Substance", "Drug"))
        tries(manager)
        manager.presses("Save profile")
        page = manager.opens(f"/uploads/profiles/{the_profile(world).pk}/change/")
        assert page.typed["more_words"] == "drug: Smack=HEROIN"

        manager.presses("Save profile", name="Another name")

        assert the_profile(world).values["drug"] == {"Smack": "HEROIN"}

    def test_a_new_column_of_the_file_is_added_by_looking_at_one(self, world, manager):
        makes_a_profile(manager)
        manager.opens(f"/uploads/profiles/{the_profile(world).pk}/change/")
        text = FILE.replace("Staff\n", "Staff,Van\n").replace("Jo\n", "Jo,x\n")

        page = manager.presses("Show its columns", file=a_file(text))
        assert page.typed["column_0"] == "first_initial"
        assert page.typed["column_10"] == ""
        assert "Save profile" not in page.words
        manager.presses("Try it on this file", column_10="-")
        manager.presses("Save profile")

        profile = the_profile(world)
        assert (profile.aliases["Van"], profile.version) == ("", 2)
        assert profile.values == {"sex": {"Male": "M", "Female": "F"}, "drug": {"Smack": "HEROIN"}}
        assert [past.version for past in profile.history.all()] == [2, 1]

    def test_a_column_that_a_file_lacks_is_kept(self, world, manager):
        makes_a_profile(manager)
        manager.opens(f"/uploads/profiles/{the_profile(world).pk}/change/")

        page = manager.presses("Show its columns", file=a_file(FILE.replace(",Staff", "").replace(",Jo", "")))
        assert "Known to this profile; not in a file that is looked at now." in page.words
        manager.presses("Try it on this file")
        manager.presses("Save profile")

        assert the_profile(world).aliases["Staff"] == ""

    def test_of_two_managers_the_second_sees_what_the_first_saved(self, world, manager):
        makes_a_profile(manager)
        other = at_work(world, makers.an_actor(Role.PROVIDER_MANAGER, world.riverside, username="second"))
        for person in (manager, other):
            person.opens(f"/uploads/profiles/{the_profile(world).pk}/change/")
        (male,) = [box for box, word in manager.page.typed.items() if box.startswith("word_") and word == "M"]
        manager.presses("Save profile", name="Theirs", **{male: "F"})

        page = other.presses("Save profile", name="Ours")

        assert page.status == 422
        assert page.problems == [
            "Somebody else changed this record while you were typing. Nothing of yours is lost.",
            "Name of the profile: Now saved by somebody else: Theirs",
            "What “Male” is: Now saved by somebody else: Female (F)",
        ]
        assert "Profile saved: Ours." in other.presses("Save profile").said

    def test_a_file_that_waits_is_checked_again_where_its_profile_was_changed_meanwhile(self, world, manager):
        makes_a_profile(manager)
        profile = the_profile(world)
        sends_a_file(manager, FILE, profile=str(profile.pk))
        jobs.run_waiting()
        manager.opens(f"/uploads/profiles/{profile.pk}/change/")
        manager.presses("Save profile", date_order="dmy")
        manager.opens(f"{the_upload(world).get_absolute_url()}confirm/")
        manager.sends()

        jobs.run_waiting()

        upload = the_upload(world)
        assert (upload.state, upload.moved_on, upload.counts["rejected"]) == ("checked", True, 2)

    def test_a_profile_whose_layout_is_switched_off_is_left_alone(self, world, manager):
        manager.opens("/uploads/profiles/new/")
        manager.sends(
            file=a_file("attributor,on,kits,supply\nAB05051985M,1/6/2026,NASAL=1,first\n"), layout="naloxone"
        )
        manager.presses("Try it on this file", name="Kits")
        manager.presses("Save profile")
        manager.opens("/settings/modules/")
        manager.sends(modules=["syringe_exchange"])

        page = manager.opens(f"/uploads/profiles/{the_profile(world).pk}/change/")

        assert page.path == "/uploads/profiles/"
        assert "Its layout is switched off for your service" in page.said


class TestDays:
    def test_two_of_one_name_are_not_offered_on_one_day(self, world, manager):
        makes_a_profile(manager)

        page = makes_a_profile(manager, name="their QUARTERLY file")

        assert page.problems == [
            "Name of the profile: Another profile of yours has this name on one of these days. "
            "Choose another name, or end that one before."
        ]

    def test_an_ended_one_is_offered_no_more_and_its_name_is_free(self, world, manager):
        makes_a_profile(manager)
        manager.opens("/uploads/profiles/")
        page = manager.presses("End today: Their quarterly file")
        assert "Their quarterly file is offered up to 15/06/2026, its last day." in page.said
        assert "Their quarterly file" in manager.opens("/uploads/").form.words()

        world.clock.shift(timedelta(days=1))
        manager = at_work(world, world.pharmacy_manager)

        assert "Their quarterly file" not in manager.opens("/uploads/").form.words()
        assert "Ended Their quarterly file" in manager.opens("/uploads/profiles/").words
        assert "Profile saved" in makes_a_profile(manager).said

    def test_one_that_begins_later_is_not_offered_yet(self, manager):
        makes_a_profile(manager, valid_from="1/7/2026")

        assert "Their quarterly file" not in manager.opens("/uploads/").form.words()

    def test_it_does_not_end_before_it_begins(self, world, manager):
        makes_a_profile(manager)
        manager.opens(f"/uploads/profiles/{the_profile(world).pk}/change/")

        page = manager.presses("Save profile", valid_to="1/6/2026")

        assert page.problems == ["Last day: The last day is before the first. Check both."]

    def test_a_second_press_of_save_makes_no_second_profile(self, world, manager):
        looks_at(manager)
        tries(manager)
        form = manager.page

        for _ in range(2):
            manager.page = form
            page = manager.presses("Save profile")

        assert "Profile saved" in page.said
        assert Profile.objects.visible_to(world.pharmacy_manager).count() == 1
        assert Event.objects.filter(what="profile.added").count() == 1


class TestChosenWithAFile:
    def test_a_profile_of_another_layout_is_refused(self, world, manager):
        makes_a_profile(manager)

        page = sends_a_file(manager, FILE, layout="clients", profile=str(the_profile(world).pk))

        assert page.problems == [
            "Mapping profile: This profile is for the layout “Contacts”. Choose that layout, or another profile."
        ]

    def test_another_services_profile_is_not_offered_and_not_taken(self, world, manager):
        theirs = at_work(world, world.agency_manager)
        makes_a_profile(theirs)
        pk = Profile.objects.visible_to(world.agency_manager).get().pk

        assert "Their quarterly file" not in manager.opens("/uploads/").words
        page = sends_a_file(manager, FILE, profile=str(pk))

        assert page.problems[0].startswith("Mapping profile: That is not on the list, or no longer.")
        for part in ("change", "end"):
            assert manager.opens(f"/uploads/profiles/{pk}/{part}/").status == 404
