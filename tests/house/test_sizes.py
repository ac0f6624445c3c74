"""Rule 13: a file is read in one sitting (at most 400 lines), a function in one glance (at most 50)."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

from tests.house.source import BASE, Source, ours, sources

LONGEST_FILE, LONGEST_FUNCTION = 400, 50
MEDIAN_FILE, MEDIAN_FUNCTION = 100, 8  # what we aim at: printed, not judged


def long_files(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Files of too many lines. Takes names and texts."""
    return [f"{name}: {n} lines" for name, text in texts if (n := len(text.splitlines())) > LONGEST_FILE]


def long_functions(files: Iterable[Source]) -> list[str]:
    return [
        f"{file.module}.{function.name}: {n} lines"
        for file in files
        for function in _functions(file)
        if (n := _lines(function)) > LONGEST_FUNCTION
    ]


def _functions(file: Source) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(file.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _lines(function: ast.FunctionDef) -> int:
    """Decorators included."""
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return function.end_lineno - first + 1


def _texts() -> Iterator[tuple[str, str]]:
    for path in ours(".py", ".sql", ".html", ".css", ".js"):
        if "migrations" not in path.parts:
            yield str(path.relative_to(BASE)), Path(path).read_text(encoding="utf-8")


def test_no_file_is_longer_than_400_lines():
    assert long_files(_texts()) == []


def test_no_function_is_longer_than_50_lines():
    assert long_functions(sources(tests=True)) == []


def test_the_medians_are_told(capsys):
    files = [len(file.text.splitlines()) for file in sources() if file.text]
    functions = [_lines(function) for file in sources() for function in _functions(file)]

    with capsys.disabled():
        print(f"\nmedian lines: {median(files):g} a file (aim {MEDIAN_FILE}), "
              f"{median(functions):g} a function (aim {MEDIAN_FUNCTION})")  # fmt: skip

    assert len(functions) > 100


def test_a_file_of_401_lines_is_found():
    assert long_files([("clients/planted.py", "x = 1\n" * 401)]) == ["clients/planted.py: 401 lines"]
    assert long_files([("clients/planted.py", "x = 1\n" * 400)]) == []


def test_a_method_of_51_lines_is_found_with_its_decorators():
    body = "        x = 1\n" * 49
    method = Source("clients.planted", f"class A:\n    @property\n    def long(self):\n{body}")

    assert long_functions([method]) == ["clients.planted.long: 51 lines"]
