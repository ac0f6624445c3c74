"""What axe-core finds wrong with a page: every rule it has, those of WCAG 2.2 included."""

from pathlib import Path

from playwright.sync_api import Page

FILE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const found = await axe.run(document, {
    resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },  // WCAG 2.2, off by default
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""


def violations(page: Page) -> list[str]:
    """A line for each thing that breaks a rule: the rule, where, and what is wrong. Needs `make setup` (node_modules)."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(
            FILE.read_text(encoding="utf-8")
        )  # by the debugger: the page's own policy would refuse it
    return page.evaluate(RUN)
