"""Reading a page as its user does: its words, and the figures of its tables."""

from playwright.sync_api import Page

TABLES = """() => Object.fromEntries([...document.querySelectorAll("table")].map(table => [
  table.caption.innerText.trim(),
  [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim())),
]))"""
ALL = "All"
INDIVIDUALS = "Individuals by authority of residence and cohort"
NEEDLES = "Needles by authority of residence and cohort"
BY_PROVIDER = "Individuals, visits and equipment by provider"


def words(page: Page) -> str:
    return page.locator("main").inner_text()


def figure(page: Page, table: str, row: str, column: str = ALL) -> str:
    """One figure as it is shown, such as "15" or "*"."""
    headings, *rows = page.evaluate(TABLES)[table]
    return next(cells for cells in rows if cells[0] == row)[headings.index(column)]
