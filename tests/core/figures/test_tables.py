import pytest

from ims.core.figures.shown import Shown, Standing
from ims.core.figures.tables import Column, FigureTable

HIDDEN = Shown(None, Standing.SUPPRESSED)
NOT_ASKED = Shown(None, Standing.NOT_RECORDED)
TABLE = FigureTable(
    caption="Clients and returns",
    columns=[Column("Authority"), Column("Individuals", True), Column("Returned", True)],
    rows=[["Halton", HIDDEN, HIDDEN], ["Sefton", Shown(1235), NOT_ASKED], ["Wirral", Shown(0), Shown(0)]],
    footnotes=["Made up."],
)


def test_the_file_says_what_the_page_says_and_what_its_symbols_mean():
    assert list(TABLE.as_rows_for_csv()) == [
        ["Clients and returns"],
        ["Authority", "Individuals", "Returned"],
        ["Halton", "*", "*"],
        ["Sefton", "1235", "not recorded"],
        ["Wirral", "0", "0"],
        ["Made up."],
    ]


def test_a_column_is_taken_out_with_its_row_headers():
    assert [(label, str(figure)) for label, figure in TABLE.column("Individuals")] == [
        ("Halton", "*"), ("Sefton", "1,235"), ("Wirral", "0")
    ]  # fmt: skip


def test_a_column_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="Barrels"):
        TABLE.column("Barrels")
