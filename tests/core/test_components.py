"""The parts pages are made of."""

import re
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory

from ims.core.templatetags import components
from ims.core.templatetags.components import NotInTheDesign
from tests.core.markup import Markup

TEMPLATES = settings.BASE_DIR / "templates"
OURS = [
    path
    for room in ("components", "layouts", "django/forms")
    for path in sorted((TEMPLATES / room).rglob("*.html"))
]
SCRIPT = "<script>alert(1)</script>"


def made(source, request=None, **context):
    return engines["django"].from_string("{% load components %}" + source).render(context, request)


@dataclass
class Column:
    label: str
    numeric: bool = False


@dataclass
class Table:
    caption: str = "Visits"
    columns: list = field(default_factory=lambda: [Column("Authority"), Column("Visits", numeric=True)])
    rows: list = field(default_factory=lambda: [["Liverpool", "1,235"]])
    footnotes: list = field(default_factory=list)


@dataclass
class Pages:
    previous_url: str = ""
    next_url: str = ""


@pytest.mark.parametrize(
    "source",
    [
        "{% button text name='n' value=text %}",
        "{% link_button text '/clients/' %}",
        "{% tag text %}",
        "{% panel text text %}",
        "{% warning_text text %}",
        "{% inset %}{{ text }}{% endinset %}",
        "{% summary_list rows %}",
        "{% data_table table %}",
    ],
)
def test_what_a_person_typed_stays_text_in_every_part(source):
    table = Table(SCRIPT, [Column(SCRIPT), Column(SCRIPT)], [[SCRIPT, SCRIPT]], [SCRIPT])

    html = made(source, text=SCRIPT, rows=[(SCRIPT, SCRIPT, "/x", SCRIPT)], table=table)

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_an_address_cannot_leave_its_link():
    url = '/x"onclick="alert(1)'

    html = made("{% link_button 'Open' url %}{% pagination page %}", url=url, page=Pages(url, url))

    assert [set(link.attrs) & {"onclick"} for link in Markup(html).all("a")] == [set(), set(), set()]


@pytest.mark.parametrize("source", ["{% tag 'Yes' 'chartreuse' %}", "{% button 'Save' kind='huge' %}"])
def test_a_colour_or_kind_that_does_not_exist_is_refused(source):
    with pytest.raises(NotInTheDesign):
        made(source)


def test_every_colour_of_a_tag_is_in_the_style_sheet():
    css = (settings.BASE_DIR / "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css").read_text()

    assert {colour for colour in components.TAG_COLOURS if f".govuk-tag--{colour}" not in css} == set()


def test_a_button_says_which_it_was_and_minds_a_double_click():
    button = Markup(made("{% button 'Save and next' kind='secondary' name='go' value='next' %}")).one(
        "button"
    )

    assert button.text == "Save and next"
    assert (button.attrs["name"], button.attrs["value"]) == ("go", "next")
    assert button.attrs["data-prevent-double-click"] == "true"
    assert "govuk-button--secondary" in button.attrs["class"]


def test_nothing_recorded_is_said_in_words_and_nought_is_nought():
    page = Markup(made("{% summary_list rows %}", rows=[("Postcode", None), ("Note", ""), ("Needles", 0)]))

    assert [value.text for value in page.all("dd")] == ["Not recorded", "Not recorded", "0"]


def test_a_link_beside_a_fact_says_what_it_changes():
    page = Markup(made("{% summary_list rows %}", rows=[("Postcode", "L1 1AA", "/clients/x/postcode/")]))

    assert page.one("a").attrs["href"] == "/clients/x/postcode/"
    assert (page.one("a").text, page.one("span").text) == ("Change", " Postcode")


def test_each_row_of_a_table_is_headed_by_its_first_cell():
    page = Markup(made("{% data_table table %}", table=Table()))

    assert page.one("th", scope="row").text == "Liverpool"
    assert [heading.text for heading in page.all("th", scope="col")] == ["Authority", "Visits"]
    assert "numeric" in page.one("td").attrs["class"]


def test_a_table_of_words_is_stacked_on_a_phone_with_the_heading_at_each_value():
    columns = [Column("Column"), Column("What is wrong"), Column("Rows", numeric=True), Column("Row numbers")]
    page = Markup(
        made("{% data_table table %}", table=Table(columns=columns, rows=[["drug", "No code", "2", "3, 4"]]))
    )

    assert "ims-stacks" in page.one("table").attrs["class"]
    assert page.one("th", scope="row").attrs["data-label"] == "Column"
    assert [cell.attrs["data-label"] for cell in page.all("td")] == ["What is wrong", "Rows", "Row numbers"]


def test_a_table_of_figures_stays_in_columns():
    page = Markup(made("{% data_table table %}", table=Table()))

    assert "ims-stacks" not in page.one("table").attrs["class"]


def test_a_wide_table_can_be_reached_and_moved_by_keyboard():
    frame = Markup(made("{% data_table table %}", table=Table("Visits by authority"))).all("div")[0]

    assert frame.attrs["tabindex"] == "0"
    assert (frame.attrs["role"], frame.attrs["aria-label"]) == ("region", "Visits by authority")


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        made("{% data_table table %}", table=Table(rows=[["Liverpool", "1,235", "8"]]))


def test_a_list_on_one_page_shows_no_way_to_others():
    assert made("{% pagination page %}", page=Pages()).strip() == ""


def test_a_list_shows_only_the_ways_there_are():
    page = Markup(made("{% pagination page %}", page=Pages(next_url="/clients/?after=x")))

    assert [link.attrs["href"] for link in page.all("a")] == ["/clients/?after=x"]


def test_a_form_says_for_whom_it_was_made():
    request = RequestFactory().get("/")
    request.form_owner = 'sealed"<'

    box = Markup(made("{% form_owner %}", request)).one("input")

    assert (box.attrs["type"], box.attrs["name"], box.attrs["value"]) == ("hidden", "form_owner", 'sealed"<')


def test_a_form_made_for_nobody_says_nothing():
    assert made("{% form_owner %}", RequestFactory().get("/")) == ""


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_shared_template_opens_by_saying_what_it_takes(path):
    one_line, several = r"\{# (.+?) #\}", r"\{% comment %\}([^{]+?)\{% endcomment %\}"

    opening = re.match(f"{one_line}|{several}", path.read_text(encoding="utf-8"))

    assert opening
    assert len(opening[1] or opening[2]) > 5


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_shared_template_switches_escaping_off(path):
    assert not re.search(r"\|\s*safe|autoescape", path.read_text(encoding="utf-8"))
