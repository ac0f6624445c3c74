"""Settings of the tests: a cluster of their own that need not survive a power cut, the same roles as production."""

import os
from pathlib import Path

os.environ.setdefault("IMS_DATA_DIR", str(Path(__file__).resolve().parent.parent / "var" / "tests"))
os.environ.setdefault("IMS_THROWAWAY_DATABASE", "1")

from ims.settings import *  # noqa: F403
from ims.settings import DATABASES

DATABASES["reporting"] = {**DATABASES["reporting"], "TEST": {"MIRROR": "default"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; one test uses the real one
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
