"""Rule 1: rooms stand on one another. What is imported lies below; never above, never beside."""

from collections.abc import Iterable

from tests.house.rooms import DOMAIN, HEIGHT, room_of
from tests.house.source import Source, sources


def without_a_room(files: Iterable[Source]) -> list[str]:
    """Modules that nobody has given a place. The project package itself is empty and needs none."""
    return [
        file.module
        for file in files
        if room_of(file.module) is None and (file.module, file.text) != ("ims", "")
    ]


def imports_that_do_not_point_down(files: Iterable[Source]) -> list[str]:
    return [
        f"{file.module}:{line} imports {name}"
        for file in files
        for line, name in file.imports()
        if not _may(room_of(file.module), room_of(name))
    ]


def _may(here: str | None, there: str | None) -> bool:
    return None in (here, there) or here == there or HEIGHT[there] < HEIGHT[here]


def domain_in_reporting(files: Iterable[Source]) -> list[str]:
    return [
        f"{file.module}:{line} imports {name}"
        for file in files
        if room_of(file.module) == "reporting"
        for line, name in file.imports()
        if room_of(name) in DOMAIN
    ]


def test_every_module_lies_in_a_room():
    assert without_a_room(sources()) == []


def test_a_room_imports_only_what_lies_below_it():
    assert imports_that_do_not_point_down(sources()) == []


def test_reporting_knows_people_only_through_its_views():
    assert domain_in_reporting(sources()) == []


def test_a_new_room_is_noticed_until_it_has_a_place():
    assert without_a_room([Source("needles.models", "x = 1")]) == ["needles.models"]
    assert without_a_room([Source("ims", "x = 1")]) == ["ims"]


def test_an_import_upwards_is_found_wherever_it_hides():
    inside = Source("ims.accounts.planted", "def quietly():\n    from clients.models import Client\n")
    relative = Source("ims.core.planted", "from ..audit import events\n")

    assert imports_that_do_not_point_down([inside]) == [
        "ims.accounts.planted:2 imports clients.models.Client"
    ]
    assert imports_that_do_not_point_down([relative]) == ["ims.core.planted:1 imports ims.audit.events"]


def test_an_import_sideways_is_found():
    beside = Source("drd_review.planted", "import reporting.year\n")

    assert imports_that_do_not_point_down([beside]) == ["drd_review.planted:1 imports reporting.year"]


def test_an_import_of_the_composition_root_is_found():
    upwards = Source("clients.planted", "from ims import env\n")

    assert imports_that_do_not_point_down([upwards]) == ["clients.planted:1 imports ims.env"]


def test_a_report_that_imports_clients_is_found():
    report = Source("reporting.planted", "from clients.models import Client\n")

    assert domain_in_reporting([report]) == ["reporting.planted:1 imports clients.models.Client"]
