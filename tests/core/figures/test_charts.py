from xml.etree import ElementTree

from django.template.loader import render_to_string

from ims.core.figures.charts import bar_chart
from ims.core.figures.policy import Policy
from ims.core.figures.shown import Shown, percentage

POLICY = Policy()


def drawn(figures, title="Individuals"):
    return ElementTree.fromstring(
        render_to_string("components/bar_chart.html", {"chart": bar_chart(title, figures)}).strip()
    )


def test_a_bar_is_as_long_as_what_is_shown_of_it():
    halton, wirral, sefton = bar_chart(
        "", [("Halton", Shown(50)), ("Wirral", Shown(100)), ("Sefton", Shown(0))]
    ).bars

    assert (halton.length, wirral.length, sefton.length) == ("260", "520", "0")


def test_hidden_counts_look_all_the_same():
    one, forty = bar_chart(
        "", [("Halton", POLICY.show(1)), ("Halton", POLICY.hide()), ("", Shown(900))]
    ).bars[:2]

    assert (one.length, one.figure, one.is_shown) == (forty.length, forty.figure, False)


def test_a_hidden_count_does_not_set_the_scale():
    assert bar_chart("", [("Halton", POLICY.show(5)), ("Wirral", Shown(10))]).bars[1].length == "520"


def test_a_chart_of_nothing_but_hidden_counts_and_noughts_can_be_drawn():
    assert [bar.length for bar in bar_chart("", [("Halton", POLICY.hide()), ("Wirral", Shown(0))]).bars] == [
        "16",
        "0",
    ]


def test_percentages_can_be_drawn_too():
    half = percentage(Shown(50), Shown(100))

    assert bar_chart("", [("Halton", half)]).bars[0].figure == "50%"


def test_the_words_of_a_chart_say_every_figure():
    chart = bar_chart(
        "Individuals", [("Halton", POLICY.hide()), ("Wirral", Shown(1235)), ("Sefton", POLICY.show(None))]
    )

    assert chart.description == "Halton: hidden, too few people; Wirral: 1,235; Sefton: not recorded"


def test_a_drawing_is_an_image_with_a_name_and_every_figure_is_in_it_as_text():
    image = drawn([("Halton", Shown(50)), ("Wirral", POLICY.hide())])

    assert image.get("role") == "img"
    assert image.get("aria-label").startswith("Individuals. ")
    texts = [text.text for text in image.iter("text")]
    assert texts == ["Halton", "50", "Wirral", "*"]


def test_a_drawing_has_no_style_no_script_and_no_address():
    image = drawn([("Halton", Shown(50)), ("Wirral", POLICY.hide())])

    for element in image.iter():
        assert element.tag in {"svg", "title", "desc", "text", "rect"}
        assert not {"style", "href", "onload", "class", "id"} & set(element.keys())


def test_a_name_with_brackets_in_it_stays_text():
    image = drawn([("<script>Halton & Co</script>", Shown(50))], title='"><b>')

    assert next(text.text for text in image.iter("text")).startswith("<script>")


def test_a_long_chart_has_no_thousands_separator_in_its_drawing():
    image = drawn([(f"Provider {number}", Shown(10)) for number in range(40)])

    assert image.get("viewBox") == "0 0 640 1760"
