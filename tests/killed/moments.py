"""Random moments of something that takes a while, which is measured first."""

import os
from collections.abc import Callable, Iterator
from random import Random
from time import monotonic, sleep, time_ns

ROUNDS = int(os.environ.get("KILL_ROUNDS", "10"))
PATIENCE = 3  # times as many once more
SEED = int(os.environ.get("KILL_SEED", time_ns() % 1_000_000))


def moments(what: str, *hits: list[bool]) -> Iterator[float]:
    """Shares of the length: one in each equal part of it and in any order; then others, until there are enough hits.

    The caller adds to each list of `hits` whether a kill was in the middle: on a machine that has much else to do a length
    that was measured is soon wrong. The first ones are the same for the same seed, which is told.
    """
    chance = Random(f"{SEED} {what}")
    shares = [(part + chance.random()) / ROUNDS for part in range(ROUNDS)]
    chance.shuffle(shares)
    print(f"KILL_SEED={SEED} KILL_ROUNDS={ROUNDS} {what}: {' '.join(f'{share:.3f}' for share in shares)}")
    yield from shares
    for _ in range(ROUNDS * PATIENCE):
        if all(map(enough, hits)):
            break
        yield chance.random()
    print(", ".join(f"{sum(one)} of {len(one)}" for one in hits), "in the middle")


def come_to(share: float, of: float, since: float) -> None:
    """Wait for the moment, which is all that a test of this kind may wait for. `of` in seconds, `since` by `now`."""
    sleep(max(0.0, since + share * of - now()))


def enough(hits: list[bool]) -> bool:
    """Whether so many kills were in the middle of the thing that the test has tried what it says."""
    return sum(hits) * 4 >= ROUNDS


def length(act: Callable[[], object]) -> float:
    """How many seconds something takes."""
    begun = now()
    act()
    return now() - begun


now = monotonic
