"""Settings of a worker that is to be killed: small steps, so that a small file has many; and no patience."""

from tests.bench.settings import *  # noqa: F403
from tests.bench.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.killed.small_steps.SmallSteps"]
JOB_HEARTBEAT = 0.2  # seconds
JOB_STALLED_AFTER = 0.8
JOB_POLL = 0.05
JOB_PAUSES = (0, 0, 0)
