"""The project's own code as the house rules read it: every file once, by its dotted name, as a syntax tree.

A rule is a function over such files, so that a test can hand it a planted one as well as the real ones.
"""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
NOT_OURS = {"node_modules", "var", "staticfiles", "vendor", "__pycache__"}


@dataclass(frozen=True)
class Source:
    """One Python file: its dotted name, and what it says."""

    module: str
    text: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.module.split("."))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every name that is imported, anywhere in the file, with its line. `from a import b` is a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module
        up = len(self.parts) - node.level + self.is_package
        return ".".join([*self.parts[:up], *filter(None, [node.module])])


@cache
def ours(*suffixes: str) -> tuple[Path, ...]:
    """Every file of the project with one of the suffixes, whoever wrote it: tests too; not what was fetched or made."""
    every = (Path(folder, file) for folder, _, files in _walk() for file in files)
    return tuple(sorted(path for path in every if path.suffix in suffixes))


def _walk() -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, files in os.walk(BASE):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.startswith(".")]
        yield folder, folders, files


def sources(*, tests: bool = False, migrations: bool = False) -> list[Source]:
    """The Python files of the site itself, and those of the tests or the migrations where they are asked for."""
    wanted = []
    for path in ours(".py"):
        parts = path.relative_to(BASE).with_suffix("").parts
        if (tests or parts[0] != "tests") and (migrations or "migrations" not in parts):
            wanted.append(_source(path, parts))
    return wanted


@cache
def _source(path: Path, parts: tuple[str, ...]) -> Source:
    is_package = parts[-1] == "__init__"
    return Source(".".join(parts[:-1] if is_package else parts), path.read_text(encoding="utf-8"), is_package)


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    """Each node's parent."""
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
