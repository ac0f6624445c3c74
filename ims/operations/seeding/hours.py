"""When services of the made-up data are open: from nine to half past five, every day."""

from datetime import date, datetime, time
from random import Random

from ims.core.dates import LONDON

OPENS, WORKED = 9 * 60, 8 * 60  # minutes of the day; what is begun at five is done by half past


def working_moment(on: date, chance: Random) -> datetime:
    """A moment of a working day, to the second."""
    minutes = OPENS + chance.randrange(WORKED)
    return datetime.combine(on, time(*divmod(minutes, 60), chance.randrange(60)), tzinfo=LONDON)
