"""Each rule about pages can fail: a good page with one thing wrong is found out, by that thing alone."""

import pytest

from tests.pages.rules import faults

GOOD = """<!DOCTYPE html><html lang="en-GB"><head><title>Find a client - IMS</title>
<link rel="stylesheet" href="/static/a.css"></head><body><script src="/static/a.js"></script>
<a href="#main">Skip</a><main id="main"><h1>Find a client</h1>
<form method="post" action="/clients/"><label for="a">Who</label><input id="a" name="a">
<fieldset><legend>Sex</legend><input type="radio" id="m" name="sex"><label for="m">Male</label></fieldset>
<input type="hidden" name="token"><button>Find</button></form>
<table><caption>People</caption><tr><th scope="col">Name</th></tr></table>
</main></body></html>"""


def test_a_good_page_has_no_fault():
    assert faults(GOOD, personal=["AB05051985M"]) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Find a client</h1>", "Find a client</h1><h1>Again</h1>", "h1: ['Find a client', 'Again']"),
        ("<h1>Find a client</h1>", "", "h1: []"),
        ("<h1>Find a client</h1>", "<h1> </h1>", "h1: ['']"),
        ('<label for="a">Who</label>', "", "no label: a"),
        ('<label for="m">Male</label>', '<label for="m"></label>', "no label: sex"),
        ("<legend>Sex</legend>", "", "no legend: sex"),
        ("<button>Find</button>", "<button></button>", "a button without words"),
        ("client - IMS", "client", "title: ['Find a client']"),
        ("Find a client - IMS", " - IMS", "title: ['- IMS']"),
        ("<title>Find", "<title>Error: Find", "title 'Error: Find a client - IMS' says Error"),
        (' lang="en-GB"', "", "no language"),
        ('id="main"', 'id="a"', "id twice: a"),
        ('href="#main"', 'href="#mian"', "leads to no id: mian"),
        ('id="a" name', 'id="a" aria-describedby="a-hint" name', "leads to no id: a-hint"),
        ("<h1>", '<h1 style="color: red">', "inline style on h1"),
        ("<h1>", "<style>h1 { color: red }</style><h1>", "inline style"),
        ("<h1>", "<script>alert(1)</script><h1>", "inline script"),
        ("<h1>", '<h1 onclick="alert(1)">', "onclick on h1"),
        ('href="#main"', 'href="https://example.org/"', "another site, or no address: https://example.org/"),
        ('href="#main"', 'href="//example.org/"', "another site, or no address: //example.org/"),
        ('href="#main"', 'href="javascript:alert(1)"', "another site, or no address: javascript:alert(1)"),
        ("Find a client - IMS", "Find ab05051985m - IMS", "title names AB05051985M"),
        ('action="/clients/"', 'action="/clients/?q=AB05051985M"', "address names AB05051985M"),
        ("<caption>People</caption>", "", "a table without a caption"),
        (' scope="col"', "", "a heading without a scope"),
        ("</main>", "", "</body> closes <main>"),
    ],
)
def test_a_planted_fault_is_found(old, new, fault):
    assert old in GOOD

    assert faults(GOOD.replace(old, new, 1), personal=["AB05051985M"]) in (
        [fault],
        [fault, "leads to no id: main"],
    )


def test_a_page_with_errors_must_say_so():
    assert faults(GOOD, has_errors=True) == ["title 'Find a client - IMS' does not say Error"]
    assert faults(GOOD.replace("<title>", "<title>Error: "), has_errors=True) == []
