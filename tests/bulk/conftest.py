"""Files are read on the day of the tests, whatever day it really is."""

from tests.clock import clock  # noqa: F401
