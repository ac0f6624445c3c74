"""A worker takes a file of some thousand rows in one step; this one takes a hundred at a time, each by COPY as thousands are."""

from django.apps import AppConfig

STEP = 100  # rows


class SmallSteps(AppConfig):
    name = "tests.killed"
    label = "killed"

    def ready(self):
        from ims.bulk import passing
        from ims.core import inserting

        passing.CHUNK, inserting.MANY = STEP, STEP
