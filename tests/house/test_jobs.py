"""Background work: one module knows the library, a worker finds every job, and no job is given words about anybody."""

import ast
from collections.abc import Callable, Iterable
from inspect import signature
from uuid import UUID

from django.apps import apps

from ims.core import jobs
from ims.core.jobs import Job
from tests.house.source import Source, sources

KNOWS_THE_LIBRARY = "ims.core.jobs"


def others_that_know_the_library(files: Iterable[Source]) -> list[str]:
    return [
        f"{file.module}:{line} imports {name}"
        for file in files
        if file.module != KNOWS_THE_LIBRARY
        for line, name in file.imports()
        if name.partition(".")[0] == "procrastinate"
    ]


def declared_where_no_worker_looks(files: Iterable[Source]) -> list[str]:
    """Modules that declare jobs and are not the tasks.py of an app: a worker imports nothing else."""
    found = {f"{config.name}.tasks" for config in apps.get_app_configs()}
    return [file.module for file in files if file.module not in found and _declares(file)]


def _declares(file: Source) -> bool:
    return any(name == "ims.core.jobs.job" for _, name in file.imports()) or any(
        isinstance(node, ast.Attribute) and ast.unparse(node) == "jobs.job" for node in ast.walk(file.tree)
    )


def arguments_that_are_no_ids(declared: Iterable[Job]) -> list[str]:
    return [
        f"{job.name}: {argument}"
        for job in declared
        for function in filter(None, [job.function, job.on_giving_up])
        for argument in _no_ids(function)
    ]


def _no_ids(function: Callable) -> list[str]:
    return [
        name
        for name, parameter in signature(function).parameters.items()
        if parameter.annotation not in (int, UUID)
    ]


def test_one_module_knows_the_library():
    assert others_that_know_the_library(sources(tests=True)) == []


def test_every_job_is_declared_where_a_worker_finds_it():
    assert declared_where_no_worker_looks(sources()) == []


def test_every_job_takes_ids_and_nothing_else():
    assert arguments_that_are_no_ids(jobs.declared.values()) == []


def test_another_module_that_knows_the_library_is_found():
    plain = Source("clients.planted", "import procrastinate\n")
    hidden = Source("clients.planted", "def f():\n    from procrastinate.contrib.django import app\n")

    assert others_that_know_the_library([plain]) == ["clients.planted:1 imports procrastinate"]
    assert others_that_know_the_library([hidden]) == [
        "clients.planted:2 imports procrastinate.contrib.django.app"
    ]


def test_a_job_that_no_worker_would_find_is_found():
    text = "from ims.core.jobs import job\n"
    deeper = Source(
        "interventions.packs.tasks",
        "from ims.core import jobs\n@jobs.job(name='a', queue='a')\ndef a(): ...\n",
    )
    files = [Source("clients.tasks", text), Source("clients.views", text), deeper]

    assert declared_where_no_worker_looks(files) == ["clients.views", "interventions.packs.tasks"]


def test_a_job_that_takes_words_or_does_not_say_what_it_takes_is_found():
    def write(client_id: int, attributor: str): ...
    def say(client_id): ...

    assert arguments_that_are_no_ids([Job("clients.write", "letters", write, on_giving_up=say)]) == [
        "clients.write: attributor",
        "clients.write: client_id",
    ]
