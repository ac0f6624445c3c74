"""The tools that look at pages: each fault they are for, planted in a page, is found; a sound page has none."""

import pytest

from tests.browser import axe
from tests.browser.conftest import the_browser_or_a_word
from tests.browser.reflow import PHONE, too_wide
from tests.browser.walking import walk

pytestmark = pytest.mark.browser
FOCUS = "<style>:focus { outline: 3px solid black } a, button { display: inline-block; margin: 8px; padding: 8px }</style>"


@pytest.fixture
def planted(chromium):
    context = chromium.new_context(viewport=PHONE)

    def page_with(markup):
        page = context.new_page()
        page.set_content(
            f"<html lang=en><title>Planted</title>{FOCUS}<main><h1>Planted</h1>{markup}</main></html>"
        )
        return page

    yield page_with
    context.close()


@pytest.mark.parametrize(
    ("rule", "markup"),
    [
        ("svg-img-alt", "<svg role=img width=9 height=9></svg>"),
        ("label", "<input>"),
        ("color-contrast", "<p style='color: #ccc'>Hardly seen"),
        ("heading-order", "<h3>Two levels down</h3>"),
        (
            "target-size",
            "<button style='all: unset; font-size: 9px'>a</button><button style='all: unset; font-size: 9px'>b",
        ),
    ],
)
def test_axe_finds_what_is_planted(planted, rule, markup):
    assert rule in " ".join(axe.violations(planted(markup)))


def test_axe_finds_nothing_in_a_sound_page(planted):
    assert axe.violations(planted("<p>Sound</p>")) == []


def test_a_page_that_scrolls_sideways_is_found(planted):
    wide = planted("<div style='width: 500px; height: 9px'></div>")

    assert too_wide(wide) == ["the page is 508 pixels wide"]


def test_words_cut_off_at_the_side_are_found(planted):
    cut = "<div style='overflow: hidden'><p style='width: 500px'>Cut off</p></div>"

    assert too_wide(planted(cut)) == ["p.: Cut off"]


def test_what_is_made_to_scroll_may_be_wide(planted):
    assert too_wide(planted("<div style='overflow-x: auto'><p style='width: 500px'>Wide</p></div>")) == []


def test_what_tab_does_not_reach_in_order_is_found(planted):
    walked = walk(planted("<a href='#a'>one</a><a href='#b' tabindex=1>two</a><a href='#c'>three</a>"))

    assert walked.names == ["one", "two", "three"]
    assert walked.reached != walked.names


def test_what_tab_never_reaches_is_found(planted):
    walked = walk(planted("<a href='#a'>one</a><button tabindex=-1>two</button><a href='#c'>three</a>"))

    assert (walked.names, walked.reached) == (["one", "two", "three"], ["one", "three"])


@pytest.mark.parametrize(
    "style", ["outline: none", "outline-color: transparent", "position: absolute; left: -999px"]
)
def test_a_focus_that_cannot_be_seen_is_found(planted, style):
    walked = walk(planted(f"<a href='#a'>one</a><a href='#b' style='{style}'>two</a>"))

    assert walked.unseen == ["two"]


def test_a_page_read_in_another_order_than_it_is_seen_is_found(planted):
    row = "<div style='display: flex; flex-direction: row-reverse'>"

    assert walk(planted(f"<a href='#'>top</a>{row}<a href='#a'>one</a><a href='#b'>two</a>")).backwards == [
        "one → two"
    ]


def test_without_chromium_the_stories_are_skipped_with_a_word():
    with pytest.raises(pytest.skip.Exception, match="NOT run"):
        the_browser_or_a_word({"PATH": "/nowhere"})


def test_without_chromium_where_it_must_be_there_is_a_failure_that_says_what_to_install():
    with pytest.raises((pytest.fail.Exception, pytest.skip.Exception)) as word:
        the_browser_or_a_word({"PATH": "/nowhere", "CI": "true"})

    assert word.type is pytest.fail.Exception
    assert "apt-get install chromium" in word.value.msg
