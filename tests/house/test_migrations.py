"""Rule 10: the migrations say what the models say, each app ends in one, and each is named for what it does."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.test.utils import isolate_apps

from tests.house.rooms import room_of


def pending(made: ProjectState, wanted: ProjectState, graph: MigrationGraph) -> list[str]:
    """What `makemigrations` would still write."""
    changes = MigrationAutodetector(made, wanted).changes(graph=graph)
    return [
        f"{app}: {operation.describe()}"
        for app, migrations in changes.items()
        for migration in migrations
        for operation in migration.operations
    ]


def apps_with_several_ends(graph: MigrationGraph) -> list[str]:
    ends = [app for app, _ in graph.leaf_nodes()]
    return sorted({app for app in ends if ends.count(app) > 1})


def named_by_nobody(migrations: Iterable[tuple[str, str]]) -> list[str]:
    """Migrations called after the machine: 0002_auto_20260615_1200."""
    return [f"{app}.{name}" for app, name in migrations if "auto" in name.lower().split("_")]


def _ours(graph: MigrationGraph) -> list[tuple[str, str]]:
    labels = {config.label for config in apps.get_app_configs() if room_of(config.name)}
    return [key for key in graph.nodes if key[0] in labels]


def test_no_migration_is_pending():
    loader = MigrationLoader(None)

    assert pending(loader.project_state(), ProjectState.from_apps(apps), loader.graph) == []


def test_every_app_ends_in_one_migration():
    assert apps_with_several_ends(MigrationLoader(None).graph) == []


def test_every_migration_of_ours_has_a_name_of_its_own():
    names = _ours(MigrationLoader(None).graph)

    assert ("clients", "0001_clients_and_consent") in names
    assert named_by_nobody(names) == []


@isolate_apps("clients")
def test_a_model_without_a_migration_is_found():
    class Letter(models.Model):
        class Meta:
            app_label = "clients"

    loader = MigrationLoader(None)
    wanted = loader.project_state()
    wanted.add_model(ModelState.from_model(Letter))

    assert pending(loader.project_state(), wanted, loader.graph) == ["clients: Create model Letter"]


def test_two_migrations_after_one_are_found():
    graph = MigrationGraph()
    for name in ["0001_first", "0002_ours", "0002_theirs"]:
        graph.add_node(("clients", name), None)
    for child in ["0002_ours", "0002_theirs"]:
        graph.add_dependency(None, ("clients", child), ("clients", "0001_first"))

    assert apps_with_several_ends(graph) == ["clients"]


def test_a_migration_named_by_the_machine_is_found():
    names = [("clients", "0002_auto_20260615_1200"), ("clients", "0003_automatic_recall")]

    assert named_by_nobody(names) == ["clients.0002_auto_20260615_1200"]
