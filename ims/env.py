"""The only reader of the environment: every setting that differs between two installations."""

import os
import secrets
from functools import cache
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

BASE = Path(__file__).resolve().parent.parent


class NotConfigured(RuntimeError):
    """A production setting is missing. The message names it."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def production() -> bool:
    """True where IMS_PRODUCTION is set to anything but 0: no demo data, no generated keys, HTTPS only."""
    return text("IMS_PRODUCTION", "0") not in {"", "0"}


def required(name: str, development: str) -> str:
    """The value of `name`; in development a stand-in. Raises NotConfigured in production."""
    value = text(name)
    if not value and production():
        raise NotConfigured(f"Set {name}: production does not start without it.")
    return value or development


def data_dir() -> Path:
    """Where the private database, generated keys and mail of a development machine live."""
    return Path(text("IMS_DATA_DIR") or BASE / "var").resolve()


def static_root() -> Path:
    """Where collectstatic writes in production; in development an empty folder, because files are found as they are."""
    if production():
        return BASE / "staticfiles"
    empty = data_dir() / "static"
    empty.mkdir(parents=True, exist_ok=True)
    return empty


def secret_key() -> str:
    """IMS_SECRET_KEY, or in development one made once and kept in the data folder."""
    return required("IMS_SECRET_KEY", "") or _kept_secret(data_dir() / "secret_key")


def instrument_texts() -> Path | None:
    """IMS_INSTRUMENT_TEXTS: a folder with the words of licensed questions, if the holder of a licence has one."""
    folder = text("IMS_INSTRUMENT_TEXTS")
    return Path(folder).resolve() if folder else None


def transfer_dir() -> Path | None:
    """IMS_TRANSFER_DIR: where the folders of secure file transfer lie, one for each provider; None where there are none."""
    folder = text("IMS_TRANSFER_DIR")
    return Path(folder).resolve() if folder else None


def hosts() -> list[str]:
    return required("IMS_HOSTS", "127.0.0.1,localhost,[::1]").split(",")


def web_process() -> bool:
    return text("IMS_PROCESS") == "web"


def databases() -> dict[str, dict]:
    """The site's and the reports' connections, each under its own role (house rule 8).

    Raises NotConfigured in production without DATABASE_URL.
    """
    if url := required("DATABASE_URL", ""):
        site = _from_url(url)
        reporting = _from_url(required("REPORTING_DATABASE_URL", url))
    else:
        site = _embedded("ims_app")
        reporting = {**site, "USER": "ims_reporting"}
    return {"default": _connection(site), "reporting": _connection(reporting)}


def database_owner() -> dict[str, str]:
    """Who migrates: DATABASE_OWNER_URL's parts, or ims_owner of the private server."""
    if url := text("DATABASE_OWNER_URL"):
        return {key: value for key, value in _from_url(url).items() if key in {"USER", "PASSWORD"}}
    return {"USER": "ims_owner"}


def _from_url(url: str) -> dict[str, str]:
    parts = conninfo_to_dict(url)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings = {django: str(parts.pop(libpq)) for libpq, django in names.items() if libpq in parts}
    return {**settings, "OPTIONS": parts}


@cache
def _server():
    from ims.core import embedded_postgres  # here, because it needs a Unix; other systems have DATABASE_URL

    binaries = text("IMS_PG_BIN")
    throwaway = (
        text("IMS_THROWAWAY_DATABASE") == "1"
    )  # the tests' own cluster: quick, and lost in a power cut
    return embedded_postgres.running(
        data_dir() / "postgres", throwaway=throwaway, binaries=Path(binaries) if binaries else None
    )


def _embedded(role: str) -> dict[str, str]:
    server = _server()
    return {"NAME": "ims", "USER": role, "HOST": server.host, "PORT": str(server.port), "OPTIONS": {}}


def _connection(parts: dict) -> dict:
    limit = "15s" if web_process() else "0"
    options = {**parts.get("OPTIONS", {}), "options": f"-c statement_timeout={limit}"}
    return {
        **parts,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,  # twice the requests a second of a new connection each time
        "CONN_HEALTH_CHECKS": True,  # without it one request fails after the server restarts
    }


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()
