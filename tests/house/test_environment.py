"""Rule 14: the environment is read in ims/env.py alone, and a production site passes the framework's own checks."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterable

from tests.house.source import BASE, Source, sources

READER = "ims.env"
# They name the settings module before anything of ours is imported; they read nothing.
STARTERS = {"ims.wsgi", "manage"}
ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}

PRODUCTION = {
    "IMS_PRODUCTION": "1",
    "IMS_SECRET_KEY": "made up for a test, long enough, 0123456789 abcdefghijklmnop",
    "IMS_HOSTS": "ims.example.org",
    "DATABASE_URL": "postgresql://ims_app@127.0.0.1:1/ims",  # nobody listens there
    "REPORTING_DATABASE_URL": "postgresql://ims_reporting@127.0.0.1:1/ims",
    "DATABASE_OWNER_URL": "postgresql://ims_owner@127.0.0.1:1/ims",
}


def reads_of_the_environment(files: Iterable[Source]) -> list[str]:
    return [
        f"{file.module}:{node.lineno}"
        for file in files
        if file.module != READER
        for node in ast.walk(file.tree)
        if _names_environment(node) and not (file.module in STARTERS and _is_set_default(node, file))
    ]


def _names_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(alias.name in ENVIRONMENT for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT


def _is_set_default(node: ast.AST, file: Source) -> bool:
    return any(
        isinstance(outer, ast.Attribute) and outer.value is node and outer.attr == "setdefault"
        for outer in ast.walk(file.tree)
    )


def check_deploy(**environment: str) -> subprocess.CompletedProcess:
    """`manage.py check --deploy` as production would run it, with nothing else of ours in its environment."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    variables = {"PATH": os.environ["PATH"], **PRODUCTION, **environment}
    return subprocess.run(command, cwd=BASE, env=variables, capture_output=True, text=True, timeout=60)


def test_the_environment_is_read_in_one_place():
    assert reads_of_the_environment(sources(migrations=True)) == []


def test_a_module_that_reads_the_environment_for_itself_is_found():
    plain = Source("clients.planted", "import os\nLIMIT = os.environ.get('LIMIT')\n")
    imported = Source("clients.planted", "from os import getenv\n")
    starter = Source("manage", "import os\nos.environ.setdefault('A', 'b')\nos.environ['C']\n")

    assert reads_of_the_environment([plain]) == ["clients.planted:2"]
    assert reads_of_the_environment([imported]) == ["clients.planted:1"]
    assert reads_of_the_environment([starter]) == ["manage:3"]


def test_production_passes_the_deployment_check_without_a_database():
    checked = check_deploy()

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_a_weak_secret_fails_the_deployment_check():
    checked = check_deploy(IMS_SECRET_KEY="short")

    assert checked.returncode != 0
    assert "security.W009" in checked.stderr


def test_production_does_not_start_without_a_database_of_its_own():
    checked = check_deploy(DATABASE_URL="")

    assert checked.returncode != 0
    assert "Set DATABASE_URL" in checked.stderr
