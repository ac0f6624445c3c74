import pytest
from django.core.management import CommandError, call_command

from ims.geography.models import Authority, Edition, Postcode
from tests.database import PLACES
from tests.geography import made_files as made


@pytest.fixture(autouse=True)
def nothing_loaded(request):
    """Whatever was loaded before the tests began is not there."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db" if is_committing(request) else "db")
        for model in PLACES:
            model.objects.all().delete()


def is_committing(request):
    return request.node.get_closest_marker("django_db").kwargs.get("transaction", False)


@pytest.fixture
def load(capsys):
    """Run `load_postcodes` and return what it prints."""

    def run(*arguments, **options):
        call_command("load_postcodes", *map(str, arguments), **options)
        said = capsys.readouterr()
        return said.out + said.err

    return run


@pytest.fixture
def loaded(db, load, tmp_path):
    """Ten postcodes of Liverpool as edition 2025.4."""
    path = made.write(tmp_path, "before_2025.4.csv", made.simple(made.some_postcodes(10)))
    load(path)
    return path


@pytest.fixture
def refuse(load, loaded):
    """Load a file that must be refused, see that nothing has changed, and return the reason."""

    def run(path, *options):
        before = everything()
        with pytest.raises(CommandError) as refusal:
            load(path, "--edition", "2026.1", *options)
        assert everything() == before
        reason = str(refusal.value)
        assert reason.endswith("Nothing has changed.")
        assert "\n" not in reason
        return reason

    return run


def everything():
    tables = [Edition.objects, Postcode.objects, Authority.objects]
    return [list(table.order_by("pk").values()) for table in tables]
