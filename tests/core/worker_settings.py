"""Settings of a worker that a test starts: the test's own database, trial jobs, and no patience."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, INSTALLED_APPS, LOGGING

DATABASES["default"]["NAME"] = os.environ["TRIAL_DATABASE"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.trial"]
JOB_HEARTBEAT = 0.3
JOB_STALLED_AFTER = 2
JOB_PAUSES = (0, 0, 0)
LOGGING["loggers"]["procrastinate"]["level"] = "INFO"  # tests wait for what it says
