"""Walking through a page with Tab: what is reached, in which order, and whether one sees where one stands."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).with_suffix(".js").read_text()


@dataclass(frozen=True)
class Walk:
    """One round of Tab. `names` of all stops in the order of the page, `reached` as Tab came to them; then the faults."""

    names: list[str]
    reached: list[str]
    unseen: list[str]  # where the focus cannot be seen
    backwards: list[str]  # where a stop stands before or above the one it follows


def walk(page: Page) -> Walk:
    """Presses Tab until the first stop comes again."""
    for _ in range(page.evaluate(SCRIPT) + 2):  # one for the page itself, between the last stop and the first
        page.keyboard.press("Tab")
    stops, reached = page.evaluate("[window.walked.stops, window.walked.reached]")
    return Walk(
        names=[stop["name"] for stop in stops],
        reached=[stop["name"] for stop in _one_round(reached)],
        unseen=[stop["name"] for stop in reached if not _is_seen(stop, stops[stop["number"]])],
        backwards=[
            f"{here['name']} → {there['name']}"
            for here, there in pairwise(stops[1:])  # without the skip link, which stands where there is room
            if _is_before(there, here)
        ],
    )


def _one_round(reached: list[dict]) -> list[dict]:
    """Each stop once, as if the round had begun at the first, wherever the page had put the focus."""
    once = list({stop["number"]: stop for stop in reached}.values())
    numbers = [stop["number"] for stop in once]
    start = numbers.index(0) if 0 in numbers else 0
    return once[start:] + once[:start]


def _is_seen(focused: dict, before: dict) -> bool:
    on_the_page = 0 <= focused["left"] < focused["right"] <= focused["page"] and focused["bottom"] > 0
    large_enough = focused["right"] - focused["left"] > 4 and focused["bottom"] - focused["top"] > 4
    return on_the_page and large_enough and focused["look"] != before["look"]


def _is_before(there: dict, here: dict) -> bool:
    above = there["bottom"] <= here["top"]
    beside = there["top"] < here["bottom"] and here["top"] < there["bottom"]
    return above or (beside and there["right"] <= here["left"])
