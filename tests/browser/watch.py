"""What a browser may not do while it is watched: ask another host, break the content policy, or complain."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

ANSWERS_WITH_A_PAGE = ("401", "403", "404", "400", "422", "429", "500", "503")


class Watch:
    """Remembers every fault of every page of a browser, in words."""

    def __init__(self, context: BrowserContext, site: str):
        self.site = site
        self.faults: list[str] = []
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._is_an_answer(message):
            self.faults.append(f"console: {message.text}")

    def _is_an_answer(self, message: ConsoleMessage) -> bool:
        """Chromium reports a page with a status such as 422 as an error; a file of the site that is missing is one."""
        is_page = not message.location["url"].startswith(f"{self.site}/static/")
        return is_page and any(f"a status of {status}" in message.text for status in ANSWERS_WITH_A_PAGE)
