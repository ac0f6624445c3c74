"""Rule 15: what is imported is named in pyproject.toml, and everything named there has its reason beside it."""

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import packages_distributions

from tests.house.source import BASE, Source, sources

PYPROJECT = BASE / "pyproject.toml"
OURS = {path.stem for path in BASE.glob("*.py")} | {path.name for path in BASE.iterdir() if path.is_dir()}


def unnamed(files: Iterable[Source], named: set[str], distributions: Mapping[str, list[str]]) -> set[str]:
    """Imports of a package that is neither Python's, nor ours, nor of a distribution that is named."""
    return {
        f"{file.module} imports {top}"
        for file in files
        for _, name in file.imports()
        if (top := name.partition(".")[0]) not in sys.stdlib_module_names | OURS
        and not named & {_normal(found) for found in distributions.get(top, [])}
    }


def names_in(requirements: Iterable[str]) -> set[str]:
    return {_normal(re.match(r"[A-Za-z0-9._-]+", requirement)[0]) for requirement in requirements}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def without_a_reason(text: str) -> list[str]:
    """Dependencies of a pyproject.toml that stand without a remark of at least two words."""
    listed = [*_site(text), *_tests(text)]
    lines = {line.strip() for line in text.splitlines()}
    return [
        requirement
        for requirement in listed
        if not any(re.match(rf'"{re.escape(requirement)}",?\s*#\s*\S+\s+\S+', line) for line in lines)
    ]


def _site(text: str) -> list[str]:
    return tomllib.loads(text)["project"]["dependencies"]


def _tests(text: str) -> list[str]:
    return tomllib.loads(text).get("dependency-groups", {}).get("dev", [])


def test_the_site_imports_nothing_that_is_not_named():
    named = names_in(_site(PYPROJECT.read_text()))

    assert unnamed(sources(migrations=True), named, packages_distributions()) == set()


def test_the_tests_import_nothing_that_is_not_named():
    text = PYPROJECT.read_text()
    named = names_in([*_site(text), *_tests(text)])

    assert unnamed(sources(tests=True), named, packages_distributions()) == set()


def test_every_dependency_has_a_reason_beside_it():
    assert without_a_reason(PYPROJECT.read_text()) == []


def test_an_import_that_came_along_with_something_else_is_found():
    file = Source("clients.planted", "import sqlparse\nfrom django.db import models\nimport json\n")
    distributions = {"sqlparse": ["sqlparse"], "django": ["Django"]}

    assert unnamed([file], {"django"}, distributions) == {"clients.planted imports sqlparse"}


def test_a_package_for_tests_does_not_count_for_the_site():
    file = Source("clients.planted", "import hypothesis\n")
    named = names_in(_site(PYPROJECT.read_text()))

    assert unnamed([file], named, packages_distributions()) == {"clients.planted imports hypothesis"}


def test_a_dependency_without_a_reason_is_found():
    text = '[project]\ndependencies = [\n  "django~=5.2",  # the framework\n  "left-pad~=1.0",\n  "thing~=2",  # x\n]\n'

    assert without_a_reason(text) == ["left-pad~=1.0", "thing~=2"]
