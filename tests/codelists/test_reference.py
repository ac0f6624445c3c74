"""Anybody may read what is recorded, from which list, and how sure that list is."""

from datetime import UTC, datetime
from html import escape

import pytest
from django.urls import reverse

from ims.codelists.instruments import latest_versions
from ims.codelists.loading import OUR_FILES, load
from ims.codelists.models import Code, CodeList, Confidence
from ims.codelists.reference import Field, Source, fields

AT = datetime(2026, 11, 5, 12, tzinfo=UTC)

FIELDS = [
    Field("Client", "sex", "Sex", "Part of the attributor.", "One code", list_key="sex"),
    Field("Client", "postcode", "Postcode", "Where the person lives.", "Full postcode"),
    Field("Client", "ethnicity", "Ethnicity", "As the person says.", "One code", list_key="ethnicity"),
    Field(
        "Visit",
        "place",
        "Place",
        "Where it was.",
        "One code",
        list_key="place",
        module="street_work",
        source="added",
    ),
    Field("Visit", "mood", "Mood", "How it went.", "One code", list_key="mood", source="added"),
    Field(
        "Visit", "needles", "Needles", "How many.", "Whole number", source="derived", confidence="recalled"
    ),
]


@pytest.fixture(autouse=True)
def our_lists(empty_tables, settings, time_machine):
    time_machine.move_to(AT, tick=False)
    settings.REFERENCE_FIELDS = ["tests.codelists.test_reference.FIELDS"]
    load(OUR_FILES, at=AT)


def page(client, name="reference", **key):
    answer = client.get(reverse(name, kwargs=key))
    assert answer.status_code == 200
    return answer.content.decode()


def row_of(body, header):
    """The row of the table that begins with a header cell of this text."""
    rows = [row for row in body.split("<tr ") if 'scope="row"' in row and f">{header}</th>" in row]
    assert rows, f"no row {header}"
    return rows[0].partition("</th>")[2]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_says_what_it_means_and_how_it_is_written(client, field):
    row = row_of(page(client), field.label)

    said = [field.name, field.meaning, field.format, Source(field.source).words]
    assert [text for text in said if f">{escape(text)}<" not in row] == []


@pytest.mark.parametrize("key", ["sex", "ethnicity", "place"])
def test_a_field_with_a_list_says_which_its_edition_and_how_sure_it_is(client, key):
    held = CodeList.objects.get(key=key)
    (label,) = (field.label for field in FIELDS if field.list_key == key)

    row = row_of(page(client), label)

    assert f'href="/reference/{key}/">{held.title}</a>' in row
    assert f">{held.edition}<" in row
    assert f">{held.get_confidence_display()}<" in row


def test_a_field_without_a_list_says_so_and_how_sure_it_is_if_it_is_not(client):
    body = page(client)

    assert ">Not a list<" in row_of(body, "Postcode")
    assert "From memory, may be wrong" in row_of(body, "Needles")


def test_a_list_that_is_not_loaded_is_said_to_be_missing(client):
    assert "mood (not loaded)" in row_of(page(client), "Mood")


def test_a_field_of_a_module_says_that_not_every_service_records_it(client):
    body = page(client)

    assert "Services with the module “street work”" in row_of(body, "Place")
    assert "Every service" in row_of(body, "Sex")


def test_every_list_is_named_with_its_edition_source_and_how_many_codes_it_has(client):
    body = page(client)

    for held in CodeList.objects.all():
        row = row_of(body, f'<a class="govuk-link" href="/reference/{held.key}/">{held.title}</a>')
        assert f">{held.edition}<" in row
        assert escape(held.source) in row
    nationality = row_of(body, '<a class="govuk-link" href="/reference/nationality/">Nationality</a>')
    assert f">{Code.objects.filter(list='nationality', valid_to=None).count()}<" in nationality
    assert f">{Code.objects.filter(list='nationality', valid_to__lt=AT).count()}<" in nationality


@pytest.mark.parametrize("one", latest_versions(), ids=lambda one: one.key)
def test_every_instrument_says_whose_it_is_and_on_what_terms_it_is_used(client, one):
    row = row_of(page(client), one.title)

    for said in (one.citation, one.licence, one.missing, one.key, one.version):
        assert f">{escape(said)}<" in row


def test_a_band_from_memory_is_said_to_be_from_memory(client):
    body = page(client)

    assert "From memory, may be wrong" in row_of(body, "Personal well-being (ONS4)")
    assert "Read in a published source" in row_of(body, "Alcohol use (AUDIT)")
    assert "No bands" in row_of(body, "Mental well-being, short scale (SWEMWBS)")


def test_no_page_claims_that_a_proposed_list_is_official(client):
    for key in CodeList.objects.filter(confidence=Confidence.PROPOSED).values_list("key", flat=True):
        assert "Proposed for this system: no official list is public" in page(
            client, "reference-list", key=key
        )


@pytest.mark.parametrize("key", ["sex", "ethnicity", "nationality", "equipment", "substance"])
def test_the_page_of_a_list_shows_every_code_with_its_label(client, key):
    body = page(client, "reference-list", key=key)

    for code in Code.objects.filter(list=key):
        row = row_of(body, code.code)
        assert escape(code.label) in row
        assert code.get_confidence_display() in row
        assert all(f">{fact}<" in row for fact in code.facts.values())


def test_the_page_of_a_list_says_when_a_code_is_in_force(client):
    body = page(client, "reference-list", key="nationality")

    assert ">Always<" in row_of(body, "GBR")
    assert ">Until 23 July 2003<" in row_of(body, "YUG")
    assert ">From 22 July 2004<" in row_of(page(client, "reference-list", key="ethnicity"), "99")


def test_retired_codes_stand_apart(client):
    body = page(client, "reference-list", key="nationality")
    in_use, _, retired = body.partition("Nationality: retired codes")

    assert "Yugoslavia" in retired
    assert "Yugoslavia" not in in_use
    assert "retired codes" not in page(client, "reference-list", key="sex")


def test_a_label_is_text_even_where_it_looks_like_a_script(client, folder):
    script = "<script>alert(1)</script>"
    folder.write("colour", f"RED,{script},,,{script},proposed,{script},{script}")
    load(folder.path, at=AT)
    CodeList.objects.filter(key="colour").update(title=script)

    for body in (page(client), page(client, "reference-list", key="colour")):
        assert script not in body
        assert escape(script) in body


def test_a_list_that_does_not_exist_is_not_found(client):
    assert client.get("/reference/colour/").status_code == 404
    assert client.get("/reference/colour.csv").status_code == 404


def test_a_list_can_be_downloaded_and_loaded_again_without_a_change(client, folder):
    for held in CodeList.objects.all():
        answer = client.get(f"/reference/{held.key}.csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"] == f'attachment; filename="{held.key}-{held.edition}.csv"'
        (folder.path / f"{held.key}.csv").write_bytes(b"".join(answer.streaming_content))
    (folder.path / "lists.csv").write_bytes((OUR_FILES / "lists.csv").read_bytes())

    outcomes = load(folder.path, at=AT)

    assert len(outcomes) == CodeList.objects.count()
    assert not any(outcome.written for outcome in outcomes)


def test_a_label_that_looks_like_a_formula_is_text_in_the_download_and_comes_back_whole(client, folder):
    load(folder.write("colour", "RED,=1+1,,,,proposed,,").path, at=AT)

    answer = b"".join(client.get("/reference/colour.csv").streaming_content)

    assert b"RED,'=1+1," in answer
    (folder.path / "colour.csv").write_bytes(answer)
    assert not load(folder.path, at=AT)[0].written


def test_the_pages_ask_no_more_of_the_database_for_a_long_list_than_for_a_short_one(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(1):
        page(client)
    for key in ("sex", "nationality"):
        with django_assert_max_num_queries(2):
            page(client, "reference-list", key=key)


def test_the_pages_can_be_read_and_not_written(client):
    for name, key in (
        ("reference", {}),
        ("reference-list", {"key": "sex"}),
        ("reference-csv", {"key": "sex"}),
    ):
        assert client.post(reverse(name, kwargs=key)).status_code == 405


def test_fields_come_in_the_order_in_which_the_apps_declare_them():
    assert fields() == FIELDS


@pytest.mark.parametrize("wrong", [{"source": "sead"}, {"confidence": "certain"}])
def test_a_field_cannot_claim_a_source_or_a_confidence_that_there_is_not(wrong):
    with pytest.raises(ValueError):
        Field("Client", "sex", "Sex", "Part of the attributor.", "One code", **wrong)
