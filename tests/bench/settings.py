"""The site as it is, with two empty pages beside it to compare with. Nothing else differs: not the middleware."""

from pathlib import Path

from ims.settings import *  # noqa: F403
from ims.settings import TEMPLATES

ROOT_URLCONF = "tests.bench.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]
