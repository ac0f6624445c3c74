"""The figures of a year as the analyst reads them, and the captions of their tables."""

from tests.stories.visitor import Page, at_work

MEASURES = ("Individuals", "Visits", "Needles", "Barrels", "Sets", "Returned (estimate)")
BY_PROVIDER = "Individuals, visits and equipment by provider"


def by_area(measure: str) -> str:
    return f"{measure} by authority of residence and cohort"


def figures(world, year: int = 2026) -> Page:
    return at_work(world, world.analyst).opens(f"/reports/year/{year}/")


def people_in(page: Page, area: str, cohort: str = "All") -> str:
    return page.figure(by_area("Individuals"), area, cohort)


def everything_about(page: Page, area: str) -> set[str]:
    """Every figure in the rows of one area, whatever the table."""
    return {
        figure
        for measure in MEASURES
        for row in page.tables[by_area(measure)]
        if row[0] == area
        for figure in row[1:]
    }
