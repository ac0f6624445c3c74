"""The watch that every story stands under: each thing it forbids, done once on purpose, is seen."""

import pytest

from tests.browser.stage import STORY
from tests.browser.watch import Watch

pytestmark = STORY


@pytest.fixture
def watched(chromium, site, stage):
    yield from _watched_page(chromium, site)


@pytest.fixture
def a_page_without_policy(chromium, site, stage):
    """The policy would refuse the request before it is made."""
    yield from _watched_page(chromium, site, bypass_csp=True)


def _watched_page(chromium, site, **options):
    context = chromium.new_context(base_url=site, **options)
    page, watch = context.new_page(), Watch(context, site)
    page.goto("/sign-in/")
    yield page, watch
    context.close()


def _faults(page, watch):
    with page.context.expect_console_message(lambda message: message.text == "that was all"):
        page.evaluate("setTimeout(() => console.log('that was all'))")
    return " ".join(watch.faults)


def test_an_ordinary_page_has_nothing_to_report(watched):
    page, watch = watched
    page.goto("/nothing-there/")  # 404

    assert _faults(page, watch) == ""


@pytest.mark.parametrize(
    "address", ["https://example.org/x.js", "http://192.0.2.1/", "http://localhost:PORT/sign-in/"]
)
def test_a_request_to_another_host_is_seen_and_does_not_leave(a_page_without_policy, site, address):
    page, watch = a_page_without_policy
    address = address.replace(
        "PORT", site.rpartition(":")[2]
    )  # our own site by another name: it would answer

    arrived = page.evaluate("(url) => fetch(url, {mode: 'no-cors'}).then(() => 'arrived', () => '')", address)

    assert arrived == ""
    assert f"asked another host: {address}" in _faults(page, watch)


def test_a_script_inside_a_page_is_refused_and_seen(watched):
    page, watch = watched
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )

    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in _faults(page, watch)


def test_a_style_inside_a_page_is_refused_and_seen(watched):
    page, watch = watched
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")

    assert "Content Security Policy" in _faults(page, watch)


def test_a_script_that_fails_is_seen(watched):
    page, watch = watched
    page.evaluate("setTimeout(() => { throw new Error('planted') })")

    assert "planted" in _faults(page, watch)


def test_a_missing_file_of_the_site_is_seen(watched):
    page, watch = watched
    page.evaluate("fetch('/static/nothing.css')")

    assert "status of 404" in _faults(page, watch)
