"""Whether a page fits a phone: 320 CSS pixels, which is also a desk of 1280 at 400 % (WCAG 1.4.10)."""

from playwright.sync_api import Page

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 320, "height": 640}

# What is made to scroll may be wider inside; what is for screen readers alone is not seen.
TOO_WIDE = """() => {
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const scrolls = (element) => element && element !== document.body
    && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const hidden = (element) => element.closest(".govuk-visually-hidden, .govuk-skip-link");
  const sticksOut = (element) => element.getBoundingClientRect().right > innerWidth + 1;
  const boxes = "img, svg, input, select, textarea, button";
  const found = [...document.body.querySelectorAll("*")]
    .filter((element) => (hasText(element) || element.matches(boxes)) && sticksOut(element))
    .filter((element) => !hidden(element) && !scrolls(element))
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 60)}`);
  const width = document.scrollingElement.scrollWidth;
  return width > innerWidth ? [`the page is ${width} pixels wide`, ...found] : found;
}"""


def too_wide(page: Page) -> list[str]:
    """What runs off the right edge of the page, in words; empty if nothing does."""
    return page.evaluate(TOO_WIDE)
