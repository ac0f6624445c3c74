"""How a form is drawn: every box has its name, its hint and its error, and keeps what was typed."""

import pytest
from django import forms
from django.template import engines

from tests.core.markup import Markup

SCRIPT = "<script>alert(1)</script>"


class Exchange(forms.Form):
    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    initials = forms.CharField(help_text="Two letters", max_length=2)
    on = forms.DateField(label="Date of contact", help_text="For example 27/3/2026")
    gender = forms.ChoiceField(
        choices=[("f", "Female"), ("m", SCRIPT)], widget=forms.RadioSelect(attrs={"data-inline": True})
    )
    drugs = forms.MultipleChoiceField(
        choices=[("Opiates", [("h", "Heroin")]), ("c", "Cocaine")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick all that apply",
    )
    site = forms.ChoiceField(choices=[("", "Choose"), ("Sites", [("1", "Hope Street"), ("2", SCRIPT)])])
    needles = forms.IntegerField(
        min_value=0, widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"})
    )
    note = forms.CharField(widget=forms.Textarea, label=SCRIPT, help_text=SCRIPT)
    explained = forms.BooleanField(label="I have explained it", help_text="The leaflet says the same")
    file = forms.FileField()

    def clean(self):
        self.add_error(None, "Somebody else changed this record.")


def page_of(form, source="{% load components %}{% error_summary form %}{{ form }}"):
    return Markup(engines["django"].from_string(source).render({"form": form}))


def all_wrong(**typed):
    return page_of(Exchange({"needles": "1o", "on": "31/2/26", **typed}))


def test_every_error_leads_to_a_box_on_the_page():
    page = all_wrong()

    links = [link.attrs["href"] for link in page.all("a")]
    assert "#id_gender_0" in links
    assert len(links) == 11
    assert {link.removeprefix("#") for link in links} <= set(page.ids)


def test_every_error_leads_to_its_box_when_two_forms_share_a_page():
    first, second = Exchange({}, prefix="first"), Exchange({}, prefix="second")
    source = "{% load components %}{% error_summary first second %}{{ first }}{{ second }}"

    page = Markup(engines["django"].from_string(source).render({"first": first, "second": second}))

    links = {link.attrs["href"].removeprefix("#") for link in page.all("a")}
    assert {"id_first-initials", "id_second-initials"} <= links <= set(page.ids)


def test_an_error_names_the_box_it_is_about():
    messages = [link.text for link in all_wrong().all("a")]

    assert "Date of contact: Enter a valid date." in messages


def test_an_error_of_the_whole_form_stands_in_the_summary_alone():
    page = all_wrong()

    assert page.html.count("Somebody else changed this record.") == 1
    assert page.all("a")[0].text == "Somebody else changed this record."
    assert page.all("a")[0].attrs["href"] == "#id_initials"


def test_an_error_in_a_field_that_nobody_sees_is_not_lost():
    page = page_of(Exchange({"submission_id": "not one"}))

    assert any("submission_id: Enter a valid UUID." in link.text for link in page.all("a"))


def test_a_page_without_errors_has_no_summary():
    page = page_of(Exchange())

    assert "There is a problem" not in page.html
    assert page.all("a") == []


@pytest.mark.parametrize("page", [page_of(Exchange()), all_wrong()], ids=["fresh", "with errors"])
def test_what_describes_a_box_is_on_the_page(page):
    described = [one.attrs["aria-describedby"] for one in page.elements if "aria-describedby" in one.attrs]

    assert len(described) >= 5
    assert {name for names in described for name in names.split()} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_a_box_in_error_is_described_by_its_hint_and_its_error():
    page = all_wrong()

    assert page.one("input", name="on").attrs["aria-describedby"] == "id_on_helptext id_on_error"
    assert page.one("input", name="on").attrs["aria-invalid"] == "true"
    assert "govuk-input--error" in page.one("input", name="on").attrs["class"]
    assert any(
        one.attrs.get("aria-describedby") == "id_drugs_helptext id_drugs_error"
        for one in page.all("fieldset")
    )


def test_every_box_has_a_label_and_every_group_a_legend():
    page = page_of(Exchange())

    labelled = {label.attrs["for"] for label in page.all("label")}
    boxes = [
        one
        for tag in ("input", "select", "textarea")
        for one in page.all(tag)
        if one.attrs.get("type") != "hidden"
    ]
    assert {box.attrs["id"] for box in boxes} == labelled
    assert [legend.text for legend in page.all("legend")] == ["Gender", "Drugs"]


def test_labels_hints_and_choices_stay_text():
    html = page_of(Exchange()).html

    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4


def test_a_date_is_one_text_box():
    assert [box.attrs["type"] for box in page_of(Exchange()).all("input", name="on")] == ["text"]


def test_what_was_typed_comes_back_even_where_it_is_no_number():
    page = all_wrong(note="first\nsecond", gender="f", drugs=["h"], site="1")

    assert page.one("input", name="needles").attrs["value"] == "1o"
    assert page.one("textarea").text.strip() == "first\nsecond"
    assert [box.attrs["value"] for box in page.elements if "checked" in box.attrs] == ["f", "h"]
    assert [option.attrs["value"] for option in page.all("option") if "selected" in option.attrs] == ["1"]


def test_a_number_is_typed_into_a_text_box_with_a_keypad_for_numbers():
    box = page_of(Exchange()).one("input", name="needles")

    assert (box.attrs["type"], box.attrs["inputmode"]) == ("text", "numeric")
    assert box.attrs["class"] == "govuk-input govuk-input--width-4"
    assert not {"min", "max", "step"} & set(box.attrs)


def test_the_browser_does_not_remember_what_is_typed_about_people():
    page = page_of(Exchange())

    boxes = [*page.all("input", type="text"), *page.all("textarea")]
    assert len(boxes) == 4
    assert {(box.attrs["autocomplete"], box.attrs["spellcheck"]) for box in boxes} == {("off", "false")}


def test_a_password_may_be_filled_in_by_a_password_manager():
    class SignIn(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    box = page_of(SignIn()).one("input")

    assert (box.attrs["type"], box.attrs["autocomplete"]) == ("password", "current-password")


def test_pasted_text_is_never_cut_by_the_browser():
    assert "maxlength" not in page_of(Exchange()).html


def test_radios_stand_side_by_side_where_the_form_asks_for_it():
    groups = [
        one.attrs["class"]
        for one in page_of(Exchange()).all("div")
        if "govuk-radios" in one.attrs["class"].split()
    ]

    assert groups == ["govuk-radios govuk-radios--inline"]


def test_the_error_of_a_group_is_not_repeated_on_each_choice():
    choices = [*all_wrong().all("input", type="radio"), *all_wrong().all("input", name="drugs")]

    assert len(choices) == 4
    assert {name for box in choices for name in box.attrs} & {"aria-invalid", "data-inline"} == set()


def test_the_headings_of_choices_are_shown():
    page = page_of(Exchange())

    assert any(one.text == "Opiates" for one in page.all("div"))
    assert page.one("optgroup").attrs["label"] == "Sites"


def test_a_tick_box_stands_before_its_label():
    html = page_of(Exchange(), "{{ form.explained.as_field_group }}").html

    assert html.index("<input") < html.index("I have explained it") < html.index("The leaflet says the same")


def test_a_question_drawn_alone_looks_as_it_does_in_the_form():
    form = Exchange({})
    alone = page_of(form, "{{ form.initials.as_field_group }}").html

    assert alone.strip() in page_of(form).html
